import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { ImportRequest } from "@tandem/contracts/domain/punch-file.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import { PunchLedger } from "../../../../connector/ledger/punch-ledger.ts";
import { PunchImport } from "../../../../connector/terminals/files/punch-import.ts";
import { TerminalLocks } from "../../../../connector/terminals/locks.ts";
import { ImportBench } from "../../../support/import-bench.ts";
import { attlog, SAMPLE_AGL_BINARY, SAMPLE_ATTLOG, tabbed } from "../../../support/punch-files.ts";
import { nameOf } from "../../../support/terminal-bench.ts";

const BRANCH = { terminal: "Branch" };
const CSV = "terminal,id_space,user_id,at,verify,state";

let bench: ImportBench;
beforeEach(async () => {
  bench = await ImportBench.open();
});
afterEach(() => bench.close());

const stored = () => bench.terminals.punches();

describe("Importing an attlog of a terminal that is not registered", () => {
  it("registers it as one known from files only and stores its punches", async () => {
    const result = await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    expect(result).toMatchObject({
      terminal: "Branch",
      read: 3,
      added: 3,
      known: 0,
      quarantined: 3,
      rejected: [],
      format: "attlog",
      period: { from: "2026-11-23", to: "2026-11-23" },
      terminals: [{ terminal: "Branch", isNew: true, idSpace: "main", serial: null }],
    });
    expect(await stored()).toEqual([
      "12 2026-11-23T07:55:10 ×1",
      "15 2026-11-23T07:58:11 ×1",
      "00018 2026-11-23T17:03:00 ×1",
    ]);
    expect(await bench.terminals.row("Branch")).toMatchObject({ address: null, serial: null, direction: "auto" });
  });

  it("keeps of every row its bytes, its codes and its place in the file", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    const rows = await bench.terminals.data.store.db.selectFrom("punches").selectAll().orderBy("id").execute();
    expect(rows.find(({ user_id }) => user_id === "15")).toMatchObject({
      source: "file:Branch",
      verify: 15,
      state: 255,
      raw: Buffer.from("       15\t2026-11-23 07:58:11\t1\t255\t15\t0"),
      raw_id: "1_attlog.dat:2",
    });
  });

  it("keeps the bytes also of a text in UTF-16", async () => {
    await bench.import("x.txt", Buffer.from(`\uFEFF${SAMPLE_ATTLOG.toString()}`, "utf16le"), BRANCH);
    const rows = await bench.terminals.data.store.db.selectFrom("punches").select(["user_id", "raw"]).execute();
    const row = rows.find(({ user_id }) => user_id === "15");
    expect(row?.raw).toEqual(Buffer.from("       15\t2026-11-23 07:58:11\t1\t255\t15\t0", "utf16le"));
  });

  it("takes its space, zone and direction from the operator", async () => {
    const facts = { idSpace: "hanoi", zone: "Asia/Bangkok", direction: "in" };
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, { ...BRANCH, ...facts });
    expect(await bench.terminals.row("Branch")).toMatchObject(facts);
  });

  it("is told from a mistyped option of one that is registered", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    const again = bench.import("1_attlog.dat", SAMPLE_ATTLOG, { ...BRANCH, idSpace: "hanoi" });
    await expect(again).rejects.toMatchObject({
      code: "import.terminal-differs",
      details: { terminal: "Branch", field: "idSpace", found: "main", wanted: "hanoi" },
    });
  });

  it("needs its name", async () => {
    const nameless = bench.import("1_attlog.dat", SAMPLE_ATTLOG);
    await expect(nameless).rejects.toMatchObject({
      code: "import.terminal-unnamed",
      details: { file: "1_attlog.dat" },
    });
    expect(await bench.terminals.terminals.list()).toEqual([]);
  });

  it("registers nobody for a file of which nothing is understood", async () => {
    const result = await bench.import("1_attlog.dat", "12\t2026-02-31 07:00:00\r\n", { ...BRANCH, format: "attlog" });
    expect(result).toMatchObject({ read: 1, added: 0, rejected: [{ line: 1, field: "at" }], terminals: [] });
    expect(await bench.terminals.terminals.list()).toEqual([]);
  });
});

