import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { TemplateEntry } from "../../../../connector/terminals/zk-pull/codec/templates.ts";
import { settingsOf } from "../../../../connector/terminals/zk-pull/options.ts";
import { readTemplate, readTemplates } from "../../../../connector/terminals/zk-pull/reading/templates.ts";
import { openWire } from "../../../../connector/terminals/zk-pull/wire/open-wire.ts";
import type { Wire } from "../../../../connector/terminals/zk-pull/wire/wire.ts";
import {
  deleteTemplates,
  writeInBulk,
  writeTemplates,
} from "../../../../connector/terminals/zk-pull/writing/templates.ts";
import type { Modes } from "../../../doubles/zk-terminal/device/modes.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate, generateTemplates } from "../../../doubles/zk-terminal/samples/templates.ts";

import { QUICK, targetOf } from "./open-terminal.ts";

const users = generatePeople(4);
const templates = generateTemplates(2, [1, 2]);
const held: readonly TemplateEntry[] = templates.map(({ bytes, ...slot }) => ({ ...slot, template: bytes }));
const [first] = held;
if (first === undefined) throw new Error("no sample");

let terminal: ZkTerminal;
let wire: Wire;

async function start(given: Parameters<typeof ZkTerminal.start>[0] = {}): Promise<void> {
  terminal = await ZkTerminal.start({ users, templates, ...given });
  const settings = settingsOf({ ...QUICK, dump: () => Promise.resolve("kept.bin") });
  wire = await openWire(targetOf(terminal.address, { mode: "active" }), settings);
}

function entry(uid: number, finger: number, size = 1_214, flag = 1): TemplateEntry {
  return { uid, finger, flag, template: generateTemplate(uid * 100 + finger, size) };
}

function stored({ uid, finger }: { uid: number; finger: number }): TemplateEntry | null {
  const found = terminal.state.templates.get(uid, finger);
  return found === null ? null : { uid, finger, flag: found.flag, template: found.bytes };
}

afterEach(async () => {
  await wire.closeSocket();
  await terminal.stop();
});

describe.each(["tcp", "udp"] as const)("over %s", (transport) => {
  beforeEach(() => start({ transport }));

  test("the bulk read gives every template, byte for byte", async () => {
    expect(await readTemplates(wire)).toEqual(held);
  });

  test("one slot reads as its bytes, an empty one as null", async () => {
    expect(await readTemplate(wire.conversation, first.uid, first.finger)).toEqual(first.template);
    expect(await readTemplate(wire.conversation, first.uid, 9)).toBeNull();
  });

  test.each([10, 700, 1_024, 1_025, 1_600])("a template of %i bytes is written as it is", async (size) => {
    const wanted = entry(3, 4, size);
    await writeTemplates(wire.conversation, [wanted], []);
    expect(stored(wanted)).toEqual(wanted);
  });

  test("several users and fingers go up in one piece", async () => {
    const wanted = [entry(3, 0), entry(3, 9, 900), entry(4, 5, 1_500)];
    const rows = [3, 4].map((uid) => terminal.state.users.row(uid)).filter((row) => row !== null);
    await writeInBulk(wire.conversation, rows, wanted);
    expect(wanted.map(stored)).toEqual(wanted);
    expect((await readTemplates(wire)).length).toBe(held.length + wanted.length);
  });
});

