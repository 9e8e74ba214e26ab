import { once } from "node:events";
import { createServer } from "node:net";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";

import { systemClock } from "../../../../connector/platform/clock.ts";
import { TerminalDrivers } from "../../../../connector/terminals/drivers.ts";
import { Fleet } from "../../../../connector/terminals/fleet/fleet.ts";
import { tcpProbe } from "../../../../connector/terminals/fleet/tcp-probe.ts";
import { TerminalLocks } from "../../../../connector/terminals/locks.ts";
import { SHADOW_COMMANDS } from "../../../../connector/terminals/zk-pull/allow-list.ts";
import { zkPullDriver } from "../../../../connector/terminals/zk-pull/driver.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const GATE = nameOf("Gate 1");
/** Hosts 127.77.0.1 to 127.77.0.6. */
const NETWORK = "127.77.0.0/29";

let bench: TerminalBench;
let fleet: Fleet;
let locks: TerminalLocks;
const started: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  bench = await TerminalBench.open();
  locks = new TerminalLocks();
  const driver = zkPullDriver({ dump: () => Promise.resolve("kept.bin"), idleMs: 500, connectMs: 2_000, graceMs: 120 });
  fleet = new Fleet({
    ...bench.data,
    clock: systemClock,
    drivers: new TerminalDrivers([driver]),
    locks,
    probe: tcpProbe(systemClock, 1_000),
    live: { refresh: () => Promise.resolve() },
    perSecond: 1_000,
  });
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  await bench.close();
});

/** A terminal on a loopback address of its own; the first one chooses the port of them all. */
async function terminal(host: string, options: object, port = 0): Promise<ZkTerminal> {
  const device = await ZkTerminal.start({ host, port, ...options });
  started.push(device);
  return device;
}

async function webServer(host: string, port: number): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  });
  server.listen(port, host);
  await once(server, "listening");
  started.push({ stop: () => new Promise((resolve) => server.close(() => resolve())) });
}

const search = (port: number, follow = false) => fleet.discover({ network: NETWORK, port, follow }, "test");

/** A terminal that was read once and then got another IP address. */
async function moved(): Promise<{ device: ZkTerminal; before: string }> {
  const first = await ZkTerminal.start({ host: "127.77.0.5", serial: "A1" });
  await bench.add("Gate 1", first.address);
  await bench.terminals.check(GATE);
  await first.stop();
  return { device: await terminal("127.77.0.1", { serial: "A1" }, first.port), before: first.address };
}

const moves = async () => (await bench.audited()).filter(({ action }) => action === "terminals.move-address");

