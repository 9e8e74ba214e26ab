import { afterEach, describe, expect, test } from "@jest/globals";

import { isSameTemplate } from "../../../../connector/terminals/zk-pull/codec/templates.ts";
import { settingsOf } from "../../../../connector/terminals/zk-pull/options.ts";
import { readTemplate } from "../../../../connector/terminals/zk-pull/reading/templates.ts";
import { openWire } from "../../../../connector/terminals/zk-pull/wire/open-wire.ts";
import type { Wire } from "../../../../connector/terminals/zk-pull/wire/wire.ts";
import { writeTemplates } from "../../../../connector/terminals/zk-pull/writing/templates.ts";
import type { Modes } from "../../../doubles/zk-terminal/device/modes.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate } from "../../../doubles/zk-terminal/samples/templates.ts";

import { QUICK, targetOf } from "./open-terminal.ts";

const ZEROS = Buffer.alloc(6);
const BARE = { transfer: ["bare-data"] } as const;
/** Fits one datagram, with its tail. */
const SMALL = generateTemplate(3, 700);
const LARGE = generateTemplate(4, 1_214);

let terminal: ZkTerminal;
let wire: Wire;

/** A terminal with one finger: that of user 5, whose slot number a careless firmware takes for a table's. */
async function start(
  bytes: Buffer | null,
  modes: Partial<Modes> = {},
  transport: "tcp" | "udp" = "tcp",
): Promise<void> {
  const templates = bytes === null ? [] : [{ uid: 5, finger: 2, flag: 1, bytes }];
  terminal = await ZkTerminal.start({ users: generatePeople(8), templates, transport, modes });
  const settings = settingsOf({ ...QUICK, dump: () => Promise.resolve("kept.bin") });
  wire = await openWire(targetOf(terminal.address, { mode: "active" }), settings);
}

function read(finger = 2): Promise<Buffer | null> {
  return readTemplate(wire.conversation, 5, finger);
}

afterEach(async () => {
  await wire.closeSocket();
  await terminal.stop();
});

describe.each(["tcp", "udp"] as const)("one template over %s", (transport) => {
  test.each<[string, Partial<Modes>]>([
    ["knows 88 only", { shortRead: "unknown" }],
    ["knows 9 only", { longRead: "unknown" }],
    ["goes by the first byte of 9", { shortRead: "first-byte" }],
    ["adds six zeros to 88", { longRead: "six-zeros" }],
    ["sends neither PREPARE nor OK", BARE],
    ["sends neither PREPARE nor OK and adds six zeros to 88", { ...BARE, longRead: "six-zeros" }],
  ])("is read as it is where the terminal %s", async (_, modes) => {
    await start(SMALL, modes, transport);
    expect(await read()).toEqual(SMALL);
  });

  test.each<[string, Partial<Modes>]>([
    ["88 alone, bare,", { ...BARE, shortRead: "unknown" }],
    ["9 alone, bare,", { ...BARE, longRead: "unknown" }],
  ])("is refused where %s says nothing of its length", async (_, modes) => {
    await start(SMALL, modes, transport);
    await expect(read()).rejects.toMatchObject({ code: "terminal.incomplete" });
  });

  test("is refused where no command can read it", async () => {
    await start(SMALL, { shortRead: "unknown", longRead: "unknown" }, transport);
    await expect(read()).rejects.toMatchObject({ code: "terminal.refused" });
  });

  test.each(["error", "4993", "no-bytes"] as const)("is none where the empty slot answers %s", async (emptySlots) => {
    await start(SMALL, { emptySlots }, transport);
    expect(await read(3)).toBeNull();
    terminal.set({ shortRead: "unknown" });
    expect(await read(3)).toBeNull();
  });
});

test("a terminal without fingers that knows no command for them has none", async () => {
  await start(null, { shortRead: "unknown", longRead: "unknown" });
  expect(await read()).toBeNull();
});

test("zeros at the end of a template are its own where 9 tells it", async () => {
  const bytes = Buffer.concat([SMALL, ZEROS]);
  await start(bytes, { longRead: "six-zeros" });
  expect(await read()).toEqual(bytes);
});

test("zeros that only 88 shows are left to whoever compares", async () => {
  await start(SMALL, { shortRead: "unknown", longRead: "six-zeros" });
  expect(await read()).toEqual(Buffer.concat([SMALL, ZEROS]));
});

test("a bare answer whose prefix says too little is read to its end", async () => {
  await start(LARGE, { transfer: ["bare-data", "short-prefix"] });
  expect(await read()).toEqual(LARGE);
});

test.each<[string, Partial<Modes>]>([
  ["adds six zeros to 88 and does not know 9", { shortRead: "unknown", longRead: "six-zeros" }],
  ["adds one byte to 88 and does not know 9", { shortRead: "unknown" }],
  ["answers bare", BARE],
])("a finger is written, replaced and left alone on a terminal that %s", async (_, modes) => {
  await start(SMALL, modes);
  const slot = { uid: 5, finger: 2, flag: 1 } as const;
  const [before, after] = [SMALL, LARGE].map((template) => ({ ...slot, template }));
  if (before === undefined || after === undefined) throw new Error("no entry");
  await writeTemplates(wire.conversation, [before], [before]);
  expect(terminal.commands.count(87)).toBe(0);
  await writeTemplates(wire.conversation, [after], [before]);
  await writeTemplates(wire.conversation, [{ ...after, uid: 6 }], []);
  expect(terminal.state.templates.get(5, 2)?.bytes).toEqual(LARGE);
  expect(terminal.state.templates.get(6, 2)?.bytes).toEqual(LARGE);
});

test("two readings are of one template when they differ by the padding and by nothing else", () => {
  expect(isSameTemplate(SMALL, Buffer.concat([SMALL, ZEROS]))).toBe(true);
  expect(isSameTemplate(Buffer.concat([SMALL, ZEROS]), SMALL)).toBe(true);
  expect(isSameTemplate(SMALL, Buffer.concat([SMALL, ZEROS.subarray(1)]))).toBe(false);
  expect(isSameTemplate(SMALL, Buffer.concat([SMALL, Buffer.from([0, 0, 0, 0, 0, 1])]))).toBe(false);
  expect(isSameTemplate(SMALL, Buffer.concat([ZEROS, SMALL]))).toBe(false);
  expect(isSameTemplate(SMALL, LARGE)).toBe(false);
});