describe("Importing a file again", () => {
  it("adds nothing, however often and under whatever name", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    expect(await bench.import("copy.txt", SAMPLE_ATTLOG, BRANCH)).toMatchObject({ read: 3, added: 0, known: 3 });
    expect(await stored()).toHaveLength(3);
  });

  it("adds what a later, longer file has more, repeated punches included", async () => {
    const row = { userId: "12", at: "2026-11-23T07:55:10" };
    await bench.import("1_attlog.dat", attlog([row]), BRANCH);
    const longer = attlog([row, row, { userId: "12", at: "2026-11-23T17:00:00" }]);
    expect(await bench.import("1_attlog.dat", longer, BRANCH)).toMatchObject({ read: 3, added: 2, known: 1 });
    expect(await stored()).toEqual(["12 2026-11-23T07:55:10 ×2", "12 2026-11-23T17:00:00 ×1"]);
    expect(await bench.import("1_attlog.dat", longer, BRANCH)).toMatchObject({ added: 0, known: 3 });
  });

  it("adds nothing after the terminal was removed and is named once more", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    await bench.terminals.terminals.remove((await bench.terminals.terminals.list())[0]?.name ?? never(), "cli");
    expect(await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH)).toMatchObject({ added: 0, known: 3 });
  });
});

describe("Importing attlogs that a push server saved", () => {
  const came = ["12\t2026-11-23 07:55:10\t0\t1\t0\t0", "15\t2026-11-23 07:58:11\t0\t1\t0\t0"];
  const log = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");

  it("reads later ones in the order of the first, and adds each punch once", async () => {
    await expect(bench.import("a.dat", log(...came), BRANCH)).rejects.toMatchObject({ code: "import.column-order" });
    await bench.import("a.dat", log(...came), { ...BRANCH, order: "push" });
    expect(await bench.import("a.dat", log(...came), BRANCH)).toMatchObject({ added: 0, known: 2 });
    const longer = log(...came, "12\t2026-11-23 17:00:00\t1\t1\t0\t0");
    expect(await bench.import("b.dat", longer, BRANCH)).toMatchObject({ added: 1, known: 2 });
  });

  it("refuses one in another order than before, and remembers none that was only previewed", async () => {
    await bench.preview("a.dat", log(...came), { ...BRANCH, order: "vendor" });
    await bench.import("a.dat", log(...came), { ...BRANCH, order: "push" });
    const other = bench.import("a.dat", log(...came), { ...BRANCH, order: "vendor" });
    await expect(other).rejects.toMatchObject({ code: "import.column-orders", details: { known: "push" } });
    expect(await stored()).toHaveLength(2);
  });
});

describe("A preview", () => {
  it("tells what the import then does and writes nothing", async () => {
    await bench.link("12", "HR-EMP-00012");
    await bench.import("1_attlog.dat", attlog([{ userId: "12", at: "2026-11-23T07:55:10" }]), BRANCH);
    const file = Buffer.concat([SAMPLE_ATTLOG, Buffer.from("99\t2026-02-30 08:00:00\t1\t0\t1\t0\r\n")]);
    const audited = await bench.terminals.audited();
    const preview = await bench.preview("1_attlog.dat", file, BRANCH);
    expect(preview).toMatchObject({
      read: 4,
      added: 2,
      known: 1,
      quarantined: 2,
      rejected: [{ line: 4, field: "at" }],
    });
    expect(preview.unknownIds).toEqual([
      { idSpace: "main", userId: "15", punches: 1 },
      { idSpace: "main", userId: "00018", punches: 1 },
    ]);
    expect(await stored()).toHaveLength(1);
    expect(await bench.terminals.audited()).toEqual(audited);
    expect(await bench.import("1_attlog.dat", file, BRANCH)).toEqual({ ...preview, preview: false });
  });

  it("of a terminal that is not registered registers nobody", async () => {
    const preview = await bench.preview("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    expect(preview).toMatchObject({ added: 3, terminals: [{ terminal: "Branch", isNew: true }] });
    expect(await bench.terminals.terminals.list()).toEqual([]);
  });

  it("counts punches of the far future; they are stored all the same, and held", async () => {
    const file = attlog([
      { userId: "12", at: "2000-01-01T00:00:00" },
      { userId: "12", at: "2099-12-31T23:59:59" },
    ]);
    expect(await bench.preview("1_attlog.dat", file, BRANCH)).toMatchObject({ added: 2, future: 1 });
    expect(await bench.import("1_attlog.dat", file, BRANCH)).toMatchObject({ added: 2, future: 1 });
  });
});

describe("Importing a CSV", () => {
  it("shares its rows out among the terminals that they name", async () => {
    const rows = [
      "Gate,hn,12,2026-11-23T07:55:10,1,0,old.csv:1",
      "Canteen,hn,12,2026-11-23T12:00:00,1,0,old.csv:2",
      "Gate,hn,15,2026-11-23T17:00:00,1,1,old.csv:3",
    ];
    const result = await bench.import("p.csv", [`${CSV},raw_id`, ...rows].join("\n"));
    expect(result).toMatchObject({ terminal: null, read: 3, added: 3 });
    expect(result.terminals).toMatchObject([
      { terminal: "Gate", isNew: true, idSpace: "hn", added: 2 },
      { terminal: "Canteen", isNew: true, idSpace: "hn", added: 1 },
    ]);
    const named = await bench.terminals.data.store.db
      .selectFrom("punches")
      .select("raw_id")
      .orderBy("raw_id")
      .execute();
    expect(named.map(({ raw_id }) => raw_id)).toEqual(["old.csv:1", "old.csv:2", "old.csv:3"]);
  });

  it("rejects rows without a terminal, of another one than was named, and of another ID space", async () => {
    const rows = [",main,12,2026-11-23T07:55:10,1,0", "Gate,main,12,2026-11-23T07:55:10,1,0"];
    const file = [CSV, ...rows, "Gate,hn,12,2026-11-23T07:55:10,1,0"].join("\n");
    const fields = async (options: object) =>
      (await bench.import("p.csv", file, options)).rejected.map(({ line, field }) => `${line} ${field}`);
    expect(await fields({ terminal: "Canteen" })).toEqual(["3 terminal", "4 terminal"]);
    expect(await fields({})).toEqual(["2 terminal", "4 id_space"]);
    expect(await fields({ terminal: "Gate" })).toEqual(["4 id_space"]);
  });

  it("and an attlog of the same terminal adds each punch once", async () => {
    await bench.import("p.csv", [CSV, "Branch,main,12,2026-11-23T07:55:10,1,0"].join("\n"));
    expect(await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH)).toMatchObject({ added: 2, known: 1 });
  });
});

