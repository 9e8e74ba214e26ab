import { afterEach, describe, expect, test } from "@jest/globals";

import type { TerminalTarget } from "../../../../connector/terminals/terminal.ts";
import { encodeName, type NameEncoding } from "../../../doubles/zk-terminal/device/name-encoding.ts";
import type { ZkTerminalOptions } from "../../../doubles/zk-terminal/device/options.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generateAmbiguousPeople, generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../../doubles/zk-terminal/samples/punches.ts";
import type { PunchSize } from "../../../doubles/zk-terminal/wire/punch-row.ts";

import { openTerminal, seen, truth } from "./open-terminal.ts";

const users = generatePeople(60);
const punches = generatePunches(5, { people: users, count: 2_000 });

let double: ZkTerminal;
afterEach(() => double.stop());

async function open(options: ZkTerminalOptions, given: Partial<TerminalTarget> = {}) {
  double = await ZkTerminal.start(options);
  return openTerminal(double.address, given);
}

async function failure(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => "no error",
    (error: unknown) => error,
  );
}

describe.each(["tcp", "udp"] as const)("over %s", (transport) => {
  test.each([8, 16, 40, 49] as const)("punches of %i bytes are read", async (punch: PunchSize) => {
    const { terminal } = await open({ transport, users, punches, rowSizes: { punch } });

    const read = await terminal.punches();
    await terminal.close();

    expect(seen(read.records)).toEqual(truth(double.state.punches.all()));
    expect(read.recordSize).toBe(punch);
    expect(read.records.every(({ raw }) => raw.length === punch)).toBe(true);
  });

  test.each([8, 16, 40, 49] as const)("punches of %i bytes are told apart without counts", async (punch: PunchSize) => {
    const { terminal } = await open({
      transport,
      users,
      punches: punches.slice(0, 196),
      rowSizes: { punch },
      modes: { freeSizes: "zeros" },
    });

    const read = await terminal.punches();
    await terminal.close();

    expect(seen(read.records)).toEqual(truth(double.state.punches.all()));
  });

  test.each(["92", "zeros"] as const)("punches of 22 bytes are refused and kept, free sizes %s", async (freeSizes) => {
    const { terminal, dumps } = await open({
      transport,
      users,
      punches,
      rowSizes: { punch: 22 },
      modes: { freeSizes },
    });

    const error = await failure(terminal.punches());
    await terminal.close();

    expect(error).toMatchObject({ code: "terminal.unknown-record-size", details: { dump: "kept.bin" } });
    expect(dumps).toHaveLength(1);
    expect(
      double.state.punches
        .rows()
        .subarray(0, dumps[0]?.length)
        .equals(dumps[0] ?? Buffer.alloc(0)),
    ).toBe(true);
  });

  test.each([1, 3, 21, 60])("a table of %i users of 120 bytes is refused", async (count) => {
    const { terminal } = await open({ transport, users: users.slice(0, count), rowSizes: { user: 120 } });

    const error = await failure(terminal.users());
    await terminal.close();

    expect(error).toMatchObject({ code: "terminal.unsupported-users", details: { size: 120 } });
  });

  test.each([28, 72] as const)("users of %i bytes are read", async (user) => {
    const { terminal } = await open({ transport, users, rowSizes: { user } });

    const read = await terminal.users();
    await terminal.close();

    expect(read.map(({ userId }) => userId)).toEqual(users.map(({ userId }) => userId));
  });

  test.each([28, 72] as const)("504 bytes of users of %i bytes are not taken for the other", async (user) => {
    const people = generateAmbiguousPeople(user);
    const { terminal } = await open({ transport, users: people, rowSizes: { user }, modes: { freeSizes: "zeros" } });

    const read = await terminal.users();
    await terminal.close();

    expect(read.map(({ userId }) => userId)).toEqual(people.map(({ userId }) => userId));
  });
});

test("8-byte punches get their user from the table, their slot when there is none, and keep their key", async () => {
  const people = [
    { uid: 7, userId: "A-100" },
    { uid: 9, userId: "200" },
  ];
  const { terminal } = await open({
    users: people,
    punches: [
      { userId: "A-100", at: "2026-03-02T08:00:00" },
      { userId: "200", at: "2026-03-02T08:00:01" },
      { userId: "gone", uid: 31, at: "2026-03-02T08:00:02" },
    ],
    rowSizes: { punch: 8 },
  });

  const before = await terminal.punches();
  double.state.removeUser(7);
  const after = await terminal.punches();
  await terminal.close();

  expect(before.records.map(({ userId }) => userId)).toEqual(["A-100", "200", "31"]);
  expect(after.records.map(({ userId }) => userId)).toEqual(["7", "200", "31"]);
  expect(after.records.map(({ key }) => key)).toEqual(before.records.map(({ key }) => key));
});

