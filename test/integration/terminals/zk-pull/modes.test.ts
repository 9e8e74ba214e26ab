import { afterEach, describe, expect, test } from "@jest/globals";

import type { TerminalMode } from "@tandem/contracts/domain/terminal.ts";

import { systemClock } from "../../../../connector/platform/clock.ts";
import type { DisableJournal } from "../../../../connector/terminals/zk-pull/options.ts";
import { TcpWire } from "../../../../connector/terminals/zk-pull/wire/tcp-wire.ts";
import { UdpWire } from "../../../../connector/terminals/zk-pull/wire/udp-wire.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";

import { openTerminal, QUICK } from "./open-terminal.ts";

/** What survives a process that is killed. */
class KeptJournal implements DisableJournal {
  readonly noted = new Map<string, string>();

  note(address: string, until: string): Promise<void> {
    this.noted.set(address, until);
    return Promise.resolve();
  }

  forget(address: string): Promise<void> {
    this.noted.delete(address);
    return Promise.resolve();
  }

  isNoted(address: string): Promise<boolean> {
    return Promise.resolve(this.noted.has(address));
  }
}

let double: ZkTerminal;
afterEach(() => double.stop());

async function wireTo(terminal: ZkTerminal, mode: TerminalMode): Promise<TcpWire | UdpWire> {
  const options = {
    ...{ ...QUICK, clock: systemClock, address: terminal.address, host: "127.0.0.1", port: terminal.port },
    ...{ commKey: 0, mode },
  };
  const wire = terminal.transport === "udp" ? new UdpWire(options) : new TcpWire(options);
  await wire.createSocket();
  await wire.connect();
  return wire;
}

