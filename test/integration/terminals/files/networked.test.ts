import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { ImportBench } from "../../../support/import-bench.ts";
import { attlog, tabbed } from "../../../support/punch-files.ts";
import { nameOf } from "../../../support/terminal-bench.ts";

const GATE = nameOf("Gate");
const SERIAL = "CGKK203360001";
const USERS = [
  { uid: 1, userId: "101" },
  { uid: 2, userId: "00102" },
];
const PUNCHES = [
  { userId: "101", at: "2026-11-20T07:58:01", verify: 1, state: 0 },
  { userId: "101", at: "2026-11-20T07:58:01", verify: 1, state: 0 },
  { userId: "00102", at: "2026-11-20T08:01:30", verify: 15, state: 255 },
  { userId: "101", at: "2026-11-20T17:00:00", verify: 1, state: 1 },
];
/** The terminal's log as it writes it onto a stick. */
const LOG = attlog(PUNCHES);

let bench: ImportBench;
const devices: ZkTerminal[] = [];

beforeEach(async () => {
  bench = await ImportBench.open();
});
afterEach(async () => {
  await bench.close();
  await Promise.all(devices.splice(0).map((device) => device.stop()));
});

async function addGate(options: Parameters<typeof ZkTerminal.start>[0] = {}): Promise<ZkTerminal> {
  const now = (): number => bench.terminals.data.clock.now();
  const device = await ZkTerminal.start({ serial: SERIAL, users: USERS, punches: PUNCHES, now, ...options });
  devices.push(device);
  await bench.terminals.add("Gate", device.address);
  return device;
}
const pull = () => bench.terminals.terminals.pull(GATE);

describe("A file of a terminal that is read over the network", () => {
  it.each([40, 49, 16] as const)(
    "and its log of %i-byte rows add each punch once, the file after the read",
    async (size) => {
      const userId = size === 16 ? "102" : "00102";
      const punches = PUNCHES.map((punch) => (punch.userId === "00102" ? { ...punch, userId } : punch));
      await addGate({ punches, rowSizes: { punch: size } });
      expect(await pull()).toMatchObject({ read: 4, added: 4 });
      expect(await bench.import("1_attlog.dat", attlog(punches), { terminal: "Gate" })).toMatchObject({
        added: 0,
        known: 4,
      });
    },
  );

  it("adds each punch once also when the file comes first", async () => {
    await addGate();
    await bench.terminals.terminals.check(GATE);
    expect(await bench.import("1_attlog.dat", LOG, { terminal: "Gate" })).toMatchObject({ added: 4 });
    expect(await pull()).toMatchObject({ read: 4, added: 0, known: 4 });
    expect(await bench.terminals.punches()).toHaveLength(3);
  });

  it("may be a CSV that names it", async () => {
    await addGate();
    await pull();
    const rows = PUNCHES.map(({ userId, at, verify, state }) => `Gate,main,${userId},${at},${verify},${state}`);
    const csv = ["terminal,id_space,user_id,at,verify,state", ...rows, "Gate,main,7,2026-11-21T08:00:00,1,0"].join(
      "\n",
    );
    expect(await bench.import("p.csv", csv)).toMatchObject({ terminal: "Gate", added: 1, known: 4 });
  });

  it("is found by the serial number in its name", async () => {
    await addGate();
    await pull();
    expect(await bench.import(`${SERIAL}_attlog.dat`, LOG)).toMatchObject({ terminal: "Gate", added: 0, known: 4 });
  });

  it("does not count as a complete read of it", async () => {
    await addGate();
    await pull();
    const before = await bench.through("Gate");
    bench.terminals.data.clock.advance(60_000);
    await bench.import("1_attlog.dat", attlog([{ userId: "101", at: "2026-11-21T08:00:00" }]), { terminal: "Gate" });
    expect(await bench.through("Gate")).toBe(before);
    const said = bench.import("1_attlog.dat", LOG, { terminal: "Gate", through: "2026-11-21T08:00:00" });
    await expect(said).rejects.toMatchObject({ code: "import.terminal-differs", details: { field: "address" } });
  });

  it("of another one is refused by its serial number", async () => {
    await addGate();
    await pull();
    const other = bench.import("CGKK203369999_attlog.dat", LOG, { terminal: "Gate" });
    await expect(other).rejects.toMatchObject({
      code: "import.other-serial",
      details: { terminal: "Gate", expected: SERIAL, found: "CGKK203369999" },
    });
    const elsewhere = bench.import(`${SERIAL}_attlog.dat`, LOG, { terminal: "Branch" });
    await expect(elsewhere).rejects.toMatchObject({ code: "import.other-serial" });
  });
});

