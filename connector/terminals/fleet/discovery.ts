import type { Discovery, FoundTerminal, KnownTerminal } from "@tandem/contracts/domain/fleet.ts";
import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { toTandemError } from "@tandem/contracts/errors.ts";

import { runLimited } from "../../jobs/run-limited.ts";
import type { Clock } from "../../platform/clock.ts";
import type { TerminalDrivers } from "../drivers.ts";
import type { TerminalLocks } from "../locks.ts";
import type { BookedTerminal } from "../terminal-book.ts";

import { addressDiffers } from "./address-following.ts";
import { Pace } from "./pace.ts";
import { hostsOf } from "./subnet.ts";
import type { Probe } from "./tcp-probe.ts";

/** Gentle enough for the switch of a small office; a /24 takes some ten seconds. */
const AT_ONCE = 16;
const PER_SECOND = 30;

export interface DiscoveryDeps {
  readonly clock: Clock;
  readonly drivers: TerminalDrivers;
  readonly locks: TerminalLocks;
  readonly probe: Probe;
  readonly atOnce?: number;
  readonly perSecond?: number;
}

/**
 * Asks every address of a network that the operator named who it is, with reading commands and without a communication
 * key: none is guessed. Lists what listens there in the order of addresses. Errors: `fleet.network-*`.
 */
export async function discover(
  deps: DiscoveryDeps,
  network: string,
  port: number,
  registered: readonly BookedTerminal[],
  signal?: AbortSignal,
): Promise<Discovery> {
  const hosts = hostsOf(network);
  const pace = new Pace(deps.clock, deps.perSecond ?? PER_SECOND);
  const found = new Map<string, FoundTerminal>();
  await runLimited(
    hosts,
    deps.atOnce ?? AT_ONCE,
    () => true,
    async (host) => {
      await pace.turn(signal);
      const address = TerminalAddress.parse(`tcp://${host}:${port}`);
      const terminal = await ask(deps, host, port, address, registered, signal);
      signal?.throwIfAborted();
      if (terminal !== null) found.set(host, terminal);
    },
  );
  return { searched: hosts.length, found: hosts.flatMap((host) => found.get(host) ?? []) };
}

/** Null where nothing listens. A terminal that Tandem is working with is left alone and listed as busy. */
async function ask(
  { drivers, locks, probe }: DiscoveryDeps,
  host: string,
  port: number,
  address: TerminalAddress,
  registered: readonly BookedTerminal[],
  signal?: AbortSignal,
): Promise<FoundTerminal | null> {
  try {
    return await locks.hold(address, async () => {
      if (!(await probe(host, port, signal))) return null;
      const terminal = await drivers.open({ address, commKey: 0, mode: "shadow", nameEncoding: "utf8" }, signal);
      try {
        const { serial, model, firmware } = await terminal.identity();
        const known = registered.find((candidate) => serial !== null && candidate.serial === serial);
        return { address, state: "terminal", serial, model, firmware, known: known ? match(known, address) : null };
      } finally {
        await terminal.close();
      }
    });
  } catch (error) {
    const { code } = toTandemError(error);
    // Anything else is no answer of what listens there.
    if (!code.startsWith("terminal.")) throw error;
    return { address, state: code, serial: null, model: null, firmware: null, known: null };
  }
}

function match({ name, address }: BookedTerminal, found: TerminalAddress): KnownTerminal {
  return { name, address, addressDiffers: addressDiffers(address, found), followed: false };
}
