import { IdSpaceId, SecretRef, type TerminalName } from "@tandem/contracts/domain/ids.ts";
import type {
  ClockSet,
  NewTerminal,
  PullResult,
  TerminalAddress,
  TerminalCheck,
  TerminalMode,
  TerminalRow,
} from "@tandem/contracts/domain/terminal.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import { toLocal } from "../platform/zone-time.ts";
import type { Store } from "../store/store.ts";
import type { Secrets } from "../vault/vault.ts";

import { readClockOffset } from "./clock-offset.ts";
import type { TerminalDrivers } from "./drivers.ts";
import type { Enrolments, UploadMethod } from "./enrolments.ts";
import { meetFileKeys } from "./files/meet-file-keys.ts";
import { measure } from "./fleet/measure.ts";
import { Readings } from "./fleet/readings.ts";
import type { TerminalLocks, WorkRank } from "./locks.ts";
import { type BookedTerminal, TerminalBook, toTerminalRow } from "./terminal-book.ts";
import type { ReadProgress, Terminal, TerminalIdentity } from "./terminal.ts";
import { Visits } from "./visits.ts";

/** Terminals answer in whole seconds (`zk-pull.md` §2.6). */
const CLOCK_TOLERANCE_SECONDS = 2;
const DEFAULT_ID_SPACE = IdSpaceId.parse("main");

export interface TerminalsDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly secrets: Secrets;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly drivers: TerminalDrivers;
  readonly locks: TerminalLocks;
  /** Moves that were cut off: settled at the next connect, before anything else. */
  readonly unfinished: Unfinished;
  /** Zone of a terminal that is added without one. */
  readonly defaultZone: () => Zone;
}

/** Work on a terminal that must be settled first. */
export interface Unfinished {
  isDue(name: TerminalName): Promise<boolean>;
  /** Errors: `terminal.*`. */
  settle(name: TerminalName, enrolments: Enrolments): Promise<void>;
  /** Forgets it, where the device will never be seen again. */
  giveUp(name: TerminalName, actor: string): Promise<void>;
}

/** A conversation with one terminal, which is the device that it was before. `signal` ends it. */
export type VisitWork<T> = (
  terminal: Terminal,
  booked: BookedTerminal,
  identity: TerminalIdentity,
  signal: AbortSignal,
) => Promise<T>;

export interface VisitOptions {
  readonly signal?: AbortSignal;
  /** An operator's by default; other work makes way for it. */
  readonly rank?: WorkRank;
}

export interface PullOptions extends VisitOptions {
  readonly progress?: ReadProgress;
}

/** The terminals of this connector: registering them, asking them, and reading their logs into the ledger. */
export class Terminals {
  readonly #deps: TerminalsDeps;
  readonly #book: TerminalBook;
  readonly #readings: Readings;
  readonly #visits = new Visits();

  constructor(deps: TerminalsDeps) {
    this.#deps = deps;
    this.#book = new TerminalBook(deps.store);
    this.#readings = new Readings(deps.store);
  }

