import { describe, expect, test } from "@jest/globals";

import { IdLink } from "@tandem/contracts/domain/id-link.ts";
import { PunchRow } from "@tandem/contracts/domain/punch.ts";
import { TerminalRow } from "@tandem/contracts/domain/terminal.ts";

import { exportPunches } from "../../../../connector/terminals/files/punch-export.ts";
import { readPunchFile } from "../../../../connector/terminals/files/read-punch-file.ts";

const row = (facts: object): PunchRow =>
  PunchRow.parse({
    id: "1",
    rawId: "SN1:0",
    terminal: "Gate",
    idSpace: "main",
    userId: "12",
    at: "2026-11-23T07:55:10",
    verify: 1,
    state: 0,
    count: 1,
    personId: null,
    delivery: { state: "quarantined", reason: null, record: null, deliveredAt: null },
    ...facts,
  });
const link = (facts: object): IdLink =>
  IdLink.parse({
    id: "l",
    idSpace: "main",
    userId: "12",
    personId: "P1",
    scheme: "new",
    validFrom: null,
    validTo: null,
    setBy: "cli",
    setAt: "2026-11-24T01:00:00.000Z",
    why: "",
    ...facts,
  });
const gate = TerminalRow.parse({
  ...{ name: "Gate", address: null, serial: null, idSpace: "main", zone: "Asia/Ho_Chi_Minh", direction: "auto" },
  ...{ machine: 7, mode: "shadow", lastReadAt: null, lastError: null, live: false },
});
type Wanted = Partial<Parameters<typeof exportPunches>[1]>;
const write = (punches: readonly PunchRow[], wanted: Wanted = {}, links: readonly IdLink[] = []) =>
  exportPunches({ punches, links, terminals: [gate] }, { format: "csv", ids: undefined, separator: ",", ...wanted });

describe("punches written as CSV", () => {
  test("have the columns of the interchange file, with a mark for spreadsheets", () => {
    expect(write([row({})]).text).toBe(
      "\uFEFFterminal,id_space,user_id,at,verify,state,raw_id\r\nGate,main,12,2026-11-23T07:55:10,1,0,SN1:0\r\n",
    );
  });

  test("may be separated by semicolons", () => {
    expect(write([row({})], { separator: ";" }).text).toContain("\r\nGate;main;12;2026-11-23T07:55:10;1;0;SN1:0\r\n");
  });

  test("come out as often as the terminal holds them", () => {
    expect(write([row({ count: 3 })])).toMatchObject({ punches: 3 });
    expect(
      write([row({ count: 3 })])
        .text.trimEnd()
        .split("\r\n"),
    ).toHaveLength(4);
  });

  test.each(["=1+1", "+1", "-1", "@x"])(
    "keep a spreadsheet from calculating %s, and are read back as they were",
    (userId) => {
      const { text } = write([row({ userId })]);
      expect(text).toContain(`,'${userId},`);
      const read = readPunchFile({ file: "p.csv", bytes: Buffer.from(text), format: "auto" });
      expect(read).toMatchObject({ format: "csv", rejected: [], punches: [{ userId, rawId: "SN1:0" }] });
    },
  );
});

test("a terminal and a space that begin like a formula come back under their names", () => {
  const { text } = write([row({ terminal: "-Gate", idSpace: "-hn" })]);
  const read = readPunchFile({ file: "p.csv", bytes: Buffer.from(text), format: "auto" });
  expect(read).toMatchObject({ rejected: [], punches: [{ terminal: "-Gate", idSpace: "-hn" }] });
});

describe("punches written for the old program", () => {
  test("are lines of an attlog with the terminal's number, and are read back as they were", () => {
    const { text } = write([row({ userId: "00018", verify: 15, state: 255 })], { format: "attlog" });
    expect(text).toBe("    00018\t2026-11-23 07:55:10\t7\t255\t15\t0\r\n");
    const read = readPunchFile({ file: "7_attlog.dat", bytes: Buffer.from(text), format: "auto" });
    expect(read.punches).toMatchObject([{ userId: "00018", at: "2026-11-23T07:55:10", verify: 15, state: 255 }]);
  });

  test("leave out what has no time and say how many", () => {
    const undated = row({ at: null, raw: "00", count: 2 });
    expect(write([undated, row({})], { format: "attlog" })).toMatchObject({ punches: 1, undated: 2 });
  });
});

test("punches written as JSON are the rows of the list", () => {
  expect(JSON.parse(write([row({})], { format: "json" }).text)).toEqual({ punches: [row({})] });
});

describe("punches written under the IDs of one scheme", () => {
  const links = [
    link({ id: "a", userId: "12", scheme: "new" }),
    link({ id: "b", userId: "9012", scheme: "old", validTo: "2026-11-23" }),
    link({ id: "c", userId: "9013", scheme: "old", validFrom: "2026-11-24" }),
  ];
  const idsOf = (punches: readonly PunchRow[], ids: "old" | "new") =>
    (JSON.parse(write(punches, { format: "json", ids }, links).text) as { punches: PunchRow[] }).punches.map(
      ({ userId }) => userId,
    );

  test("have the ID that the person has on that day", () => {
    const days = [row({ personId: "P1" }), row({ personId: "P1", at: "2026-11-24T07:55:10" })];
    expect(idsOf(days, "old")).toEqual(["9012", "9013"]);
    expect(idsOf(days, "new")).toEqual(["12", "12"]);
  });

  test("leave out whom nobody knows, and who has no such ID there: it may be somebody else's", () => {
    const strangers = [row({}), row({ personId: "P2" }), row({ personId: "P1", idSpace: "hn" })];
    expect(idsOf(strangers, "old")).toEqual([]);
    expect(write(strangers, { ids: "old" }, links)).toMatchObject({ punches: 0, withoutId: 3 });
  });
});
