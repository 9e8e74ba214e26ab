import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { TerminalCheck, TerminalUserRow } from "@tandem/contracts/domain/terminal.ts";

import { listUsers } from "../../../connector/terminals/user-list.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { nameOf, TerminalBench } from "../../support/terminal-bench.ts";

const GATE = nameOf("Gate 1");
const PUNCHES = [
  { userId: "101", at: "2026-11-20T07:58:01" },
  { userId: "101", at: "2026-11-20T07:58:01" },
  { userId: "102", at: "2026-11-20T08:01:30" },
];
const USERS = [{ userId: "101", name: "Nguyễn Thị Lan", card: 70000 }, { userId: "102" }];

let bench: TerminalBench;
let device: ZkTerminal;
const devices: ZkTerminal[] = [];

async function startDevice(options: Parameters<typeof ZkTerminal.start>[0] = {}): Promise<ZkTerminal> {
  const started = await ZkTerminal.start({
    users: USERS,
    punches: PUNCHES,
    now: () => bench.data.clock.now(),
    ...options,
  });
  devices.push(started);
  return started;
}

beforeEach(async () => {
  bench = await TerminalBench.open();
  device = await startDevice();
});

afterEach(async () => {
  await bench.close();
  await Promise.all(devices.splice(0).map((one) => one.stop()));
});

describe("Adding a terminal", () => {
  it("sends nothing to it and fills in the defaults", async () => {
    const row = await bench.add("Gate 1", device.address);
    expect(row).toMatchObject({
      serial: null,
      idSpace: "main",
      zone: "Asia/Ho_Chi_Minh",
      mode: "shadow",
      lastReadAt: null,
    });
    expect(device.commands.entries()).toEqual([]);
  });

  it("refuses a name that is in use and leaves the first as it is", async () => {
    await bench.add("Gate 1", device.address);
    const again = bench.add("Gate 1", "tcp://192.0.2.1:4370", { commKey: 5 });
    await expect(again).rejects.toMatchObject({ code: "terminal.exists", details: { name: "Gate 1" } });
    expect((await bench.row("Gate 1"))?.address).toBe(device.address);
    expect(
      await bench.data.store.db.selectFrom("secrets").select("ref").where("ref", "like", "terminal:%").execute(),
    ).toEqual([]);
  });

  it("refuses an address that no driver speaks, and stores nothing", async () => {
    const added = bench.add("Push", "adms://CJ7Z203360101");
    await expect(added).rejects.toMatchObject({ code: "terminal.unsupported-address" });
    expect(await bench.terminals.list()).toEqual([]);
    expect(await bench.audited()).toEqual([]);
  });

  it("keeps the comm key sealed: not in the list, the audit log or a file", async () => {
    const locked = await startDevice({ commKey: 987_654_321 });
    await bench.add("Gate 1", locked.address, { commKey: 987_654_321 });
    expect(JSON.stringify(await bench.terminals.list())).not.toContain("987654321");
    expect(await bench.audited()).toEqual([
      {
        action: "terminals.add",
        actor: "cli",
        subject: "Gate 1",
        detail: expect.objectContaining({ address: locked.address, hasCommKey: true }) as unknown,
      },
    ]);
    expect(await bench.terminals.pull(GATE)).toMatchObject({ added: 3 });
    for (const file of await readdir(bench.data.home, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      expect([file.name, bytes.includes("987654321")]).toEqual([file.name, false]);
    }
    expect(JSON.stringify(await bench.audited())).not.toContain("987654321");
  });
});

describe("Removing a terminal", () => {
  it("takes it and its key away and leaves its punches", async () => {
    const locked = await startDevice({ commKey: 5 });
    await bench.add("Gate 1", locked.address, { commKey: 5 });
    await bench.terminals.pull(GATE);
    await bench.terminals.remove(GATE, "client:1");
    expect(await bench.terminals.list()).toEqual([]);
    expect(await bench.punches()).toHaveLength(2);
    const secrets = bench.data.store.db.selectFrom("secrets").select("ref").where("ref", "like", "terminal:%");
    expect(await secrets.execute()).toEqual([]);
    expect((await bench.audited()).at(-1)).toMatchObject({ action: "terminals.remove", actor: "client:1" });
    await expect(bench.terminals.pull(GATE)).rejects.toMatchObject({ code: "terminal.unknown" });
  });

  it("of a name that is not there has a code", async () => {
    await expect(bench.terminals.remove(GATE, "cli")).rejects.toMatchObject({ code: "terminal.unknown" });
  });

  it("frees the name for another device, whose serial number is learned anew", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.pull(GATE);
    await bench.terminals.remove(GATE, "cli");
    const other = await startDevice({ serial: "OTHER0001", punches: [{ userId: "7", at: "2026-11-21T08:00:00" }] });
    expect(await bench.add("Gate 1", other.address)).toMatchObject({ serial: null, lastReadAt: null, lastError: null });
    expect(await bench.terminals.pull(GATE)).toMatchObject({ read: 1, added: 1 });
    expect((await bench.row("Gate 1"))?.serial).toBe("OTHER0001");
    expect(await bench.punches()).toEqual([
      "101 2026-11-20T07:58:01 ×2",
      "102 2026-11-20T08:01:30 ×1",
      "7 2026-11-21T08:00:00 ×1",
    ]);
  });

  it("and adding the same device again adds none of its punches a second time", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.pull(GATE);
    await bench.terminals.remove(GATE, "cli");
    await bench.add("Main door", device.address);
    expect(await bench.terminals.pull(nameOf("Main door"))).toMatchObject({ read: 3, added: 0, known: 3 });
  });
});

