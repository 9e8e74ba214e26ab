import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import iconv from "iconv-lite";

import type { Modes } from "../../doubles/zk-terminal/device/modes.ts";
import type { ZkTerminalOptions } from "../../doubles/zk-terminal/device/options.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generateAmbiguousPeople, generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import { encodeDeviceTime } from "../../doubles/zk-terminal/wire/device-time.ts";
import { encodePunchEvent, type EventSize, type PunchSize } from "../../doubles/zk-terminal/wire/punch-row.ts";

import { RawClient, READ_OPERATIONS, READ_PUNCHES, READ_USERS } from "./raw-client.ts";

const NOW = Date.parse("2026-11-22T01:00:00Z");
const people = generatePeople(5);
const punches = generatePunches(1, { people, count: 50 });

let terminal: ZkTerminal;
let client: RawClient;
let now = NOW;
afterEach(async () => {
  await terminal.stop();
  await client.close();
});

async function start(options: ZkTerminalOptions = {}): Promise<void> {
  now = NOW;
  terminal = await ZkTerminal.start({ users: people, punches, now: () => now, ...options });
  client = await RawClient.tcp(terminal.port);
}

async function open(options: ZkTerminalOptions = {}): Promise<void> {
  await start(options);
  client.session = (await client.ask(1000)).session;
}

describe("how CONNECT is answered", () => {
  test("secured firmware says 6001", async () => {
    await start({ modes: { connect: "secured" } });

    expect((await client.ask(1000)).command).toBe(6001);
  });

  test("an access panel says AA", async () => {
    await start({ modes: { connect: "panel" } });
    client.send(1000);

    const bytes = await client.bytes(12);
    expect([bytes[0], bytes[1], bytes.at(-1)]).toEqual([0xaa, 0x01, 0x55]);
  });
});

describe("replies", () => {
  beforeEach(() => open());

  test("duplicate: every answer comes twice", async () => {
    terminal.set({ replies: "duplicate" });
    client.send(201);

    const [first, second] = await client.take(2);
    expect(first).toEqual(second);
  });

  test("stale: the answer before comes again, with its old reply id", async () => {
    const old = await client.ask(11, Buffer.from("MAC\0"));
    terminal.set({ replies: "stale" });
    client.send(201);

    const [stale, fresh] = await client.take(2);
    expect(stale).toEqual(old);
    expect(fresh?.reply).toBe(client.reply);
  });

  test("wrong id: nothing but the handshake is answered under the id that asked", async () => {
    terminal.set({ replies: "wrong-id" });

    expect((await client.ask(1000)).reply).toBe(client.reply);
    expect((await client.ask(201)).reply).not.toBe(client.reply);
  });

  test.each<[string, Modes["silentOn"]]>([
    ["altogether", "all"],
    ["on one command", [201]],
  ])("silence: no answer %s", async (_name, silentOn) => {
    terminal.set({ silentOn });
    const heard = terminal.commands.next(201);
    client.segments.length = 0;
    client.send(201);
    await heard;
    terminal.set({ silentOn: "none" });

    // The next answer is the first thing that arrives.
    expect((await client.ask(1002)).reply).toBe(client.reply);
  });
});

describe("after a restart", () => {
  test("an old connection is never answered again, without a word about it", async () => {
    await open();
    terminal.restart();
    const heard = terminal.commands.count(201);
    client.segments.length = 0;
    client.send(201);

    const again = await RawClient.open(terminal.port);
    expect((await again.ask(201)).command).toBe(2000);
    expect(client.segments).toEqual([]);
    expect(terminal.commands.count(201)).toBe(heard + 1);
    await again.close();
  });

  test("an old connection is answered with RST where the modes say so", async () => {
    await open({ modes: { halfOpen: "reset" } });
    terminal.restart();
    client.send(201);

    expect(await client.hungUp).toBe("ECONNRESET");
  });

  test("by command 1004, which is not acknowledged, users and punches are still there", async () => {
    await open();
    const heard = terminal.commands.next(1004);
    client.segments.length = 0;
    client.send(1004);
    await heard;
    const again = await RawClient.open(terminal.port);

    expect(client.segments).toEqual([]);
    expect((await again.read(READ_PUNCHES)).readUInt32LE(0)).toBe(50 * 40);
    await again.close();
  });
});

