import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, sleep } from "../../platform/clock.ts";
import { followSignals } from "../../platform/follow-signals.ts";
import type { Store } from "../../store/store.ts";
import type { Terminals } from "../service.ts";
import { type BookedTerminal, TerminalBook } from "../terminal-book.ts";
import type { Terminal } from "../terminal.ts";

import { backOffMs } from "./back-off.ts";
import type { FleetSettings, PullSchedule } from "./pull-schedule.ts";
import { isQuiet, nextAllowed } from "./quiet-windows.ts";
import { Readings } from "./readings.ts";

export interface LiveListeningParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly terminals: Pick<Terminals, "visit">;
  readonly settings: Pick<FleetSettings, "quietWindows">;
  /** Reads a terminal shortly, because something happened there or may have been missed. */
  readonly pulls: Pick<PullSchedule, "soon">;
  /** Something other than a terminal's own trouble ended the listening. */
  readonly failed: (error: unknown) => void;
}

/** Somebody wanted the terminal: they may want it again at once. */
const RETURN_MS = 5_000;
const FIRST_BACK_OFF_MS = 5_000;
const LONGEST_BACK_OFF_MS = 5 * 60_000;
/** A connection that stood for so long was a good one: its loss is not the next of a row. */
const STEADY_MS = 60_000;
const QUIET_CHECK_MS = 60_000;

/**
 * Listens to the terminals that are to be listened to, makes way for everybody else who wants one, and comes back. Events
 * only make the next complete read come sooner (`zk-pull.md` §2.10).
 */
export class LiveListening {
  readonly #parts: LiveListeningParts;
  readonly #book: TerminalBook;
  readonly #readings: Readings;
  readonly #loops = new Map<TerminalName, { readonly end: AbortController; readonly ended: Promise<void> }>();
  #isStarted = false;

  constructor(parts: LiveListeningParts) {
    this.#parts = parts;
    this.#book = new TerminalBook(parts.store);
    this.#readings = new Readings(parts.store);
  }

  async start(): Promise<void> {
    this.#isStarted = true;
    await this.refresh();
  }

  /** Begins and ends listening after a terminal's setting has changed. Nothing happens before the start. */
  async refresh(): Promise<void> {
    if (!this.#isStarted) return;
    const wanted = new Set((await this.#book.list()).filter(isWanted).map(({ name }) => name));
    for (const [name, { end }] of this.#loops) if (!wanted.has(name)) end.abort(ending());
    for (const name of wanted) this.#begin(name);
  }

  /** Resolves when every terminal has been let go. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    const loops = [...this.#loops.values()];
    for (const { end } of loops) end.abort(ending());
    await Promise.all(loops.map(({ ended }) => ended));
  }

  #begin(name: TerminalName): void {
    const before = this.#loops.get(name);
    if (before !== undefined && !before.end.signal.aborted) return;
    const end = new AbortController();
    const run = async (): Promise<void> => {
      await before?.ended;
      try {
        await this.#attend(name, end.signal);
      } catch (error) {
        if (!end.signal.aborted) this.#parts.failed(error);
      } finally {
        if (this.#loops.get(name)?.end === end) this.#loops.delete(name);
      }
    };
    this.#loops.set(name, { end, ended: run() });
  }

  async #attend(name: TerminalName, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    let failures = 0;
    for (let isBehind = true; ;) {
      if (!(await this.#waitForQuietToEnd(name, signal))) return;
      const since = clock.now();
      try {
        await this.#listen(name, isBehind, signal);
        isBehind = false;
        failures = 0;
        await sleep(clock, RETURN_MS, signal);
      } catch (error) {
        if (signal.aborted || hasCode(error, "terminal.unknown", "terminal.no-address")) return;
        const isBusy = hasCode(error, "terminal.busy");
        if (!isBusy) {
          isBehind = true;
          failures = clock.now() - since >= STEADY_MS ? 1 : failures + 1;
          if (!(error instanceof TandemError)) this.#parts.failed(error);
        }
        await sleep(clock, isBusy ? RETURN_MS : backOffMs(failures, FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS), signal);
      }
    }
  }

  /** Resolves when somebody else wants the terminal, or a quiet window begins. Errors: `terminal.*`. */
  async #listen(name: TerminalName, isBehind: boolean, signal: AbortSignal): Promise<void> {
    const { clock, terminals, pulls } = this.#parts;
    const end = new AbortController();
    const unfollow = followSignals(end, [signal]);
    let cancel = (): void => undefined;
    try {
      await terminals.visit(name, { rank: "live", signal: end.signal }, async (terminal, booked, _identity, visit) => {
        const watch = (): void => {
          if (this.#isQuiet(booked)) end.abort(ending());
          else cancel = clock.after(QUIET_CHECK_MS, watch);
        };
        cancel = clock.after(QUIET_CHECK_MS, watch);
        if (isBehind || (await this.#hasGrown(name, terminal))) pulls.soon(name);
        await terminal.live(() => pulls.soon(name), visit);
      });
    } finally {
      cancel();
      unfollow();
    }
  }

  /** Whether somebody has punched since the last read, while the terminal was somebody else's. */
  async #hasGrown(name: TerminalName, terminal: Terminal): Promise<boolean> {
    const { punches } = await terminal.capacity();
    const read = await this.#readings.lastLogCount(name);
    return punches !== null && read !== null && punches > read;
  }

  #isQuiet({ zone }: BookedTerminal): boolean {
    return isQuiet(this.#parts.settings.quietWindows, zone, this.#parts.clock.now());
  }

  /** False when the terminal is not to be listened to any more. Errors: the signal's reason. */
  async #waitForQuietToEnd(name: TerminalName, signal: AbortSignal): Promise<boolean> {
    const { clock, settings } = this.#parts;
    const booked = (await this.#book.list()).find((known) => known.name === name);
    if (booked === undefined || !isWanted(booked)) return false;
    const allowed = nextAllowed(settings.quietWindows, booked.zone, clock.now());
    if (allowed === null) return false;
    if (allowed > clock.now()) await sleep(clock, allowed - clock.now(), signal);
    else signal.throwIfAborted();
    return true;
  }
}

function isWanted({ live, address }: BookedTerminal): boolean {
  return live && address !== null;
}

function ending(): TandemError {
  return new TandemError("terminal.connection-lost", { step: "closing" });
}