test("rows of finger slots in the user table are no users", async () => {
  const slot = Buffer.alloc(72);
  slot.writeUInt16LE(1, 0);
  slot.writeUInt8(0x31, 2);
  const { terminal } = await open({ users, extraUserRows: [slot, slot] });

  expect(await terminal.users()).toHaveLength(users.length);
  await terminal.close();
});

describe("times", () => {
  const PUNCHES = [
    { userId: "1", at: "2026-02-28T08:00:00" },
    { userId: "1", at: "2026-02-31T08:00:00" },
    { userId: "2", at: "2025-02-29T08:00:00" },
    { userId: "2", at: 0xffff_ffff },
    { userId: "3", at: "2000-01-01T00:00:00" },
    { userId: "3", at: "2099-12-31T23:59:59" },
  ];

  test.each([8, 16, 40, 49] as const)("that cannot be are null, and the %i bytes stay", async (punch) => {
    const { terminal } = await open({ users, punches: PUNCHES, rowSizes: { punch } });

    const { records } = await terminal.punches();
    await terminal.close();

    expect(records.map(({ at }) => at)).toEqual([
      "2026-02-28T08:00:00",
      null,
      null,
      null,
      "2000-01-01T00:00:00",
      "2099-12-31T23:59:59",
    ]);
    expect(new Set(records.map(({ key }) => key)).size).toBe(6);
    expect(Buffer.concat(records.map(({ raw }) => raw)).equals(double.state.punches.rows())).toBe(true);
  });

  test("of the clock: right, wrong, impossible", async () => {
    const now = () => Date.UTC(2026, 10, 24, 1);
    const { terminal } = await open({ now, clockOffsetSeconds: 90 });

    const drifted = await terminal.clock();
    double.state.clock.stopAt(0xffff_ffff);
    const impossible = await terminal.clock();
    await terminal.close();

    expect([drifted, impossible]).toEqual(["2026-11-24T08:01:30", null]);
  });
});

describe("names", () => {
  const name = async (bytes: string | Uint8Array, given: Partial<TerminalTarget> = {}) => {
    const { terminal } = await open({ users: [{ userId: "1", name: bytes }] }, given);
    const [user] = await terminal.users();
    await terminal.close();
    return { text: user?.name, raw: Buffer.from(user?.nameRaw ?? []).toString("hex") };
  };
  const field = (bytes: Uint8Array) =>
    Buffer.concat([bytes, Buffer.alloc(24)])
      .subarray(0, 24)
      .toString("hex");

  test.each([
    ["utf8", "Nguyễn Thị Ánh"],
    ["windows-1258", "Trần Đức Hồng"],
    ["gbk", "王小明"],
    ["latin1", "José Muñoz"],
  ] as const)("in %s come through", async (nameEncoding: NameEncoding, text) => {
    expect(await name(encodeName(text, nameEncoding), { nameEncoding })).toEqual({
      text,
      raw: field(encodeName(text, nameEncoding)),
    });
  });

  test("that fill all 24 bytes end before the card number", async () => {
    expect((await name("ABCDEFGHIJKLMNOPQRSTUVWX")).text).toBe("ABCDEFGHIJKLMNOPQRSTUVWX");
  });

  test("that were cut within a letter lose that letter only", async () => {
    const cut = Buffer.from("Nguyễn Thị Ánh Hồng").subarray(0, 23);

    expect(await name(cut)).toEqual({ text: "Nguyễn Thị Ánh H", raw: field(cut) });
  });

  test("that fit no encoding are null, with their bytes kept", async () => {
    const broken = Buffer.from("c3284e6564ff", "hex");

    expect(await name(broken, { nameEncoding: "utf8" })).toEqual({ text: null, raw: field(broken) });
  });

  test("in decomposed form come out composed", async () => {
    expect((await name(Buffer.from("A\u0301nh"))).text).toBe("Ánh");
  });
});

test("user IDs of 1 to 24 characters come through as they are", async () => {
  const ids = ["1", "007", "00000000000000000000042", "A-17_b", "123456789012345678901234"];
  const { terminal } = await open({
    users: ids.map((userId) => ({ userId })),
    punches: ids.map((userId) => ({ userId, at: "2026-03-02T08:00:00" })),
  });

  const read = await terminal.users();
  const { records } = await terminal.punches();
  await terminal.close();

  expect(read.map(({ userId }) => userId)).toEqual(ids);
  expect(records.map(({ userId }) => userId)).toEqual(ids);
});

test("a log of 100,000 punches is read whole", async () => {
  const log = generatePunches(9, { people: users, count: 100_000, from: "2015-01-05" });
  const { terminal } = await open({ users, punches: log });

  const read = await terminal.punches();
  await terminal.close();

  expect(read.records).toHaveLength(100_000);
  expect(seen(read.records)).toEqual(truth(double.state.punches.all()));
});