describe("Looking for terminals on a network", () => {
  it("lists each that answers, and why others could not be identified", async () => {
    const plain = await terminal("127.77.0.1", { serial: "A1", firmware: "Ver 6.60" });
    const locked = await terminal("127.77.0.2", { serial: "A2", commKey: 1234 }, plain.port);
    await terminal("127.77.0.3", { modes: { connect: "secured" } }, plain.port);
    await terminal("127.77.0.4", { modes: { connect: "panel" } }, plain.port);
    await webServer("127.77.0.5", plain.port);
    const { searched, found } = await search(plain.port);
    expect(searched).toBe(6);
    expect(found.map(({ address, state, serial }) => [address, state, serial])).toEqual([
      [`tcp://127.77.0.1:${plain.port}`, "terminal", "A1"],
      [`tcp://127.77.0.2:${plain.port}`, "terminal.key-required", null],
      [`tcp://127.77.0.3:${plain.port}`, "terminal.secured-firmware", null],
      [`tcp://127.77.0.4:${plain.port}`, "terminal.panel-protocol", null],
      [`tcp://127.77.0.5:${plain.port}`, "terminal.not-a-terminal", null],
    ]);
    expect(found[0]).toMatchObject({ model: "X628-C", firmware: "Ver 6.60", known: null });
    // No key is guessed, and nothing but reading is asked.
    expect(locked.commands.count(1102)).toBe(0);
    expect(plain.commands.codes().filter((code) => !SHADOW_COMMANDS.has(code))).toEqual([]);
    expect(plain.violations).toEqual([]);
  });

  it("leaves alone a terminal that Tandem is working with", async () => {
    const device = await terminal("127.77.0.1", {});
    const { found } = await locks.hold(TerminalAddress.parse(device.address), () => search(device.port));
    expect(found).toEqual([expect.objectContaining({ address: device.address, state: "terminal.busy" })]);
    expect(device.commands.codes()).toEqual([]);
  });

  it("ends when the connector stops", async () => {
    const device = await terminal("127.77.0.1", { modes: { silentOn: "all" } });
    const asked = device.commands.next(1000);
    const searching = search(device.port);
    const ended = expect(searching).rejects.toMatchObject({ code: "terminal.connection-lost" });
    await asked;
    await fleet.stop();
    await ended;
  });

  it("names the registered terminal at the address on record", async () => {
    const device = await terminal("127.77.0.1", { serial: "A1" });
    await bench.add("Gate 1", device.address);
    await bench.terminals.check(GATE);
    const { found } = await search(device.port, true);
    const known = { name: "Gate 1", address: device.address, addressDiffers: false, followed: false };
    expect(found).toEqual([expect.objectContaining({ serial: "A1", known })]);
    expect(await moves()).toEqual([]);
  });

  it.each([
    ["127.77.0.0", "fleet.network-invalid"],
    ["127.0.0.0/8", "fleet.network-too-large"],
    ["203.0.113.0/24", "fleet.network-public"],
  ])("refuses %s", async (network, code) => {
    await expect(fleet.discover({ network, port: 4370, follow: false }, "test")).rejects.toMatchObject({ code });
  });
});

describe("A registered terminal that has another address", () => {
  it("is proposed, and its address is not touched", async () => {
    const { device, before } = await moved();
    const { found } = await search(device.port);
    const known = { name: "Gate 1", address: before, addressDiffers: true, followed: false };
    expect(found).toEqual([expect.objectContaining({ address: device.address, known })]);
    expect((await bench.row("Gate 1"))?.address).toBe(before);
  });

  it("is followed when the operator asks for it, and that is audited", async () => {
    const { device, before } = await moved();
    const { found } = await search(device.port, true);
    expect(found[0]?.known).toMatchObject({ name: "Gate 1", followed: true });
    expect((await bench.row("Gate 1"))?.address).toBe(device.address);
    const detail = { from: before, to: device.address };
    expect(await moves()).toEqual([expect.objectContaining({ actor: "test", subject: "Gate 1", detail })]);
  });

  it("is not followed while its serial number answers at two addresses", async () => {
    const { device, before } = await moved();
    await terminal("127.77.0.2", { serial: "A1" }, device.port);
    const { found } = await search(device.port, true);
    expect(found.map(({ known }) => known?.followed)).toEqual([false, false]);
    expect((await bench.row("Gate 1"))?.address).toBe(before);
  });

  it("is moved by hand once its serial number has answered", async () => {
    const { device } = await moved();
    const row = await fleet.moveAddress(GATE, TerminalAddress.parse(device.address), "test");
    expect(row.address).toBe(device.address);
    expect(await moves()).toHaveLength(1);
  });

  it("is not moved to where another terminal answers", async () => {
    const { before } = await moved();
    const other = await terminal("127.77.0.3", { serial: "B9" });
    await expect(fleet.moveAddress(GATE, TerminalAddress.parse(other.address), "test")).rejects.toMatchObject({
      code: "terminal.serial-changed",
      details: { expected: "A1", found: "B9" },
    });
    expect((await bench.row("Gate 1"))?.address).toBe(before);
    expect(await moves()).toEqual([]);
  });

  it("is not moved while its serial number is unknown", async () => {
    const device = await terminal("127.77.0.1", {});
    await bench.add("Gate 1", "tcp://127.77.0.6:4370");
    await expect(fleet.moveAddress(GATE, TerminalAddress.parse(device.address), "test")).rejects.toMatchObject({
      code: "fleet.serial-unknown",
    });
    expect(device.commands.codes()).toEqual([]);
  });
});