describe("A file of a registered terminal that was never read", () => {
  it("is refused until its serial number is known", async () => {
    await addGate();
    const early = bench.import("1_attlog.dat", LOG, { terminal: "Gate" });
    await expect(early).rejects.toMatchObject({ code: "import.serial-unknown", details: { terminal: "Gate" } });
    expect(await bench.terminals.punches()).toEqual([]);
  });

  it("may tell the serial number in its name, and a later read adds nothing", async () => {
    await addGate();
    expect(await bench.preview(`${SERIAL}_attlog.dat`, LOG, { terminal: "Gate" })).toMatchObject({ added: 4 });
    expect((await bench.terminals.row("Gate"))?.serial).toBeNull();
    expect(await bench.import(`${SERIAL}_attlog.dat`, LOG, { terminal: "Gate" })).toMatchObject({ added: 4 });
    expect((await bench.terminals.row("Gate"))?.serial).toBe(SERIAL);
    expect(await pull()).toMatchObject({ added: 0, known: 4 });
  });

  it("under the number of another device is noticed at the first visit", async () => {
    await addGate();
    await bench.import("CGKK203369999_attlog.dat", LOG, { terminal: "Gate" });
    await expect(pull()).rejects.toMatchObject({ code: "terminal.serial-changed" });
  });
});

describe("A file that cannot be compared with the terminal's own log is refused", () => {
  const refused = { code: "import.not-comparable", details: { terminal: "Gate" } };

  it("because it lacks verify codes or states", async () => {
    await addGate();
    await pull();
    const short = bench.import("1_attlog.dat", "101\t2026-11-20 07:58:01\r\n", { terminal: "Gate" });
    await expect(short).rejects.toMatchObject(refused);
    const csv = "terminal,id_space,user_id,at,verify,state\nGate,main,101,2026-11-20T07:58:01,,0\n";
    await expect(bench.import("p.csv", csv)).rejects.toMatchObject(refused);
    expect(await bench.terminals.punches()).toHaveLength(3);
  });

  it("because it is of a maker whose terminals are not read over the network", async () => {
    await addGate();
    await pull();
    const agl = tabbed([
      ["No", "TMNo", "EnNo", "Name", "INOUT", "Mode", "DateTime"],
      ["0", "1", "101", "An", "0", "8", "2026/11/20 07:58:01"],
    ]);
    await expect(bench.import("AGL_001.TXT", agl, { terminal: "Gate" })).rejects.toMatchObject(refused);
  });

  it("because the terminal was removed, and its punches would be counted again under the name", async () => {
    await addGate();
    await pull();
    await bench.terminals.terminals.remove(GATE, "cli");
    await expect(bench.import("1_attlog.dat", LOG, { terminal: "Gate" })).rejects.toMatchObject(refused);
    expect(await bench.terminals.punches()).toHaveLength(3);
  });

  it("because the log names slots and no user IDs", async () => {
    await addGate({ rowSizes: { punch: 8 } });
    await pull();
    await expect(bench.import("1_attlog.dat", LOG, { terminal: "Gate" })).rejects.toMatchObject(refused);
  });
});

describe("A log that names slots, read after a file of the same terminal", () => {
  it("adds what the file did not have, and nothing twice", async () => {
    await addGate({ rowSizes: { punch: 8 } });
    await bench.terminals.terminals.check(GATE);
    const [first, second] = PUNCHES;
    const part = attlog([first, second].filter((punch) => punch !== undefined));
    expect(await bench.import("1_attlog.dat", part, { terminal: "Gate" })).toMatchObject({ added: 2 });
    expect(await pull()).toMatchObject({ read: 4, added: 2, known: 2 });
    expect(await pull()).toMatchObject({ read: 4, added: 0, known: 4 });
    expect(await bench.terminals.punches()).toHaveLength(3);
  });
});

describe("A terminal that was known from files only", () => {
  it("and is put on the network later has its punches once, if its files told its serial number", async () => {
    expect(await bench.import(`${SERIAL}_attlog.dat`, LOG, { terminal: "Gate" })).toMatchObject({
      added: 4,
      terminals: [{ isNew: true, serial: SERIAL }],
    });
    expect(await bench.import(`${SERIAL}_attlog.dat`, LOG)).toMatchObject({ terminal: "Gate", added: 0 });
    await bench.terminals.terminals.remove(GATE, "cli");
    await addGate();
    expect(await pull()).toMatchObject({ added: 0, known: 4 });
  });

  it("takes no serial number from a file that could not be compared with its log", async () => {
    await bench.import(`${SERIAL}_attlog.dat`, "101\t2026-11-20 07:58:01\r\n", { terminal: "Gate" });
    expect((await bench.terminals.row("Gate"))?.serial).toBeNull();
  });
});
