import { afterEach, describe, expect, test } from "@jest/globals";

import type { Modes } from "../../../doubles/zk-terminal/device/modes.ts";
import type { ZkTerminalOptions } from "../../../doubles/zk-terminal/device/options.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate } from "../../../doubles/zk-terminal/samples/templates.ts";

import { UserWriting } from "./user-writing.ts";

const DELETE_USER = 18;
const DELETE_FINGER = 19;
const READS = [7, 9, 88, 1503];

let at: UserWriting;

/** Users 1–3; user 2 has the fingers 0, 4 and 9. */
async function start(modes: Partial<Modes> = {}, given: ZkTerminalOptions = {}): Promise<void> {
  const templates = [0, 4, 9].map((finger) => fingerOf(2, finger));
  at = await UserWriting.start({ users: generatePeople(3), templates, modes, ...given });
}

function fingerOf(uid: number, finger: number): { uid: number; finger: number; flag: number; bytes: Buffer } {
  return { uid, finger, flag: 1, bytes: generateTemplate(10 * uid + finger, 600) };
}

afterEach(() => at.stop());

describe("removing a user", () => {
  test.each<[string, Partial<Modes>]>([
    ["takes the fingers along", {}],
    ["leaves the fingers behind", { userDeletes: "leave-fingers" }],
    ["does not know how to delete a finger, but takes all along with the user", { templateDeletes: "unknown" }],
    ["shows changes after a refresh only", { refresh: "required", userDeletes: "leave-fingers" }],
    ["has words of its own for an empty slot", { emptySlots: "4993", userDeletes: "leave-fingers" }],
    ["sends no bytes for an empty slot", { emptySlots: "no-bytes" }],
  ])("leaves no finger on a terminal that %s", async (_, modes) => {
    await start(modes);

    expect(await at.remove("2")).toBe(true);

    expect(at.terminal.state.templates.of(2)).toEqual([]);
    expect(at.terminal.state.users.all().map(({ userId }) => userId)).toEqual(["1", "3"]);
  });

  test("looks into no finger slot before it has been emptied", async () => {
    await start();
    at.terminal.commands.clear();
    await at.remove("2");
    const sent = at.terminal.commands.entries().filter(({ data }) => data.length === 3);
    const firstRead = sent.findIndex(({ command }) => READS.includes(command));

    expect(sent.slice(0, firstRead).map(({ command, data }) => [command, data[2]])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((finger) => [DELETE_FINGER, finger]),
    );
  });

  test("is an error while the fingers stay, and the row stays with them so that it can be tried again", async () => {
    await start({ templateDeletes: "lose" });

    await expect(at.remove("2")).rejects.toMatchObject({
      code: "terminal.not-stored",
      details: { what: "finger", finger: 0 },
    });
    expect(at.terminal.commands.count(DELETE_USER)).toBe(0);

    at.terminal.set({ templateDeletes: "save" });
    expect(await at.remove("2")).toBe(true);
  });

  test("is an error when fingers are found in the slot of the deleted row", async () => {
    await start({ templateDeletes: "unknown", userDeletes: "leave-fingers" });

    await expect(at.remove("2")).rejects.toMatchObject({ code: "terminal.not-stored", details: { what: "finger" } });
  });

  test("is an error when the row is acknowledged as deleted and stays", async () => {
    await start({ userDeletes: "lose" });

    await expect(at.remove("2")).rejects.toMatchObject({ code: "terminal.not-stored", details: { what: "user" } });
  });

  test("is an error where no command tells whether fingers are left", async () => {
    await start({
      templateDeletes: "unknown",
      shortRead: "unknown",
      longRead: "unknown",
      userDeletes: "leave-fingers",
    });

    await expect(at.remove("2")).rejects.toMatchObject({ code: "terminal.refused" });
  });

  test("works on a terminal without a fingerprint reader", async () => {
    const modes = { templateDeletes: "unknown", shortRead: "unknown", longRead: "unknown" } as const;
    await start(modes, { templates: [] });

    expect(await at.remove("2")).toBe(true);
  });
});

describe("a new user's slot", () => {
  test.each([
    ["a deleted user's finger", [fingerOf(4, 9)], 5],
    ["several deleted users' fingers", [fingerOf(4, 0), fingerOf(5, 3), fingerOf(6, 9)], 7],
  ] as const)("is not one that still holds %s", async (_, templates, uid) => {
    await start({}, { templates });

    expect((await at.write("12", { name: "An" })).uid).toBe(uid);
    expect(at.terminal.state.templates.of(uid)).toEqual([]);
    expect(at.terminal.state.templates.count).toBe(templates.length);
  });

  test("is not one that a row of fingers names", async () => {
    const fingers = Buffer.alloc(72);
    fingers.writeUInt16LE(4, 0);
    fingers.writeUInt8(0x31, 2);
    await start({}, { templates: [], extraUserRows: [fingers] });

    expect((await at.write("12")).uid).toBe(5);
  });

  test("is looked for in the gaps of a table used to its end, past what is left in them", async () => {
    const [first] = generatePeople(1);
    if (first === undefined) throw new Error("no sample");
    await start({}, { users: [{ ...first, uid: 65_534 }], templates: [fingerOf(1, 5)] });

    expect((await at.write("12")).uid).toBe(2);
  });

  test("is refused, with nothing written, by a terminal on which every slot seems to hold a finger", async () => {
    await start();
    const templates = at.terminal.state.templates;
    templates.get = (uid, finger) => fingerOf(uid, finger);

    await expect(at.write("12")).rejects.toMatchObject({ code: "terminal.slot-not-empty" });
    expect(at.terminal.state.users.count).toBe(3);
  });

  test("is refused where no command tells whether it is empty", async () => {
    await start({ shortRead: "unknown", longRead: "unknown" });

    await expect(at.write("12")).rejects.toMatchObject({ code: "terminal.refused" });
    expect(at.terminal.state.users.count).toBe(3);
  });
});
