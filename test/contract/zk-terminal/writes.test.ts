import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate, generateTemplates } from "../../doubles/zk-terminal/samples/templates.ts";
import { encodeUser, type User } from "../../doubles/zk-terminal/wire/user-row.ts";

import { RawClient, READ_TEMPLATES, READ_USERS, type Seen } from "./raw-client.ts";

const OK = 2000;
const REFUSED = 2001;
const people = generatePeople(3);
const templates = generateTemplates(1, [1, 2]);

let terminal: ZkTerminal;
let client: RawClient;
beforeEach(async () => {
  terminal = await ZkTerminal.start({ users: people, templates, capacity: { users: 4, fingers: 50 } });
  client = await RawClient.open(terminal.port);
});
afterEach(async () => {
  await terminal.stop();
  await client.close();
});

function row(changes: Partial<User> = {}): Buffer {
  const user = { uid: 9, userId: "9", name: Buffer.from("Chín"), password: "", privilege: 0, card: 0, group: 1 };
  return encodeUser({ ...user, timeZones: [], ...changes }, 72);
}

/** 1500, 1501 per 1,024 bytes. */
async function upload(bytes: Buffer): Promise<void> {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  await client.ask(1502);
  expect((await client.ask(1500, size)).command).toBe(OK);
  for (let at = 0; at < bytes.length; at += 1_024)
    expect((await client.ask(1501, bytes.subarray(at, at + 1_024))).command).toBe(OK);
}

async function writeTemplate(uid: number, finger: number, bytes: Buffer): Promise<Seen> {
  await upload(bytes);
  const data = Buffer.alloc(6);
  data.writeUInt16LE(uid, 0);
  data.writeUInt8(finger, 2);
  data.writeUInt8(1, 3);
  data.writeUInt16LE(bytes.length, 4);
  return client.ask(87, data);
}

describe("user rows", () => {
  test("are kept byte for byte, fields that nobody knows included", async () => {
    const written = row({ timeZones: [1, 2, 3], group: 5, card: 0xdeadbeef });
    written.fill(0xab, 6, 11);

    expect((await client.ask(8, written)).command).toBe(OK);
    expect((await client.read(READ_USERS)).subarray(-72)).toEqual(written);
  });

  test("of a uid that is taken replace the user", async () => {
    await client.ask(8, row({ uid: 2, userId: "22" }));

    expect(terminal.state.users.get(2)?.userId).toBe("22");
    expect(terminal.state.users.count).toBe(3);
  });

  test.each<[string, Buffer]>([
    ["another length", Buffer.alloc(28, 1)],
    ["no slot", row({ uid: 0 })],
    ["slot 65535", row({ uid: 65_535 })],
    ["no id", row({ userId: "" })],
    ["letters where the firmware takes none", row({ userId: "A1" })],
    ["an id longer than the firmware takes", row({ userId: "1234567890" })],
  ])("with %s are refused", async (_name, bytes) => {
    expect((await client.ask(8, bytes)).command).toBe(REFUSED);
    expect(terminal.state.users.count).toBe(3);
  });

  test("with letters are taken where the firmware says so", async () => {
    terminal.state.options.set("~IsABCPinEnable", "1");

    expect((await client.ask(8, row({ userId: "A1" }))).command).toBe(OK);
  });

  test("beyond the capacity are refused", async () => {
    await client.ask(8, row());

    expect((await client.ask(8, row({ uid: 10, userId: "10" }))).command).toBe(REFUSED);
  });

  test("are acknowledged and not saved in that mode", async () => {
    terminal.set({ userWrites: "lose" });

    expect((await client.ask(8, row())).command).toBe(OK);
    expect(terminal.state.users.count).toBe(3);
  });

  test("appear after 1013 only, where the firmware wants that", async () => {
    terminal.set({ refresh: "required" });
    await client.ask(8, row());
    expect((await client.read(READ_USERS)).readUInt32LE(0)).toBe(3 * 72);

    await client.ask(1013);
    expect((await client.read(READ_USERS)).readUInt32LE(0)).toBe(4 * 72);
  });

  test("are gone after a restart when nobody refreshed", async () => {
    terminal.set({ refresh: "required" });
    await client.ask(8, row());
    terminal.restart();
    terminal.state.refresh();

    expect(terminal.state.users.count).toBe(3);
  });
});

