import { afterEach, describe, expect, test } from "@jest/globals";

import { UserId } from "@tandem/contracts/domain/ids.ts";

import type { FingerTemplate, MoveRecord, MoveStage, UserMove } from "../../../../connector/terminals/enrolments.ts";
import type { PullTerminal } from "../../../../connector/terminals/zk-pull/pull-terminal.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generateTemplate } from "../../../doubles/zk-terminal/samples/templates.ts";
import type { User } from "../../../doubles/zk-terminal/wire/user-row.ts";

import { openTerminal } from "./open-terminal.ts";

const move: UserMove = { from: UserId.parse("7"), to: UserId.parse("90007") };
const fingers = [
  { finger: 1, flag: 1, template: generateTemplate(1) },
  { finger: 6, flag: 3, template: generateTemplate(2, 1_500) },
] satisfies readonly FingerTemplate[];
const users = [
  { uid: 4, userId: "4", name: "Lê Thị Hoa" },
  { uid: 9, userId: "7", name: "Trần Văn Bình", card: 777, group: 3, password: "1234", timeZones: [1, 2, 3] },
];
const templates = fingers.map(({ finger, flag, template }) => ({ uid: 9, finger, flag, bytes: Buffer.from(template) }));

let double: ZkTerminal;
let terminal: PullTerminal;
let kept: { stage: MoveStage; memento: Uint8Array } | null = null;

const record: MoveRecord = {
  begun: (memento) => {
    kept = { stage: "begun", memento };
    return Promise.resolve();
  },
  verified: () => {
    if (kept !== null) kept = { ...kept, stage: "verified" };
    return Promise.resolve();
  },
};

async function start(given: Parameters<typeof ZkTerminal.start>[0] = {}): Promise<void> {
  kept = null;
  double = await ZkTerminal.start({ users, templates, ...given });
  ({ terminal } = await openTerminal(double.address, { mode: "active" }));
}

afterEach(async () => {
  await terminal.close();
  await double.stop();
});

/** Who is on the terminal, with what the move must not lose, and without the slot number. */
function people(): Record<string, unknown> {
  return Object.fromEntries(
    double.state.users.all().map(({ uid, userId, ...rest }: User) => [
      userId,
      {
        ...rest,
        fingers: double.state.templates.of(uid).map(({ finger, flag, bytes }) => ({ finger, flag, bytes })),
      },
    ]),
  );
}

function settle(backup: readonly FingerTemplate[] = []): Promise<boolean> {
  if (kept === null) throw new Error("the move was not begun");
  return terminal.enrolments.settleMove(move, kept.stage, kept.memento, backup);
}

describe("moving a user", () => {
  test("keeps everything but the ID, and frees the reader", async () => {
    await start();
    const { "7": before, ...others } = people();
    await terminal.enrolments.move(move, fingers, record);
    expect(people()).toEqual({ ...others, "90007": before });
    expect(double.state.enabled).toBe(true);
    expect(kept).toMatchObject({ stage: "verified" });
  });

  test("never shows one finger under two IDs while people can punch", async () => {
    await start();
    const shown: string[] = [];
    double.commands.watch(() => {
      const twice = double.state.templates
        .all()
        .filter((one, at, all) => all.some((other, place) => place > at && other.bytes.equals(one.bytes)));
      if (double.state.enabled && twice.length > 0) shown.push("two IDs");
    });
    await terminal.enrolments.move(move, fingers, record);
    expect(shown).toEqual([]);
  });

  test.each([
    ["there is nobody with the old ID", { users: users.slice(0, 1), templates: [] }, "terminal.user-unknown"],
    ["somebody has the new ID", { users: [...users, { uid: 10, userId: "90007", name: "Vũ" }] }, "plan.id-taken"],
    ["the terminal is full", { capacity: { users: 2 } }, "terminal.user-capacity"],
    ["there is no room for the fingers", { capacity: { fingers: 3 } }, "copy.fingers-full"],
    ["the new ID is too long", { options: { "~PIN2Width": "4" } }, "terminal.user-id-too-long"],
  ])("changes nothing where %s", async (_, given, code) => {
    await start(given);
    const before = people();
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({ code });
    expect(people()).toEqual(before);
    expect(kept).toBeNull();
    expect(double.state.enabled).toBe(true);
  });
});