  async list(): Promise<TerminalRow[]> {
    return (await this.#book.list()).map(toTerminalRow);
  }

  /** Errors: `terminal.unknown`. */
  get(name: TerminalName): Promise<BookedTerminal> {
    return this.#book.get(name);
  }

  /** Remembers how templates get onto this terminal. */
  noteUploadMethod(name: TerminalName, method: UploadMethod): Promise<void> {
    return this.#book.noteUploadMethod(name, method);
  }

  /** Errors: `terminal.exists`, `terminal.unsupported-address`. Nothing is sent to the terminal. */
  async add(terminal: NewTerminal, actor: string): Promise<TerminalRow> {
    const { store, audit, secrets, clock, drivers, defaultZone } = this.#deps;
    drivers.driverOf(terminal.address);
    const { commKey = 0, name } = terminal;
    const ref = commKey === 0 ? null : commKeyRef(name);
    const entry = {
      ...terminal,
      zone: terminal.zone ?? defaultZone(),
      idSpace: terminal.idSpace ?? DEFAULT_ID_SPACE,
    };
    await store.transaction(async (tx) => {
      await this.#book.enter(tx, entry, ref, instantOf(clock.now()));
      if (ref !== null) await secrets.put(ref, Buffer.from(String(commKey)), tx);
      const { address, mode, idSpace, zone, direction } = entry;
      const detail = { address, mode, idSpace, zone, direction, hasCommKey: ref !== null };
      await audit.append(tx, { actor, action: "terminals.add", subject: name, outcome: "succeeded", detail });
    });
    return toTerminalRow(await this.#book.get(name));
  }

  /**
   * Forgets the terminal and its key; its punches stay. `giveUpMoves`: the device is gone for good, and with it what was cut
   * off there. Errors: `terminal.unknown`, `terminal.busy`, `terminal.unfinished-move`.
   */
  async remove(name: TerminalName, actor: string, { giveUpMoves = false } = {}): Promise<void> {
    const { store, audit, secrets, clock, locks } = this.#deps;
    await locks.hold(name, async () => {
      const { commKeyRef: ref } = await this.#book.get(name);
      if (giveUpMoves) await this.#deps.unfinished.giveUp(name, actor);
      else await this.#refuseUnfinished(name);
      await store.transaction(async (tx) => {
        await this.#book.remove(tx, name, instantOf(clock.now()));
        if (ref !== null) await secrets.remove(ref, tx);
        await audit.append(tx, { actor, action: "terminals.remove", subject: name, outcome: "succeeded" });
      });
    });
  }

  /** Who the terminal is, what it holds and what time it has. Errors: `terminal.*`. */
  check(name: TerminalName): Promise<TerminalCheck> {
    return this.visit(name, {}, async (terminal, booked, identity) => {
      const { clock } = this.#deps;
      const capacity = await terminal.capacity();
      const clockOffsetSeconds = await readClockOffset(terminal, booked.zone, clock);
      const { users, fingers, punches } = capacity;
      const at = instantOf(clock.now());
      const source = sourceOf(booked, identity);
      await this.#readings.note({ terminal: name, source, at, capacity, clockOffsetSeconds, log: null });
      return { ...identity, users, fingers, punches, capacity, clockOffsetSeconds };
    });
  }

  /**
   * Sets the terminal's clock to this PC's time in the terminal's zone, and reads it back. Errors: `terminal.shadow-mode`,
   * `terminal.not-stored`, `terminal.*`.
   */
  async setClock(name: TerminalName, actor: string): Promise<ClockSet> {
    const { mode } = await this.#book.get(name);
    if (mode === "shadow") throw new TandemError("terminal.shadow-mode", { name });
    return this.visit(name, {}, async (terminal, booked) => {
      const { store, audit, clock } = this.#deps;
      const before = await readClockOffset(terminal, booked.zone, clock);
      await terminal.setClock(toLocal(booked.zone, clock.now()));
      const after = await readClockOffset(terminal, booked.zone, clock);
      const isSet = after !== null && Math.abs(after) <= CLOCK_TOLERANCE_SECONDS;
      await store.transaction((tx) =>
        audit.append(tx, {
          actor,
          action: "terminals.set-clock",
          subject: name,
          outcome: isSet ? "succeeded" : "failed",
          detail: { before, after },
        }),
      );
      if (!isSet) throw new TandemError("terminal.not-stored", { what: "clock" });
      return { name, offsetBeforeSeconds: before, offsetAfterSeconds: after };
    });
  }

  /** Whether Tandem may change the terminal (`active`) or only reads it (`shadow`). Errors: `terminal.unknown`, `terminal.busy`. */
  async setMode(name: TerminalName, mode: TerminalMode, actor: string): Promise<TerminalRow> {
    const { store, audit, locks } = this.#deps;
    return locks.hold(name, async () => {
      const { mode: before } = await this.#book.get(name);
      if (mode === "shadow") await this.#refuseUnfinished(name);
      await store.transaction(async (tx) => {
        await this.#book.setMode(tx, name, mode);
        const detail = { before, mode };
        await audit.append(tx, { actor, action: "terminals.set-mode", subject: name, outcome: "succeeded", detail });
      });
      return toTerminalRow(await this.#book.get(name));
    });
  }

  /** Reads the whole log into the ledger: all of it, or an error and nothing. Errors: `terminal.*`, `store.*`. */
  pull(name: TerminalName, options: PullOptions = {}): Promise<PullResult> {
    return this.visit(name, options, async (terminal, booked, identity) => {
      const { clock } = this.#deps;
      const read = await terminal.punches(options.progress);
      const measured = await measure(terminal, booked.zone, clock);
      // The terminal is let go before the ledger works, so that other software gets its turn.
      await terminal.close();
      const { idSpace, zone } = booked;
      const source = sourceOf(booked, identity);
      const punches = await meetFileKeys(this.#deps.store, source, read);
      const result = await this.#deps.ledger.record({ source, terminal: name, idSpace, zone }, punches);
      const at = instantOf(clock.now());
      await this.#book.noteRead(name, read.startedAt, at);
      const log = { records: read.records, now: toLocal(zone, clock.now()) };
      await this.#readings.note({ terminal: name, source, at, ...measured, log });
      return { terminal: name, ...result, rejected: [] };
    });
  }

  /** Ends what is under way with terminals and lets go of them; what was being read is read again another time. */
  stop(): Promise<void> {
    return this.#visits.stop();
  }

  /**
   * Connects, makes sure that it is the same device as before, settles what was cut off there, works, and always closes.
   * Errors: `terminal.*`, those of `work`.
   */
  visit<T>(name: TerminalName, { signal: caller, rank }: VisitOptions, work: VisitWork<T>): Promise<T> {
    const { locks, clock } = this.#deps;
    const visit = async (leaveName: AbortSignal): Promise<T> => {
      const booked = await this.#book.get(name);
      const converse = (leaveAddress: AbortSignal): Promise<T> =>
        this.#visits.run([caller, leaveName, leaveAddress], async (signal) => {
          try {
            return await this.#converse(booked, signal, work);
          } catch (error) {
            // Who ends a visit early has found nothing wrong with the terminal.
            if (!signal.aborted) await this.#book.noteError(name, toTandemError(error).code, instantOf(clock.now()));
            throw error;
          }
        });
      return locks.hold(addressOf(booked), converse, rank);
    };
    return locks.hold(name, visit, rank);
  }

  async #converse<T>(booked: BookedTerminal, signal: AbortSignal, work: VisitWork<T>): Promise<T> {
    const { unfinished } = this.#deps;
    const isDue = await unfinished.isDue(booked.name);
    const terminal = await this.#open(booked, isDue, signal);
    try {
      const identity = await terminal.identity();
      await this.#recognise(booked, identity);
      if (isDue) await unfinished.settle(booked.name, terminal.enrolments);
      return await work(terminal, booked, identity, signal);
    } finally {
      await terminal.close();
    }
  }

  async #open(booked: BookedTerminal, staysLocked: boolean, signal: AbortSignal): Promise<Terminal> {
    const { commKeyRef: ref, mode, nameEncoding } = booked;
    const commKey = ref === null ? 0 : Number(Buffer.from(await this.#deps.secrets.get(ref)).toString());
    return this.#deps.drivers.open({ address: addressOf(booked), commKey, mode, nameEncoding, staysLocked }, signal);
  }

  /** A finger may be under two IDs there. Errors: `terminal.unfinished-move`. */
  async #refuseUnfinished(name: TerminalName): Promise<void> {
    if (await this.#deps.unfinished.isDue(name)) throw new TandemError("terminal.unfinished-move", { name });
  }

  /** Two devices on one IP address, or a replaced one, must not mix their logs (`zk-pull.md` §6). */
  async #recognise(booked: BookedTerminal, { serial }: TerminalIdentity): Promise<void> {
    const { name, serial: expected } = booked;
    if (expected === null) {
      if (serial !== null && !isReadByAddress(booked)) await this.#book.learnSerial(name, serial);
    } else if (serial !== expected) {
      throw new TandemError("terminal.serial-changed", { name, expected, found: serial ?? "–" });
    }
  }
}

/** Errors: `terminal.no-address` for a terminal known from files only. */
function addressOf({ name, address }: BookedTerminal): TerminalAddress {
  if (address === null) throw new TandemError("terminal.no-address", { name });
  return address;
}

/** A terminal that first told no serial number (firmware that learned to since) keeps the source it was read under. */
function isReadByAddress({ serial, lastReadAt }: BookedTerminal): boolean {
  return serial === null && lastReadAt !== null;
}

/** Whose log a read is. It must never change for one device, or every punch would be new. */
function sourceOf(booked: BookedTerminal, { serial }: TerminalIdentity): string {
  return serial === null || isReadByAddress(booked) ? `address:${addressOf(booked)}` : `serial:${serial}`;
}

function commKeyRef(name: TerminalName): SecretRef {
  return SecretRef.parse(`terminal:${name}`);
}