describe("Importing AGL files", () => {
  const text = tabbed([
    ["No", "TMNo", "EnNo", "Name", "INOUT", "Mode", "DateTime"],
    ["0", "1", "12", "An", "S", "8", "2026/11/23 07:55:10"],
    ["1", "1", "12", "An", "E", "8", "2026/11/23 07:55:10"],
  ]);

  it("keeps directions of unknown meaning apart, and adds them once", async () => {
    expect(await bench.import("AGL_001.TXT", text, BRANCH)).toMatchObject({
      added: 2,
      warnings: [{ code: "unknown-directions", values: ["S × 1", "E × 1"] }],
    });
    // The rows' numbers change from export to export.
    const renumbered = text.replace("\n0\t", "\n7\t").replace("\n1\t", "\n8\t");
    expect(await bench.import("GLG_001.TXT", renumbered, BRANCH)).toMatchObject({ format: "glg", added: 0, known: 2 });
  });

  it.each(["constructor", "toString", "__proto__"])(
    "takes the direction %s for a text like any other",
    async (word) => {
      const odd = text.replace("\tS\t", `\t${word}\t`);
      expect(await bench.import("AGL_001.TXT", odd, BRANCH)).toMatchObject({ added: 2, rejected: [] });
    },
  );

  it("refuses the binary twin after the text, which tells directions and would be counted again", async () => {
    await bench.import("AGL_001.TXT", text, BRANCH);
    const twin = bench.import("AGL_001.DAT", SAMPLE_AGL_BINARY, BRANCH);
    await expect(twin).rejects.toMatchObject({ code: "import.not-comparable", details: { terminal: "Branch" } });
    expect(await stored()).toHaveLength(2);
  });

  it("takes the binary twin as well", async () => {
    expect(await bench.import("AGL_001.DAT", SAMPLE_AGL_BINARY, BRANCH)).toMatchObject({ format: "agl", added: 3 });
    expect(await stored()).toContain("203 2026-11-23T08:05:00 ×1");
  });
});