describe("templates", () => {
  test("are uploaded in parts and read back alone and in bulk", async () => {
    const bytes = generateTemplate(7, 1_500);

    expect((await writeTemplate(3, 4, bytes)).command).toBe(OK);
    client.send(88, Buffer.from([3, 0, 4]));
    const [, data] = await client.take(3);
    expect(data?.data.subarray(0, -1)).toEqual(bytes);
    client.send(9, Buffer.from([3, 0, 4]));
    expect((await client.take(3))[1]?.data).toEqual(bytes);
    expect((await client.read(READ_TEMPLATES)).subarray(-1_500)).toEqual(bytes);
  });

  test("of a user or finger that does not exist are refused", async () => {
    expect((await writeTemplate(77, 0, generateTemplate(7, 100))).command).toBe(REFUSED);
    expect((await writeTemplate(3, 10, generateTemplate(7, 100))).command).toBe(REFUSED);
  });

  test("that are not uploaded in full are refused", async () => {
    await client.ask(1500, Buffer.from([100, 0, 0, 0]));
    await client.ask(1501, Buffer.alloc(99, 1));

    expect((await client.ask(87, Buffer.from([3, 0, 4, 1, 100, 0]))).command).toBe(REFUSED);
    expect((await client.ask(119)).command).toBe(REFUSED);
  });

  test("in parts of more than 1,024 bytes are refused", async () => {
    await client.ask(1500, Buffer.from([0, 8, 0, 0]));

    expect((await client.ask(1501, Buffer.alloc(1_025, 1))).command).toBe(REFUSED);
  });

  test("replace the one in their slot, or are refused in that mode", async () => {
    expect((await writeTemplate(1, 0, generateTemplate(8, 200))).command).toBe(OK);
    expect(terminal.state.templates.get(1, 0)?.bytes).toHaveLength(200);

    terminal.set({ occupiedSlots: "refuse" });
    expect((await writeTemplate(1, 0, generateTemplate(9, 300))).command).toBe(REFUSED);
    expect(terminal.state.templates.get(1, 0)?.bytes).toHaveLength(200);
  });

  test("are acknowledged and not saved in that mode", async () => {
    terminal.set({ templateWrites: "lose" });

    expect((await writeTemplate(3, 0, generateTemplate(8, 200))).command).toBe(OK);
    expect(terminal.state.templates.get(3, 0)).toBeNull();
  });

  test("in one packet are taken below a kilobyte only", async () => {
    const entry = (size: number) => {
      const head = Buffer.from([0, 0, 3, 0, 1, 1]);
      head.writeUInt16LE(6 + size, 0);
      return Buffer.concat([head, generateTemplate(5, size)]);
    };

    expect((await client.ask(10, entry(600))).command).toBe(OK);
    expect(terminal.state.templates.get(3, 1)?.bytes).toEqual(generateTemplate(5, 600));
    expect((await client.ask(10, entry(1_200))).command).toBe(REFUSED);
  });

  test("are found again by the duplicate test", async () => {
    const [known] = templates;
    if (known === undefined) throw new Error("no template");

    expect((await client.ask(1011, known.bytes)).data.readUInt32LE(0)).toBe(known.uid);
    expect((await client.ask(1011, generateTemplate(99))).command).toBe(REFUSED);
  });

  test.each<[string, () => Promise<Seen>]>([
    ["19 with uid and finger", () => client.ask(19, Buffer.from([1, 0, 0]))],
    ["134 with user ID and finger", () => client.ask(134, Buffer.concat([Buffer.from("1"), Buffer.alloc(24)]))],
  ])("are deleted by %s, once", async (_name, remove) => {
    expect((await remove()).command).toBe(OK);
    expect(terminal.state.templates.get(1, 0)).toBeNull();
    expect((await remove()).command).toBe(REFUSED);
  });

  test("go with their user", async () => {
    expect((await client.ask(18, Buffer.from([1, 0]))).command).toBe(OK);

    expect(terminal.state.templates.of(1)).toEqual([]);
    expect(terminal.state.users.get(1)).toBeNull();
  });
});