describe("Checking a terminal", () => {
  it("tells who it is, what it holds and how far its clock is off, in its own zone", async () => {
    const tokyo = await startDevice({ zone: "Asia/Tokyo", clockOffsetSeconds: -95 });
    await bench.add("Tokyo", tokyo.address, { zone: "Asia/Tokyo" });
    const check = await bench.terminals.check(nameOf("Tokyo"));
    expect(TerminalCheck.parse(check)).toEqual(check);
    expect(check).toMatchObject({ serial: tokyo.serial, users: 2, punches: 3, clockOffsetSeconds: -95 });
  });

  it("shows a wrong zone as the hours that it is off", async () => {
    await bench.add("Gate 1", device.address, { zone: "Asia/Tokyo" });
    expect((await bench.terminals.check(GATE)).clockOffsetSeconds).toBe(-2 * 3600);
  });

  it("has no offset where the clock shows an impossible time", async () => {
    await bench.add("Gate 1", device.address);
    // Day 31 of February in the terminal's own counting.
    device.state.clock.stopAt(((26 * 12 + 1) * 31 + 30) * 86_400);
    expect((await bench.terminals.check(GATE)).clockOffsetSeconds).toBeNull();
  });

  it("sends reading commands only", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.check(GATE);
    await listUsers(bench.terminals, GATE);
    await bench.terminals.pull(GATE);
    const allowed = [1000, 1001, 1102, 11, 50, 64, 69, 1100, 201, 7, 9, 13, 34, 80, 88, 500, 1502, 1503, 1504];
    expect(device.commands.codes().filter((code) => !allowed.includes(code))).toEqual([]);
    expect(device.violations).toEqual([]);
  });
});

describe("The users of a terminal", () => {
  it("are listed with the bytes of their names and without slot numbers", async () => {
    await bench.add("Gate 1", device.address);
    const users = await listUsers(bench.terminals, GATE);
    expect(users.map((user) => TerminalUserRow.parse(user))).toEqual(users);
    expect(users[0]).toMatchObject({ userId: "101", name: "Nguyễn Thị Lan", card: "70000", fingers: [] });
    expect(users[0]?.nameRaw.startsWith(Buffer.from("Nguyễn Thị Lan").toString("hex"))).toBe(true);
    expect(users[0]).not.toHaveProperty("uid");
  });

  it("are marked where the terminal holds no ID for them", async () => {
    for (let uid = 200; uid < 260; uid++) device.state.addUser({ uid, userId: String(uid) });
    device.state.addUser({ uid: 300, userId: "", name: "Ai" });
    await bench.add("Gate 1", device.address);
    const marked = (await listUsers(bench.terminals, GATE)).filter(({ withoutId }) => withoutId === true);
    expect(marked.map(({ name }) => name)).toEqual(["Ai"]);
  });
});