describe("counts", () => {
  test.each<[Modes["freeSizes"], number]>([
    ["92", 92],
    ["80", 80],
    ["120", 120],
    ["single-u32", 4],
    ["empty", 0],
    ["zeros", 92],
  ])("free sizes %s come as %i bytes", async (freeSizes, length) => {
    await open({ modes: { freeSizes } });

    expect((await client.ask(50)).data).toHaveLength(length);
  });

  test("free sizes say how much there is and how much there could be", async () => {
    await open({ capacity: { users: 100, fingers: 200, punches: 1_000, faces: 30 } });

    const { data } = await client.ask(50);
    const at = (offset: number) => data.readInt32LE(offset);

    expect({ users: at(16), records: at(32), fingerCapacity: at(56), userCapacity: at(60) }).toEqual({
      users: 5,
      records: 50,
      fingerCapacity: 200,
      userCapacity: 100,
    });
    expect([at(64), at(72), at(76), at(88)]).toEqual([1_000, 95, 950, 30]);
  });

  test("in access mode the structure has 120 bytes and no word of the records", async () => {
    await open({ modes: { freeSizes: "120" } });

    expect((await client.ask(50)).data.readInt32LE(32)).toBe(0);
  });

  test("growing: punches are made while a client counts and reads", async () => {
    await open({ modes: { growing: true } });
    const counted = (await client.ask(50)).data.readInt32LE(32);
    const read = (await client.read(READ_PUNCHES, 1_000)).readUInt32LE(0) / 40;

    expect(counted).toBe(50);
    expect(read).toBe(51);
    expect(terminal.state.punches.count).toBeGreaterThan(read);
  });
});

describe("records", () => {
  test.each<PunchSize>([8, 16, 22, 40, 49])("punches of %i bytes", async (punch) => {
    await open({ rowSizes: { punch } });

    const bytes = await client.read(READ_PUNCHES);
    expect(bytes.readUInt32LE(0)).toBe(50 * punch);
    expect(bytes).toHaveLength(4 + 50 * punch);
  });

  test.each([28, 72, 120] as const)("users of %i bytes", async (user) => {
    await open({ rowSizes: { user } });

    expect((await client.read(READ_USERS)).readUInt32LE(0)).toBe(5 * user);
  });

  test.each([28, 72] as const)("an ambiguous user table of 504 bytes, in rows of %i", async (user) => {
    await open({ rowSizes: { user }, users: generateAmbiguousPeople(user), punches: [] });

    expect((await client.read(READ_USERS)).readUInt32LE(0)).toBe(504);
  });

  test("rows that are no users among the users", async () => {
    const slot = Buffer.alloc(72, 0);
    slot.writeUInt8(0x31, 2);
    await open({ extraUserRows: [slot] });

    expect((await client.read(READ_USERS)).readUInt32LE(0)).toBe(6 * 72);
    expect((await client.ask(50)).data.readInt32LE(16)).toBe(5);
  });

  test("the operation log tells what was done to the terminal", async () => {
    await open();
    await client.ask(202, Buffer.from([0, 0xfd, 0x83, 0x33]));

    const bytes = await client.read(READ_OPERATIONS);
    expect([bytes.readUInt8(4 + 2), bytes.readUInt8(4 + 16 + 2)]).toEqual([0, 21]);
  });
});

