import { afterEach, describe, expect, test } from "@jest/globals";

import { UserId } from "@tandem/contracts/domain/ids.ts";

import { settingsOf } from "../../../../connector/terminals/zk-pull/options.ts";
import type { TableContext } from "../../../../connector/terminals/zk-pull/reading/tables.ts";
import { openWire } from "../../../../connector/terminals/zk-pull/wire/open-wire.ts";
import type { Wire } from "../../../../connector/terminals/zk-pull/wire/wire.ts";
import {
  readUserRules,
  removeUser,
  type UserChange,
  writeUser,
  type WrittenUser,
} from "../../../../connector/terminals/zk-pull/writing/users.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";

import { QUICK, targetOf } from "./open-terminal.ts";

const LAN = {
  uid: 7,
  userId: "7",
  name: "Lan",
  password: "4711",
  privilege: 0,
  card: 222,
  group: 3,
  timeZones: [1, 2],
} as const;

let terminal: ZkTerminal;
let wire: Wire;
let context: TableContext;

async function start(
  given: Parameters<typeof ZkTerminal.start>[0] = {},
  mode: "active" | "shadow" = "active",
): Promise<void> {
  terminal = await ZkTerminal.start({ users: [LAN], ...given });
  const settings = settingsOf({ ...QUICK, dump: () => Promise.resolve("kept.bin") });
  wire = await openWire(targetOf(terminal.address, { mode }), settings);
  context = { clock: settings.clock, dump: settings.dump, nameEncoding: "utf8" };
}

function write(userId: string, change: Omit<UserChange, "userId"> = {}): Promise<WrittenUser> {
  return writeUser(wire, context, { userId: UserId.parse(userId), ...change });
}

function remove(userId: string): Promise<boolean> {
  return removeUser(wire, context, UserId.parse(userId));
}

afterEach(async () => {
  await wire.closeSocket();
  await terminal.stop();
});

describe.each([
  ["tcp", 72],
  ["tcp", 28],
  ["udp", 28],
] as const)("over %s with rows of %i bytes", (transport, user) => {
  const given = { transport, rowSizes: { user } } as const;

  test("a new user is stored with group 1 in a free slot", async () => {
    await start(given);
    const { uid, row } = await write("12", { name: "Bình", card: "4294967295" });
    expect(uid).toBe(8);
    expect(terminal.state.users.row(8)).toEqual(row);
    expect(terminal.state.users.get(8)).toMatchObject({ userId: "12", card: 4_294_967_295, group: 1, privilege: 0 });
  });

  test("the first user of an empty terminal has that terminal's row length", async () => {
    await start({ ...given, users: [] });
    const { row } = await write("12", { name: "An" });
    expect(row.length).toBe(user);
    expect(terminal.state.users.row(1)).toEqual(row);
  });

  test("a rename keeps password, card, group and time zones", async () => {
    await start(given);
    const before = Buffer.from(terminal.state.users.row(7) ?? []);
    await write("7", { name: "Mai" });
    const wanted = Buffer.from(before);
    wanted.write("Mai", user === 28 ? 8 : 11);
    expect(terminal.state.users.row(7)).toEqual(wanted);
  });

  test("a slot above 32767 is written and removed", async () => {
    await start({ ...given, users: [{ ...LAN, uid: 40_000 }] });
    expect((await write("8")).uid).toBe(40_001);
    expect(await remove("7")).toBe(true);
    expect(terminal.state.users.all().map(({ uid }) => uid)).toEqual([40_001]);
  });

  test("changes that appear after a refresh only are read back all the same", async () => {
    await start({ ...given, modes: { refresh: "required" } });
    await write("8", { name: "An" });
    expect(await remove("7")).toBe(true);
    expect(terminal.state.users.all().map(({ userId }) => userId)).toEqual(["8"]);
  });

  test("a user who is acknowledged and not kept is an error", async () => {
    await start({ ...given, modes: { userWrites: "lose" } });
    await expect(write("8")).rejects.toMatchObject({ code: "terminal.not-stored" });
    await expect(write("7", { name: "Mai" })).rejects.toMatchObject({ code: "terminal.not-stored" });
  });
});

