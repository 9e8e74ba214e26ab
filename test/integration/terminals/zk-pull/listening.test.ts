import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { TerminalAddress, type TerminalMode } from "@tandem/contracts/domain/terminal.ts";

import type { LivePunch } from "../../../../connector/terminals/terminal.ts";
import { zkPullDriver } from "../../../../connector/terminals/zk-pull/driver.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";

const REGISTER = 500;
const ACKNOWLEDGE = 2000;
const GET_TIME = 201;
const EXIT = 1001;

let device: ZkTerminal;
let abort: AbortController;
let heard: LivePunch[];
/** Resolves at the next punch that is heard. */
let next: () => Promise<void>;
let onPunch: () => void;

beforeEach(() => {
  abort = new AbortController();
  heard = [];
  onPunch = () => undefined;
  next = () => new Promise((resolve) => (onPunch = resolve));
});

afterEach(() => device.stop());

/** Listens on the double, and resolves when it is registered. */
async function listen(
  options: Parameters<typeof ZkTerminal.start>[0] = {},
  { mode = "shadow", keepAliveMs = 60_000 }: { mode?: TerminalMode; keepAliveMs?: number } = {},
): Promise<{ readonly ended: Promise<void> }> {
  device = await ZkTerminal.start(options);
  const driver = zkPullDriver({
    dump: () => Promise.resolve("kept.bin"),
    ...{ idleMs: 300, connectMs: 2_000, graceMs: 120, reconnectMs: 30, keepAliveMs },
  });
  const target = { address: TerminalAddress.parse(device.address), commKey: 0, mode, nameEncoding: "utf8" } as const;
  const terminal = await driver.open(target, abort.signal);
  const registered = device.commands.next(REGISTER);
  const listener = (punch: LivePunch): void => {
    heard.push(punch);
    onPunch();
  };
  const ended = terminal.live(listener, abort.signal).finally(() => terminal.close());
  await Promise.race([registered, ended]);
  return { ended };
}

describe("Listening to a terminal", () => {
  it.each(["tcp", "udp"] as const)("hears a punch as it happens over %s", async (transport) => {
    const { ended } = await listen({ transport });
    const hearing = next();
    device.punch({ userId: "12", at: "2026-03-02T08:00:00" });
    await hearing;
    expect(heard).toMatchObject([{ userId: "12", at: "2026-03-02T08:00:00" }]);
    abort.abort();
    await ended;
  });

  it.each([
    ["never acknowledges an event in shadow mode", "shadow", 0],
    ["acknowledges each event in active mode", "active", 1],
  ] as const)("%s", async (_what, mode, times) => {
    const { ended } = await listen({}, { mode });
    const hearing = next();
    device.punch({ userId: "12" });
    await hearing;
    abort.abort();
    await ended;
    expect(device.commands.count(ACKNOWLEDGE)).toBe(times);
  });

  it.each(["tcp", "udp"] as const)("ends with a goodbye that frees the terminal over %s", async (transport) => {
    const { ended } = await listen({ transport });
    abort.abort();
    await ended;
    expect(device.commands.codes().at(-1)).toBe(EXIT);
    device.punch({ userId: "12" });
    await device.idle();
    expect(heard).toEqual([]);
  });

  it("asks for the time again and again", async () => {
    const { ended } = await listen({}, { keepAliveMs: 5 });
    await device.commands.next(GET_TIME);
    await device.commands.next(GET_TIME);
    abort.abort();
    await ended;
    expect(device.violations).toEqual([]);
  });

  it.each(["silent", "reset"] as const)("notices a restart after which the connection is %s", async (halfOpen) => {
    const { ended } = await listen({ modes: { halfOpen } }, { keepAliveMs: 5 });
    const failed = expect(ended).rejects.toMatchObject({ code: expect.stringMatching(/^terminal\.(timeout|conn)/) });
    device.restart();
    await failed;
  });

  it("fails where the terminal refuses to be listened to", async () => {
    const { ended } = await listen({ modes: { silentOn: [REGISTER] } });
    await expect(ended).rejects.toMatchObject({ code: "terminal.timeout" });
  });

  it("ends at once although the terminal is silent", async () => {
    const { ended } = await listen({}, { keepAliveMs: 5 });
    const asked = device.commands.next(GET_TIME);
    device.set({ silentOn: [GET_TIME] });
    await asked;
    abort.abort();
    await ended;
  });
});