describe("Pulling a terminal", () => {
  it("stores the whole log, and reading it again adds nothing", async () => {
    await bench.add("Gate 1", device.address);
    const first = { terminal: "Gate 1", read: 3, added: 3, known: 0, quarantined: 3, rejected: [] };
    expect(await bench.terminals.pull(GATE)).toEqual(first);
    expect(await bench.terminals.pull(GATE)).toEqual({ ...first, added: 0, known: 3, quarantined: 0 });
    expect(await bench.punches()).toEqual(["101 2026-11-20T07:58:01 ×2", "102 2026-11-20T08:01:30 ×1"]);
  });

  it("notes when the read ended, and when it began", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.pull(GATE);
    expect(await bench.row("Gate 1")).toMatchObject({ serial: device.serial, lastReadAt: "2026-11-24T08:00:00.000Z" });
  });

  it.each(["stall", "reset", "long-length"] as const)("that breaks (%s) stores nothing and says why", async (fault) => {
    await bench.add("Gate 1", device.address);
    device.set({ transfer: [fault] });
    const failure: unknown = await bench.terminals.pull(GATE).catch((error: unknown) => error);
    expect(failure).toHaveProperty("code", expect.stringMatching(/^terminal\./));
    expect(await bench.punches()).toEqual([]);
    expect(await bench.row("Gate 1")).toMatchObject({
      lastReadAt: null,
      lastError: { code: (failure as { code: string }).code, at: "2026-11-24T08:00:00.000Z" },
    });
  });

  it("that succeeds clears the error of the one before", async () => {
    await bench.add("Gate 1", device.address);
    device.set({ transfer: ["reset"] });
    await expect(bench.terminals.pull(GATE)).rejects.toThrow();
    device.calm();
    await bench.terminals.pull(GATE);
    expect((await bench.row("Gate 1"))?.lastError).toBeNull();
  });

  it("with a missing or wrong comm key says so", async () => {
    const locked = await startDevice({ commKey: 5 });
    await bench.add("No key", locked.address);
    await bench.add("Wrong key", locked.address, { commKey: 6 });
    await expect(bench.terminals.pull(nameOf("No key"))).rejects.toMatchObject({ code: "terminal.key-required" });
    await expect(bench.terminals.pull(nameOf("Wrong key"))).rejects.toMatchObject({ code: "terminal.wrong-key" });
    expect((await bench.row("Wrong key"))?.lastError?.code).toBe("terminal.wrong-key");
  });

  it("of a device with another serial number than before stores nothing", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.check(GATE);
    device.state.options.set("~SerialNumber", "STRANGER1");
    await expect(bench.terminals.pull(GATE)).rejects.toMatchObject({
      code: "terminal.serial-changed",
      details: { name: "Gate 1", expected: "CJ7Z203360101", found: "STRANGER1" },
    });
    expect(await bench.punches()).toEqual([]);
    expect(await bench.row("Gate 1")).toMatchObject({
      serial: "CJ7Z203360101",
      lastError: { code: "terminal.serial-changed" },
    });
  });

  it("of a device that no longer tells its serial number stores nothing either", async () => {
    await bench.add("Gate 1", device.address);
    await bench.terminals.check(GATE);
    device.state.options.delete("~SerialNumber");
    await expect(bench.terminals.pull(GATE)).rejects.toMatchObject({ code: "terminal.serial-changed" });
    expect(await bench.punches()).toEqual([]);
  });

  it("of a device that tells its serial number only later adds no punch a second time", async () => {
    device.state.options.delete("~SerialNumber");
    await bench.add("Gate 1", device.address);
    expect(await bench.terminals.pull(GATE)).toMatchObject({ added: 3 });
    device.state.options.set("~SerialNumber", "CJ7Z203360101");
    expect(await bench.terminals.pull(GATE)).toMatchObject({ added: 0, known: 3 });
  });

  it("under a second name adds no punch a second time", async () => {
    const both = await startDevice({ transport: "both" });
    await bench.add("Gate 1", `tcp://127.0.0.1:${both.port}`);
    await bench.add("Gate 1 again", `udp://127.0.0.1:${both.port}`);
    await bench.terminals.pull(GATE);
    expect(await bench.terminals.pull(nameOf("Gate 1 again"))).toMatchObject({ added: 0, known: 3 });
  });

  it("is refused while the terminal is being read, by its name or by its address", async () => {
    await bench.add("Gate 1", device.address);
    await bench.add("Gate 1 again", device.address);
    const busy = { code: "terminal.busy" };
    let meanwhile: Promise<unknown> = Promise.resolve();
    const progress = (): void => {
      meanwhile = Promise.all([
        expect(bench.terminals.pull(GATE)).rejects.toMatchObject(busy),
        expect(bench.terminals.check(nameOf("Gate 1 again"))).rejects.toMatchObject(busy),
        expect(bench.terminals.remove(GATE, "cli")).rejects.toMatchObject(busy),
      ]);
    };
    await bench.terminals.pull(GATE, { progress });
    await meanwhile;
    expect.assertions(3);
    await bench.terminals.pull(nameOf("Gate 1 again"));
  });

  it("that is aborted in the middle stores nothing, blames nobody and lets go of the terminal", async () => {
    await bench.add("Gate 1", device.address);
    device.set({ silentOn: [1503] });
    const abort = new AbortController();
    const asked = device.commands.next(1503);
    const pull = bench.terminals.pull(GATE, { signal: abort.signal });
    await asked;
    const reason = new Error("cancelled");
    abort.abort(reason);
    await expect(pull).rejects.toBe(reason);
    expect(await bench.punches()).toEqual([]);
    expect((await bench.row("Gate 1"))?.lastError).toBeNull();
    device.calm();
    expect(await bench.terminals.pull(GATE)).toMatchObject({ added: 3 });
  });

  it("is ended by a stop of the connector, which blames nobody and lets nothing new begin", async () => {
    await bench.add("Gate 1", device.address);
    device.set({ silentOn: [1503] });
    const asked = device.commands.next(1503);
    const pull = bench.terminals.pull(GATE);
    await asked;
    const ended = expect(pull).rejects.toMatchObject({ code: "terminal.connection-lost" });
    await bench.terminals.stop();
    await ended;
    await expect(bench.terminals.check(GATE)).rejects.toMatchObject({ code: "terminal.connection-lost" });
    expect((await bench.row("Gate 1"))?.lastError).toBeNull();
  });
});
