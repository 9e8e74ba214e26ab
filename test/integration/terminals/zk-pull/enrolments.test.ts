import { afterEach, describe, expect, test } from "@jest/globals";

import { UserId } from "@tandem/contracts/domain/ids.ts";

import type { EnrolmentWish, FingerTemplate, WriteOptions } from "../../../../connector/terminals/enrolments.ts";
import type { PullTerminal } from "../../../../connector/terminals/zk-pull/pull-terminal.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate, generateTemplates } from "../../../doubles/zk-terminal/samples/templates.ts";
import { Command } from "../../../doubles/zk-terminal/wire/codes.ts";

import { openTerminal } from "./open-terminal.ts";

const users = generatePeople(4);
const templates = generateTemplates(2, [1, 2]);
const ids = users.map(({ userId }) => UserId.parse(userId));
const everybody = new Set(ids);

let double: ZkTerminal;
let terminal: PullTerminal;

async function start(given: Parameters<typeof ZkTerminal.start>[0] = {}): Promise<void> {
  double = await ZkTerminal.start({ users, templates, ...given });
  ({ terminal } = await openTerminal(double.address, { mode: "active" }));
}

afterEach(async () => {
  await terminal.close();
  await double.stop();
});

function finger(slot: number, seed: number, flag = 1, size = 1_214): FingerTemplate {
  return { finger: slot, flag, template: generateTemplate(seed, size) };
}

function wish(userId: string, fingers: readonly FingerTemplate[], rest: Partial<EnrolmentWish> = {}): EnrolmentWish {
  return { userId: UserId.parse(userId), newUserName: "Trần Văn Bình", disabled: false, fingers, ...rest };
}

/** Writes, and gives what became of each user. */
async function write(
  wishes: readonly EnrolmentWish[],
  options: Partial<WriteOptions> = {},
): Promise<{ outcomes: Record<string, string>; method: string | null }> {
  const outcomes: Record<string, string> = {};
  const method = await terminal.enrolments.write(wishes, {
    method: null,
    consented: new Set([...everybody, ...wishes.map(({ userId }) => userId)]),
    refusals: () => Promise.resolve(new Map()),
    settled: (settled) => {
      for (const [userId, failure] of settled) outcomes[userId] = failure?.code ?? "verified";
      return Promise.resolve();
    },
    ...options,
  });
  return { outcomes, method };
}

function held(userId: string): readonly { finger: number; flag: number; template: Buffer }[] {
  const user = double.state.users.byUserId(userId);
  if (user === null) return [];
  return double.state.templates
    .of(user.uid)
    .map(({ finger: slot, flag, bytes }) => ({ finger: slot, flag, template: bytes }));
}

describe("reading fingers", () => {
  test("of everybody is one bulk read, and brings the flags", async () => {
    await start({ templates: [...templates, { uid: 3, finger: 7, flag: 3, bytes: generateTemplate(9, 900) }] });
    const fingers = await terminal.enrolments.fingers(everybody);
    expect(Object.fromEntries(fingers)).toEqual({
      [ids[0] ?? ""]: held(ids[0] ?? ""),
      [ids[1] ?? ""]: held(ids[1] ?? ""),
      [ids[2] ?? ""]: held(ids[2] ?? ""),
    });
    expect(double.commands.count(Command.userTempRead)).toBe(0);
  });

  test("of some never asks for anybody else's", async () => {
    await start();
    const [first] = ids;
    const fingers = await terminal.enrolments.fingers(new Set(ids.slice(0, 1)));
    // A single read does not tell the flag.
    const untold = held(first ?? "").map((finger) => ({ ...finger, flag: null }));
    expect(Object.fromEntries(fingers)).toEqual({ [first ?? ""]: untold });
    expect(double.commands.count(Command.dbRead)).toBe(0);
  });
});