describe("firmware that differs", () => {
  const FIRST = Buffer.from([1, 0, 0]);

  test("leaves the templates of a deleted user in their slot", async () => {
    terminal.set({ userDeletes: "leave-fingers" });

    expect((await client.ask(18, Buffer.from([1, 0]))).command).toBe(OK);
    expect(terminal.state.users.get(1)).toBeNull();
    expect(terminal.state.templates.get(1, 0)).not.toBeNull();
  });

  test("acknowledges deletions and keeps everything", async () => {
    terminal.set({ userDeletes: "lose", templateDeletes: "lose" });

    expect((await client.ask(19, FIRST)).command).toBe(OK);
    expect((await client.ask(18, Buffer.from([1, 0]))).command).toBe(OK);
    expect(terminal.state.templates.get(1, 0)).not.toBeNull();
    expect(terminal.state.users.get(1)).not.toBeNull();
  });

  test("takes finger 0 for all fingers", async () => {
    terminal.set({ templateDeletes: "zero-is-all" });

    expect((await client.ask(19, FIRST)).command).toBe(OK);
    expect(terminal.state.templates.of(1)).toEqual([]);
    expect(terminal.state.templates.of(2)).not.toEqual([]);
  });

  test.each([
    ["keep", "007"],
    ["strip", "7"],
  ] as const)("may %s leading zeros", async (leadingZeros, userId) => {
    terminal.set({ leadingZeros });

    expect((await client.ask(8, row({ userId: "007" }))).command).toBe(OK);
    expect(terminal.state.users.get(9)?.userId).toBe(userId);
  });

  test("keeps leading zeros where letters are taken", async () => {
    terminal.set({ leadingZeros: "strip" });
    terminal.state.options.set("~IsABCPinEnable", "1");
    await client.ask(8, row({ userId: "007" }));

    expect(terminal.state.users.get(9)?.userId).toBe("007");
  });

  test("answers 88 with six zeros more", async () => {
    terminal.set({ longRead: "six-zeros" });
    client.send(88, FIRST);
    const [, data] = await client.take(3);

    expect(data?.data).toEqual(Buffer.concat([templates[0]?.bytes ?? Buffer.alloc(0), Buffer.alloc(7)]));
  });

  test("knows only one of the two single reads", async () => {
    terminal.set({ shortRead: "unknown", longRead: "unknown" });

    expect((await client.ask(9, FIRST)).command).toBe(65_535);
    expect((await client.ask(88, FIRST)).command).toBe(65_535);
  });

  test("sends the users when only the first byte of a single read counts", async () => {
    terminal.set({ shortRead: "first-byte" });
    client.send(9, Buffer.from([5, 0, 0]));
    const [, data] = await client.take(3);

    expect(data?.data.readUInt32LE(0)).toBe(3 * 72);
  });

  test("says in its own way that a finger slot is empty", async () => {
    const empty = Buffer.from([3, 0, 9]);
    terminal.set({ emptySlots: "4993" });
    expect((await client.ask(9, empty)).command).toBe(4_993);

    terminal.set({ emptySlots: "no-bytes" });
    client.send(9, empty);
    const [prepare, end] = await client.take(2);
    expect(prepare?.data.readUInt32LE(0)).toBe(0);
    expect(end?.command).toBe(OK);
  });
});

test("a verify mode is kept with its user", async () => {
  await client.ask(79, Buffer.from([1, 0, 0x8d]));

  expect((await client.ask(80, Buffer.from([1, 0]))).data.readUInt8(2)).toBe(0x8d);
});

test("an option that was written is read back", async () => {
  await client.ask(12, Buffer.from("SDKBuild=1"));

  expect((await client.ask(11, Buffer.from("SDKBuild\0"))).data.toString()).toBe("SDKBuild=1\0");
  expect((await client.ask(11, Buffer.from("Nonsense"))).command).toBe(REFUSED);
});

describe("remote enrolment", () => {
  test("reports three touches and the result to the client that started it", async () => {
    await client.ask(62);
    await client.ask(61, Buffer.concat([Buffer.from("3"), Buffer.alloc(23), Buffer.from([6, 1])]));
    await client.ask(60);
    expect(terminal.finishEnrolment(generateTemplate(5))).toBe(true);

    const events = await client.take(7);

    expect(events.map(({ session }) => session)).toEqual([2, 256, 2, 256, 2, 256, 8]);
    expect(events[6]?.data.readUInt16LE(0)).toBe(0);
    expect(terminal.state.templates.get(3, 6)?.bytes).toEqual(generateTemplate(5));
  });

  test("of a finger that is known fails with its code", async () => {
    await client.ask(61, Buffer.concat([Buffer.from("3"), Buffer.alloc(23), Buffer.from([6, 1])]));
    expect(terminal.finishEnrolment(generateTemplate(5), 5)).toBe(false);

    const events = await client.take(7);

    expect(events[6]?.data.readUInt16LE(0)).toBe(5);
    expect(terminal.state.templates.get(3, 6)).toBeNull();
  });

  test("that was cancelled cannot be finished", async () => {
    await client.ask(61, Buffer.concat([Buffer.from("3"), Buffer.alloc(23), Buffer.from([6, 1])]));
    await client.ask(62);

    expect(terminal.finishEnrolment(generateTemplate(5))).toBe(false);
  });
});
