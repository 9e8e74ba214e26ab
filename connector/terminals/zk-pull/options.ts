import type { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import type { Instant } from "@tandem/contracts/domain/time.ts";

import { type Clock, systemClock } from "../../platform/clock.ts";

/** Which terminals were locked and not yet unlocked again; must outlive the process (design §3.11). */
export interface DisableJournal {
  /** Kept before the terminal is locked. `until`: when it unlocks itself. */
  note(address: TerminalAddress, until: Instant): Promise<void>;
  forget(address: TerminalAddress): Promise<void>;
  isNoted(address: TerminalAddress): Promise<boolean>;
}

/** Keeps bytes that could not be understood and returns where they are. */
export type Dump = (name: string, bytes: Buffer) => Promise<string>;

export interface ZkPullOptions {
  readonly dump: Dump;
  readonly clock?: Clock;
  /** Longest silence during an answer. Terminals with years of punches think long (`zk-pull.md` §6). */
  readonly idleMs?: number;
  readonly connectMs?: number;
  /** Longest wait for a closing packet when the data are there. */
  readonly graceMs?: number;
  /** Pause before a broken connection is made again; terminals serve one client and need to notice that it left. */
  readonly reconnectMs?: number;
  /** Commands after which a connection is made anew between two calls; reply ids must never wrap (`zk-pull.md` §1.3). */
  readonly maxCommands?: number;
  /** How often a terminal that is listened to is asked for the time (`zk-pull.md` §2.10). */
  readonly keepAliveMs?: number;
  readonly journal?: DisableJournal;
}

export type Settings = Required<ZkPullOptions>;

export function settingsOf(options: ZkPullOptions): Settings {
  return {
    clock: systemClock,
    idleMs: 30_000,
    connectMs: 5_000,
    graceMs: 1_000,
    reconnectMs: 1_000,
    maxCommands: 45_000,
    keepAliveMs: 45_000,
    journal: new MemoryJournal(),
    ...options,
  };
}

/** Knows only this process's locks: enough where a restart of the connector need not be recovered from. */
class MemoryJournal implements DisableJournal {
  readonly #noted = new Set<TerminalAddress>();

  note(address: TerminalAddress): Promise<void> {
    this.#noted.add(address);
    return Promise.resolve();
  }

  forget(address: TerminalAddress): Promise<void> {
    this.#noted.delete(address);
    return Promise.resolve();
  }

  isNoted(address: TerminalAddress): Promise<boolean> {
    return Promise.resolve(this.#noted.has(address));
  }
}