describe("a move that failed", () => {
  test("leaves the terminal locked, is undone first, and then frees it", async () => {
    await start({ modes: { templateWrites: "lose" } });
    const before = people();
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    expect(double.state.enabled).toBe(false);
    expect(await settle()).toBe(false);
    expect(people()).toEqual(before);
    expect(double.state.enabled).toBe(true);
  });

  test("is undone over a new connection when the old one broke", async () => {
    await start();
    const before = people();
    double.set({ silentOn: [87] });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({ code: "terminal.timeout" });
    double.calm();
    expect(double.state.enabled).toBe(false);
    expect(await settle()).toBe(false);
    expect(people()).toEqual(before);
    expect(double.state.enabled).toBe(true);
  });

  test("is finished where the new user was verified already", async () => {
    await start({ modes: { userDeletes: "lose" } });
    const { "7": before, ...others } = people();
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    double.set({ userDeletes: "save" });
    expect(await settle()).toBe(true);
    expect(people()).toEqual({ ...others, "90007": before });
  });

  test("takes a finger that the terminal lost from the backup", async () => {
    await start({ modes: { userDeletes: "lose" } });
    const { "7": before, ...others } = people();
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    double.set({ userDeletes: "save" });
    const fresh = double.state.users.byUserId("90007");
    double.state.templates.remove(fresh?.uid ?? 0, 6);
    expect(await settle(fingers)).toBe(true);
    expect(people()).toEqual({ ...others, "90007": before });
  });

  test("says which finger is lost where there is no backup, and still leaves the others under one ID", async () => {
    await start({ modes: { userDeletes: "lose" } });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    const fresh = double.state.users.byUserId("90007");
    for (const uid of [9, fresh?.uid ?? 0]) double.state.templates.remove(uid, 6);
    double.set({ userDeletes: "save" });
    await expect(settle()).rejects.toMatchObject({ code: "terminal.finger-lost" });
    expect(double.state.enabled).toBe(true);
    expect(double.hasTwins()).toBe(false);
    expect(Object.keys(people()).sort()).toEqual(["4", "90007"]);
  });

  test("takes along a finger that was enrolled at the old ID before the move was settled", async () => {
    await start({ modes: { userDeletes: "lose", templateDeletes: "lose" } });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    double.set({ userDeletes: "save", templateDeletes: "save" });
    double.state.templates.put({ uid: 9, finger: 3, flag: 1, bytes: generateTemplate(33) });
    expect(await settle()).toBe(true);
    const fresh = double.state.users.byUserId("90007");
    expect(double.state.templates.get(fresh?.uid ?? 0, 3)?.bytes).toEqual(generateTemplate(33));
  });

  test("gives the card back, and leaves alone what was changed in the row since", async () => {
    await start({ modes: { templateWrites: "lose" } });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    const row = double.state.users.row(9);
    row?.writeUInt8(1, 2);
    double.state.users.write(row ?? Buffer.alloc(0));
    expect(await settle()).toBe(false);
    expect(double.state.users.byUserId("7")).toMatchObject({ privilege: 1, card: 777 });
  });

  test("gives the card back to nobody when somebody else has it by now", async () => {
    await start({ modes: { templateWrites: "lose" } });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    for (const { uid, userId } of double.state.users.all()) if (userId === "90007") double.state.removeUser(uid);
    const row = double.state.users.row(4);
    row?.writeUInt32LE(777, 35);
    double.state.users.write(row ?? Buffer.alloc(0));
    expect(await settle()).toBe(false);
    expect(double.state.users.byUserId("7")).toMatchObject({ card: 0 });
  });

  test("brings nobody back whom somebody removed since", async () => {
    await start({ modes: { templateWrites: "lose" } });
    await expect(terminal.enrolments.move(move, fingers, record)).rejects.toMatchObject({
      code: "terminal.not-stored",
    });
    for (const { uid, userId } of double.state.users.all()) if (userId !== "4") double.state.removeUser(uid);
    expect(await settle(fingers)).toBe(false);
    expect(Object.keys(people())).toEqual(["4"]);
  });
});