describe("writing a template", () => {
  test.each<[string, Partial<Modes>]>([
    ["terminals that show writes after a refresh only", { refresh: "required" }],
    ["terminals that take a template into an empty slot only", { occupiedSlots: "refuse" }],
    ["segments that end anywhere", { segmentation: "random" }],
  ])("works on %s", async (_, modes) => {
    await start({ modes });
    const wanted = { ...first, template: generateTemplate(77, 1_100) };
    await writeTemplates(wire.conversation, [wanted], held);
    expect(stored(wanted)).toEqual(wanted);
  });

  test("keeps the flag of a duress finger", async () => {
    await start();
    const wanted = entry(3, 1, 800, 3);
    await writeTemplates(wire.conversation, [wanted], []);
    expect(stored(wanted)?.flag).toBe(3);
  });

  test("sends nothing that changes the terminal when the same is there already", async () => {
    await start();
    await writeTemplates(wire.conversation, [first], held);
    expect(terminal.commands.count(87)).toBe(0);
    expect(terminal.commands.count(19)).toBe(0);
  });

  test("is not done because the terminal says so", async () => {
    await start({ modes: { templateWrites: "lose" } });
    const writing = writeTemplates(wire.conversation, [entry(3, 0)], []);
    await expect(writing).rejects.toMatchObject({ code: "terminal.not-stored" });
  });

  test("leaves a finger alone that was enrolled since the terminal was read", async () => {
    await start();
    const writing = writeTemplates(wire.conversation, [{ ...first, template: generateTemplate(5) }], []);
    await expect(writing).rejects.toMatchObject({ code: "terminal.finger-taken" });
    expect(stored(first)).toEqual(first);
  });

  test("says that a finger is lost when neither the new nor the old template stays", async () => {
    await start({ modes: { templateWrites: "lose" } });
    const writing = writeTemplates(wire.conversation, [{ ...first, template: generateTemplate(5) }], held);
    await expect(writing).rejects.toMatchObject({ code: "terminal.finger-lost" });
  });

  test("is refused for a user who does not exist", async () => {
    await start();
    const writing = writeTemplates(wire.conversation, [entry(77, 0)], []);
    await expect(writing).rejects.toMatchObject({ code: "terminal.refused" });
  });

  test("never happens in shadow mode", async () => {
    await start();
    const settings = settingsOf({ ...QUICK, dump: () => Promise.resolve("kept.bin") });
    await wire.closeSocket();
    wire = await openWire(targetOf(terminal.address, { mode: "shadow" }), settings);
    const writing = writeTemplates(wire.conversation, [entry(3, 0)], []);
    await expect(writing).rejects.toMatchObject({ code: "terminal.shadow-mode" });
    expect(stored(entry(3, 0))).toBeNull();
  });
});

describe("deleting templates", () => {
  test.each(["save", "zero-is-all"] as const)("(%s) empties the named slots and no other", async (templateDeletes) => {
    await start({ modes: { templateDeletes } });
    const [zero, other] = [entry(1, 0), entry(1, 7, 800, 3)];
    await writeTemplates(wire.conversation, [other], []);
    const before = held.filter(({ uid, finger }) => uid === 1 && finger !== 0);

    await deleteTemplates(wire.conversation, 1, [0, 9], [other]);

    expect(stored(zero)).toBeNull();
    expect(stored(other)).toEqual(other);
    expect(before.map(stored)).toEqual(before);
  });

  test("replaces finger 0 and leaves the user's others where 19 takes it for all", async () => {
    const flagged = entry(3, 0, 700, 3);
    await start({ modes: { templateDeletes: "zero-is-all" } });
    const [zero, other] = [entry(3, 0, 700), entry(3, 4)];
    await writeTemplates(wire.conversation, [zero, other], []);
    await writeTemplates(wire.conversation, [flagged], [zero]);
    expect([stored(flagged), stored(other)]).toEqual([flagged, other]);
  });

  test("is an error where the terminal acknowledges and keeps them", async () => {
    await start({ modes: { templateDeletes: "lose" } });
    const deleting = deleteTemplates(wire.conversation, first.uid, [first.finger]);
    await expect(deleting).rejects.toMatchObject({ code: "terminal.not-stored" });
  });
});

test("a single read whose datagram was lost is asked again", async () => {
  await start({ transport: "udp", modes: { silentOn: [9] } });
  const reading = readTemplate(wire.conversation, first.uid, first.finger);
  await terminal.commands.next(9);
  terminal.set({ silentOn: "none" });
  expect(await reading).toEqual(first.template);
});

describe("reading templates", () => {
  test.each<[string, Partial<Modes>]>([
    ["many packets a chunk", { transfer: ["many-data"] }],
    ["a late closing OK", { transfer: ["late-ok"] }],
    ["a closing OK before the data", { transfer: ["ok-before-data"] }],
    ["no PREPARE and no OK", { transfer: ["bare-data"] }],
    ["coalesced packets", { segmentation: "coalesced" }],
    ["one byte at a time", { segmentation: "one-byte" }],
    ["terminals without the buffered read", { bufferedRead: "unknown" }],
    ["terminals that say they hold nothing", { freeSizes: "zeros" }],
  ])("is complete with %s", async (_, modes) => {
    await start({ modes });
    expect(await readTemplates(wire)).toEqual(held);
  });

  test("is an error when the data stop coming, never part of them", async () => {
    await start({ modes: { transfer: ["stall"] } });
    await expect(readTemplates(wire)).rejects.toMatchObject({ code: "terminal.timeout" });
  });

  test("is an error when an entry is damaged", async () => {
    await start();
    terminal.state.templates.put({ uid: 1, finger: 0, flag: 1, bytes: Buffer.alloc(0) });
    await expect(readTemplates(wire)).rejects.toMatchObject({ code: "terminal.incomplete" });
  });
});