describe.each(["tcp", "udp"] as const)("over %s", (transport) => {
  const ALLOWED = [11, 50, 64, 69, 1100, 201, 7, 9, 13, 34, 80, 88, 500, 1502, 1503, 1504];

  test("a terminal in shadow mode is never sent a command that is not on the list", async () => {
    double = await ZkTerminal.start({ transport });
    const wire = await wireTo(double, "shadow");
    double.commands.clear();
    const others = Array.from({ length: 2_100 }, (_, code) => code).filter(
      (code) => ![1000, 1001, 1102, 14, 15, 33, ...ALLOWED].includes(code),
    );

    for (const code of others)
      await expect(wire.executeCmd(code, Buffer.alloc(0))).rejects.toMatchObject({ code: "terminal.shadow-mode" });

    expect(double.commands.codes()).toEqual([]);
    await wire.closeSocket();
  });

  test.each(ALLOWED)("command %i may be sent in shadow mode", async (code) => {
    double = await ZkTerminal.start({ transport });
    const wire = await wireTo(double, "shadow");
    const arrived = double.commands.next(code);

    // What the terminal says to a bare command does not matter here.
    await wire.executeCmd(code, Buffer.alloc(0)).catch(() => undefined);

    expect((await arrived).command).toBe(code);
    await wire.closeSocket();
  });

  test.each([14, 15, 33])("command %i, which clears, is not sent in active mode either", async (code) => {
    double = await ZkTerminal.start({ transport });
    const wire = await wireTo(double, "active");

    await expect(wire.executeCmd(code, Buffer.alloc(0))).rejects.toMatchObject({ code: "terminal.never-sent" });

    expect(double.commands.count(code)).toBe(0);
    await wire.closeSocket();
  });

  test("nothing of the library's own transport can be reached", async () => {
    double = await ZkTerminal.start({ transport });
    const wire = await wireTo(double, "active");

    for (const call of [() => wire.requestData(), () => wire.sendChunkRequest(), () => wire.clearAttendanceLog()])
      await expect(call()).rejects.toMatchObject({ code: "terminal.never-sent" });
    await expect(wire.disableDevice(0)).rejects.toMatchObject({ code: "terminal.never-sent" });
    await wire.closeSocket();
  });

  test("punches are told as they happen, and acknowledged in active mode only", async () => {
    double = await ZkTerminal.start({ transport, users: [{ userId: "12" }] });
    const wire = await wireTo(double, "shadow");
    const told = new Promise((resolve) => {
      void wire.getRealTimeLogs(resolve).then(() => double.punch({ userId: "12", at: "2026-03-02T08:00:00" }));
    });

    expect(await told).toEqual({ userId: "12", verify: 1, state: 0, at: "2026-03-02T08:00:00" });
    await wire.getTime();
    expect(double.commands.count(2000)).toBe(0);
    await wire.disconnect();

    const active = await wireTo(double, "active");
    const acknowledged = double.commands.next(2000);
    await active.getRealTimeLogs(() => undefined);
    double.punch({ userId: "12" });

    expect((await acknowledged).reply).toBe(0);
    await active.closeSocket();
  });

  test("the terminal is locked for the work and free afterwards", async () => {
    double = await ZkTerminal.start({ transport, users: [{ userId: "1" }] });
    const journal = new KeptJournal();
    const { terminal } = await openTerminal(double.address, { mode: "active" }, { journal });

    const during = await terminal.withDisabled(60, async () => {
      await terminal.clock();
      return [double.state.enabled, journal.noted.size];
    });

    expect(during).toEqual([false, 1]);
    expect([double.state.enabled, journal.noted.size]).toEqual([true, 0]);
    expect(
      double.commands
        .entries()
        .find(({ command }) => command === 1003)
        ?.data.readUInt32LE(0),
    ).toBe(60);
    await terminal.close();
  });

  test("the terminal is free again when the work fails", async () => {
    double = await ZkTerminal.start({ transport });
    const { terminal } = await openTerminal(double.address, { mode: "active" });

    const work = terminal.withDisabled(60, () => Promise.reject(new Error("no luck")));

    await expect(work).rejects.toThrow("no luck");
    expect(double.state.enabled).toBe(true);
    await terminal.close();
  });

  test("closing in the middle frees the terminal", async () => {
    double = await ZkTerminal.start({ transport });
    const { terminal } = await openTerminal(double.address, { mode: "active" });

    await terminal.withDisabled(60, () => terminal.close());

    expect(double.state.enabled).toBe(true);
    expect(double.commands.codes().slice(-2)).toEqual([1002, 1001]);
  });

  test("closing during a call in the middle frees the terminal too", async () => {
    double = await ZkTerminal.start({ transport });
    const { terminal } = await openTerminal(double.address, { mode: "active" });

    const work = terminal.withDisabled(60, async () => {
      double.set({ silentOn: [201] });
      const asked = double.commands.next(201);
      const hanging = terminal.clock();
      await asked;
      await terminal.close();
      await hanging;
    });

    await expect(work).rejects.toMatchObject({ code: "terminal.connection-lost" });
    expect(double.state.enabled).toBe(true);
  });

  test("aborting in the middle frees the terminal when it is closed", async () => {
    double = await ZkTerminal.start({ transport });
    const abort = new AbortController();
    const { terminal } = await openTerminal(double.address, { mode: "active" }, {}, abort.signal);

    const work = terminal.withDisabled(60, () => {
      abort.abort(new Error("stopped by the operator"));
      return Promise.resolve();
    });

    await expect(work).rejects.toMatchObject({ code: "terminal.left-disabled" });
    await terminal.close();
    expect(double.state.enabled).toBe(true);
  });

  test("a terminal in shadow mode is never locked", async () => {
    double = await ZkTerminal.start({ transport });
    const { terminal } = await openTerminal(double.address);

    await expect(terminal.withDisabled(60, () => Promise.resolve())).rejects.toMatchObject({
      code: "terminal.shadow-mode",
    });

    expect(double.commands.count(1003)).toBe(0);
    await terminal.close();
  });

  test("a client that is killed leaves a terminal that frees itself, and the next client frees it first", async () => {
    let now = Date.UTC(2026, 10, 24);
    double = await ZkTerminal.start({ transport, now: () => now });
    const journal = new KeptJournal();
    const doomed = await wireTo(double, "active");
    // As `withDisabled` does until the moment the process dies.
    await journal.note(double.address, "2026-11-24T00:01:00.000Z");
    await doomed.disableDevice(60);
    doomed.abandon(new Error("killed"));
    expect(double.state.enabled).toBe(false);
    double.commands.clear();

    const { terminal } = await openTerminal(double.address, { mode: "active" }, { journal });

    expect(double.state.enabled).toBe(true);
    expect(double.commands.codes()).toEqual([1000, 1002]);
    expect(journal.noted.size).toBe(0);
    await terminal.close();

    double.state.disable(60);
    now += 60_000;
    expect(double.state.enabled).toBe(true);
  });

  test("a terminal that cannot be freed is reported and stays noted", async () => {
    double = await ZkTerminal.start({ transport });
    const journal = new KeptJournal();
    const { terminal } = await openTerminal(double.address, { mode: "active" }, { journal });

    const work = terminal.withDisabled(45, () => {
      double.set({ silentOn: "all" });
      return Promise.resolve();
    });

    await expect(work).rejects.toMatchObject({ code: "terminal.left-disabled", details: { seconds: 45 } });
    expect(journal.noted.size).toBe(1);
    await terminal.close();
  });
});

test("the library's own getters work over the replaced transport, without the NUL they used to keep", async () => {
  double = await ZkTerminal.start({ users: [{ userId: "1" }] });
  const wire = await wireTo(double, "shadow");
  if (!(wire instanceof TcpWire)) throw new Error("not TCP");

  expect(await wire.getSerialNumber()).toBe(double.serial);
  expect(await wire.getDeviceVersion()).toBe("10");
  expect(await wire.getFirmware()).toBe("Ver 6.60 Apr 28 2017");
  expect(await wire.getUsers()).toEqual(double.state.users.rows());
  expect(await wire.getAttendances()).toHaveLength(0);
  await wire.closeSocket();
});