describe("content", () => {
  test("a punch at a date that does not exist, or at any raw time", async () => {
    await open({
      punches: [
        { userId: "1", at: "2026-02-31T08:00:00" },
        { userId: "1", at: 0xffff_ffff },
      ],
    });

    const bytes = await client.read(READ_PUNCHES);
    expect([bytes.readUInt32LE(4 + 27), bytes.readUInt32LE(44 + 27)]).toEqual([
      encodeDeviceTime("2026-02-31T08:00:00"),
      0xffff_ffff,
    ]);
  });

  test.each([
    ["utf8", "Nguyễn Thị Ánh"],
    ["windows-1258", "Nguyễn Thị Ánh"],
    ["gbk", "王小明"],
  ] as const)("names in %s", async (nameEncoding, name) => {
    await open({ nameEncoding, users: [{ userId: "1", name }] });

    const field = (await client.read(READ_USERS)).subarray(4 + 11, 4 + 35);
    const decoded = iconv.decode(field.subarray(0, field.indexOf(0)), nameEncoding);
    expect(decoded.normalize("NFC")).toBe(name);
  });

  test("a name that fills its field, and one that is no text in any encoding", async () => {
    const broken = Uint8Array.from([0xc3, 0x28, 0xff, 0xfe]);
    await open({
      users: [
        { userId: "1", name: "A name of 24 letters ... and more" },
        { userId: "2", name: broken },
      ],
    });

    const rows = (await client.read(READ_USERS)).subarray(4);
    expect(rows.toString("latin1", 11, 35)).toBe("A name of 24 letters ...");
    expect(rows.subarray(72 + 11, 72 + 15)).toEqual(Buffer.from(broken));
  });

  test.each(["1", "007", "0123456789ABCDEFGHIJKLMN", "A-1_b"])("the user ID %s, as it is", async (userId) => {
    await open({ users: [{ userId }], punches: [{ userId, at: "2026-01-05T08:00:00" }] });

    const user = (await client.read(READ_USERS)).toString("latin1", 4 + 48, 4 + 72);
    const punch = (await client.read(READ_PUNCHES)).toString("latin1", 4 + 2, 4 + 26);
    expect([user, punch].map((field) => field.replaceAll("\0", ""))).toEqual([userId, userId]);
  });

  test("the clock drifts, stops and is set", async () => {
    await open({ clockOffsetSeconds: 3_725 });
    expect((await client.ask(201)).data.readUInt32LE(0)).toBe(encodeDeviceTime("2026-11-22T09:02:05"));

    terminal.state.clock.stopAt(0xffff_ffff);
    expect((await client.ask(201)).data.readUInt32LE(0)).toBe(0xffff_ffff);

    const wanted = encodeDeviceTime("2024-02-29T23:59:58");
    const data = Buffer.alloc(4);
    data.writeUInt32LE(wanted);
    await client.ask(202, data);
    now += 1_000;
    expect((await client.ask(201)).data.readUInt32LE(0)).toBe(wanted + 1);
  });
});

describe("live events", () => {
  const mask = Buffer.from([1, 0, 0, 0]);

  test.each<EventSize>([10, 12, 14, 32, 36, 37, 52])(
    "a punch comes as %i bytes under its event code",
    async (event) => {
      await open({ rowSizes: { event } });
      await client.ask(500, mask);
      terminal.punch({ userId: "3", verify: 15, state: 1 });

      const packet = await client.next();

      expect(packet).toMatchObject({ command: 500, session: 1, reply: 0 });
      expect(packet.data).toHaveLength(event);
      const [punch] = terminal.state.punches.all().slice(-1);
      if (punch === undefined) throw new Error("no punch");
      expect(packet.data).toEqual(encodePunchEvent(punch, event));
    },
  );

  test("nothing comes unasked, or after the mask was taken back", async () => {
    await open();
    terminal.punch({ userId: "3" });
    await client.ask(500, mask);
    await client.ask(500, Buffer.alloc(4));
    terminal.punch({ userId: "3" });
    await client.ask(201);

    expect(client.unread).toEqual([]);
    expect(terminal.state.punches.count).toBe(52);
  });

  test("never: registering is acknowledged and nothing comes", async () => {
    await open({ modes: { events: "never" } });
    expect((await client.ask(500, mask)).command).toBe(2000);
    terminal.punch({ userId: "3" });
    await client.ask(201);

    expect(client.unread).toEqual([]);
  });

  test("an acknowledged event is not answered", async () => {
    await open();
    await client.ask(500, mask);
    terminal.punch({ userId: "3" });
    const event = await client.next();
    const reply = client.reply;
    client.send(2000, undefined, { reply: event.reply });
    client.reply = reply;

    expect((await client.ask(201)).reply).toBe(reply + 1);
    expect(terminal.violations).toEqual([]);
  });
});

describe("a log at its capacity", () => {
  test.each([
    ["grow", true, 51, 0],
    ["overwrite", true, 50, 1],
    ["refuse", false, 50, 0],
  ] as const)("%s", async (fullLog, isTaken, count, oldest) => {
    await open({ capacity: { punches: 50 }, modes: { fullLog } });
    const before = terminal.state.punches.all()[oldest];

    expect(terminal.punch({ userId: "3" })).toBe(isTaken);
    expect(terminal.state.punches.count).toBe(count);
    expect(terminal.state.punches.all()[0]).toBe(before);
  });
});