describe("refused before anything is written:", () => {
  async function refused(code: string, writing: Promise<unknown>): Promise<void> {
    const before = terminal.state.users.rows();
    await expect(writing).rejects.toMatchObject({ code });
    expect(terminal.state.users.rows()).toEqual(before);
    expect(terminal.violations).toEqual([]);
  }

  test("letters where digits are needed, with a proposal", async () => {
    await start();
    await expect(write("12@acme")).rejects.toMatchObject({
      code: "terminal.user-id-letters",
      details: { userId: "12@acme", max: 9, proposal: "12" },
    });
    expect(terminal.state.users.count).toBe(1);
  });

  test("an ID that is too long, or that means nobody", async () => {
    await start();
    await refused("terminal.user-id-too-long", write("1234567890"));
    await refused("terminal.user-id-reserved", write("0"));
  });

  test("somebody else's card, but not one's own", async () => {
    await start();
    await refused("terminal.card-taken", write("8", { card: "222" }));
    await refused("terminal.card-taken", write("8", { card: "0222" }));
    await refused("terminal.card-invalid", write("8", { card: "4294967296" }));
    await refused("terminal.card-invalid", write("8", { card: "12a" }));
    await write("7", { card: "222", name: "Mai" });
  });

  test("one user too many, while a change of one who is there goes", async () => {
    await start({ capacity: { users: 1 } });
    await refused("terminal.user-capacity", write("8"));
    await write("7", { name: "Mai" });
  });

  test("a name over one that cannot be read, while the card of that user can be changed", async () => {
    await start({ users: [{ ...LAN, name: Buffer.from([0xff, 0xfe, 0x41]) }] });
    await refused("terminal.name-undecodable", write("7", { name: "Mai" }));
    await write("7", { card: null });
    expect(terminal.state.users.get(7)?.name.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xfe, 0x41]));
  });

  test("a name without a letter", async () => {
    await start();
    await refused("terminal.name-unfit", write("8", { name: "  " }));
  });

  test("an ID that two users have", async () => {
    await start({ users: [LAN, { ...LAN, uid: 9, card: 0 }] });
    await refused("terminal.user-id-taken", write("7", { name: "Mai" }));
    await refused("terminal.user-id-taken", remove("7"));
  });

  test("the first super-admin, unless confirmed; the second needs no word", async () => {
    await start();
    await refused("terminal.first-admin", write("8", { privilege: 14 }));
    await write("8", { privilege: 14, mayBeFirstAdmin: true });
    await write("7", { privilege: 14 });
    expect(terminal.state.users.all().map(({ privilege }) => privilege)).toEqual([14, 14]);
  });

  test("everything in shadow mode", async () => {
    await start({}, "shadow");
    await refused("terminal.shadow-mode", write("8"));
    await refused("terminal.shadow-mode", remove("7"));
  });
});

test("007 is the user 7 where digits only are taken, and somebody else where letters are", async () => {
  await start();
  expect((await write("007", { name: "Mai" })).uid).toBe(7);
  await wire.closeSocket();
  await terminal.stop();
  await start({ options: { "~IsABCPinEnable": "1" } });
  expect((await write("007", { name: "Mai" })).uid).toBe(8);
});

test("removing nobody sends nothing", async () => {
  await start();
  expect(await remove("8")).toBe(false);
  expect(terminal.state.users.count).toBe(1);
});

test("rules come from the terminal's settings, or from command 69", async () => {
  await start({ options: { "~PIN2Width": "14", "~IsABCPinEnable": "1" } });
  expect(await readUserRules(wire)).toEqual({ maxLength: 14, letters: true, u32: false, rowSize: 72 });
});