describe("writing enrolments", () => {
  test("adds people with their fingers, and remembers that bulk works", async () => {
    await start();
    const wishes = ["501", "502", "503"].map((id, at) => wish(id, [finger(0, 10 + at), finger(6, 20 + at, 1, 900)]));
    expect(await write(wishes)).toEqual({
      outcomes: { "501": "verified", "502": "verified", "503": "verified" },
      method: "bulk",
    });
    for (const { userId, fingers } of wishes) expect(held(userId)).toEqual(fingers);
  });

  test("goes one by one where the terminal does not know bulk upload", async () => {
    await start({ modes: { bulkUpload: "unknown" } });
    const wishes = ["501", "502"].map((id, at) => wish(id, [finger(3, 30 + at)]));
    expect(await write(wishes)).toEqual({ outcomes: { "501": "verified", "502": "verified" }, method: "single" });
  });

  test("notices a bulk upload that is acknowledged and not saved", async () => {
    await start({ modes: { bulkUpload: "lose" } });
    const wishes = ["501", "502"].map((id, at) => wish(id, [finger(3, 30 + at)]));
    expect(await write(wishes)).toEqual({ outcomes: { "501": "verified", "502": "verified" }, method: "single" });
    expect(held("502")).toEqual(wishes[1]?.fingers);
  });

  test("tells who was not stored, and goes on with the others", async () => {
    await start({ modes: { templateWrites: "lose" } });
    const { outcomes } = await write([wish("501", [finger(3, 1)]), wish("502", [])]);
    expect(outcomes).toEqual({ "501": "terminal.not-stored", "502": "verified" });
  });

  test.each([
    ["an ID with letters", "12@acme", {}, "terminal.user-id-letters"],
    ["an ID that is too long", "1234567890", {}, "terminal.user-id-too-long"],
    ["a card that somebody has", "501", { card: "777" }, "terminal.card-taken"],
  ])("refuses %s before anything is written, and goes on with the others", async (_, id, rest, code) => {
    const [first, ...others] = users;
    if (first === undefined) throw new Error("no sample");
    await start({ users: [{ ...first, card: 777 }, ...others] });
    const { outcomes } = await write([wish(id, [finger(1, 5)], rest), wish("502", [finger(1, 6)])]);
    expect(outcomes).toEqual({ [id]: code, "502": "verified" });
    expect(double.state.users.byUserId(id)).toBeNull();
  });

  test("gives one card to one of two new people only", async () => {
    await start();
    const { outcomes } = await write([wish("501", [], { card: "42" }), wish("502", [], { card: "42" })]);
    expect(outcomes).toEqual({ "501": "verified", "502": "terminal.card-taken" });
  });

  test("completes somebody who is there without touching the rest of the row", async () => {
    const [first] = users;
    await start();
    const before = double.state.users.byUserId(first?.userId ?? "");
    const { outcomes } = await write([wish(first?.userId ?? "", [finger(9, 50, 3)])]);
    expect(outcomes).toEqual({ [first?.userId ?? ""]: "verified" });
    expect(double.state.users.byUserId(first?.userId ?? "")).toEqual(before);
    expect(held(first?.userId ?? "")).toContainEqual({ finger: 9, flag: 3, template: generateTemplate(50, 1_214) });
  });

  test("never overwrites another finger", async () => {
    await start();
    const [first] = ids;
    const slot = held(first ?? "")[0]?.finger ?? 0;
    const { outcomes } = await write([wish(first ?? "", [finger(slot, 99)])], { consented: new Set() });
    expect(outcomes).toEqual({ [first ?? ""]: "terminal.finger-taken" });
  });

  test("locks the reader with a time limit and frees it between portions", async () => {
    await start();
    await write(Array.from({ length: 120 }, (_, at) => wish(String(600 + at), [finger(0, 600 + at, 1, 300)])));
    // One for the first user, who shows what works, and two portions of at most a hundred.
    expect(double.commands.count(Command.disable)).toBe(3);
    expect(double.commands.count(Command.enable)).toBe(3);
    expect(double.state.enabled).toBe(true);
  });

  test("is refused in shadow mode before anything is sent", async () => {
    await start();
    await terminal.close();
    ({ terminal } = await openTerminal(double.address, { mode: "shadow" }));
    await expect(write([wish("501", [])])).rejects.toMatchObject({ code: "terminal.shadow-mode" });
    expect(double.commands.count(Command.disable)).toBe(0);
  });
});