describe("Until when a terminal known from files only is complete", () => {
  it("is its latest punch, in its own zone", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    expect(await bench.through("Branch")).toBe("2026-11-23T10:03:00.000Z");
    expect((await bench.terminals.row("Branch"))?.lastReadAt).not.toBeNull();
  });

  it("is what the operator says, and never later than now", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, { ...BRANCH, through: "2026-11-23T23:59:59" });
    expect(await bench.through("Branch")).toBe("2026-11-23T16:59:59.000Z");
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, { ...BRANCH, through: "2030-01-01T00:00:00" });
    expect(await bench.through("Branch")).toBe(new Date(bench.terminals.data.clock.now()).toISOString());
  });

  it("never moves back for an older file", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    await bench.import("1_attlog.dat", attlog([{ userId: "12", at: "2026-10-01T08:00:00" }]), BRANCH);
    expect(await bench.through("Branch")).toBe("2026-11-23T10:03:00.000Z");
  });

  it("is not moved by a file with rows that were not understood, unless the operator says so", async () => {
    await bench.import("1_attlog.dat", attlog([{ userId: "12", at: "2026-10-01T08:00:00" }]), BRANCH);
    const before = await bench.terminals.row("Branch");
    bench.terminals.data.clock.advance(60_000);
    const torn = `${SAMPLE_ATTLOG.toString()}99\t2026-02-30 08:00:00\t1\t0\t1\t0\r\n`;
    await bench.import("1_attlog.dat", torn, BRANCH);
    await bench.import("2.dat", "99\t2026-02-30 08:00:00\t1\t0\t1\t0\r\n", { ...BRANCH, format: "attlog" });
    expect(await bench.through("Branch")).toBe("2026-10-01T01:00:00.000Z");
    expect((await bench.terminals.row("Branch"))?.lastReadAt).toBe(before?.lastReadAt);
    await bench.import("1_attlog.dat", torn, { ...BRANCH, through: "2026-11-23T17:03:00" });
    expect(await bench.through("Branch")).toBe("2026-11-23T10:03:00.000Z");
  });

  it("is no punch of a clock that ran ahead", async () => {
    const ahead = attlog([
      { userId: "12", at: "2026-11-20T08:00:00" },
      { userId: "12", at: "2099-12-31T23:59:59" },
    ]);
    await bench.import("1_attlog.dat", ahead, BRANCH);
    expect(await bench.through("Branch")).toBe("2026-11-20T01:00:00.000Z");
  });
});

describe("An import that breaks off", () => {
  it("is completed by importing the file again, and is not noted as a complete one before", async () => {
    const broken = new PunchImport({
      ...bench.terminals.data,
      ledger: new BrokenLedger(bench.terminals.data.store, bench.terminals.data.clock),
      locks: new TerminalLocks(),
      defaultZone: () => Zone.parse("Asia/Ho_Chi_Minh"),
    });
    const bytes = SAMPLE_ATTLOG.toString("base64");
    const request = ImportRequest.parse({ file: "1_attlog.dat", bytes, terminal: "Branch" });
    await expect(broken.run(request, "cli")).rejects.toThrow("the disk is full");
    expect(await bench.through("Branch")).toBeNull();
    expect(await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH)).toMatchObject({ added: 3, known: 0 });
    expect(await bench.through("Branch")).toBe("2026-11-23T10:03:00.000Z");
  });
});

describe("An import", () => {
  it("waits for nobody: a terminal that is being worked with is busy", async () => {
    const locks = new TerminalLocks();
    const { data, ledger } = bench.terminals;
    const imports = new PunchImport({ ...data, ledger, locks, defaultZone: () => Zone.parse("Asia/Ho_Chi_Minh") });
    const bytes = SAMPLE_ATTLOG.toString("base64");
    const request = ImportRequest.parse({ file: "1_attlog.dat", bytes, terminal: "Branch" });
    await locks.hold(nameOf("Branch"), async () => {
      await expect(imports.run(request, "cli")).rejects.toMatchObject({ code: "terminal.busy" });
      expect(await imports.run({ ...request, preview: true }, "cli")).toMatchObject({ added: 3 });
    });
  });

  it("is audited with the file's hash, and without its contents", async () => {
    await bench.import("1_attlog.dat", SAMPLE_ATTLOG, BRANCH);
    const rows = await bench.terminals.data.store.db
      .selectFrom("audit")
      .select(["action", "subject", "detail"])
      .where("action", "=", "punches.import")
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.subject).toBe("1_attlog.dat");
    expect(JSON.parse(rows[0]?.detail ?? "")).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      format: "attlog",
      terminals: ["Branch"],
      read: 3,
      added: 3,
      known: 0,
      rejected: 0,
    });
  });
});

class BrokenLedger extends PunchLedger {
  override record(): Promise<never> {
    return Promise.reject(new Error("the disk is full"));
  }
}

function never(): never {
  throw new Error("no terminal");
}
