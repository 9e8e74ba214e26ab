import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalRow } from "@tandem/contracts/domain/terminal.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { runLimited } from "../../jobs/run-limited.ts";
import type { Clock } from "../../platform/clock.ts";
import { PULLS_AT_ONCE } from "../pull-job.ts";
import type { Terminals } from "../service.ts";

import { backOffMs } from "./back-off.ts";
import { isQuiet, nextAllowed, type QuietWindow } from "./quiet-windows.ts";

export interface FleetSettings {
  readonly pullEveryMinutes: number;
  readonly quietWindows: readonly QuietWindow[];
}

export interface PullScheduleParts {
  readonly clock: Clock;
  readonly terminals: Pick<Terminals, "list" | "pull">;
  readonly settings: FleetSettings;
  /** One delivery round of what waits for the HR app. */
  readonly deliver: (signal: AbortSignal) => Promise<unknown>;
  /** What nobody asked for and nobody waits for has failed; `what` is `read` or `deliver`. */
  readonly failed: (what: "read" | "deliver", error: unknown) => void;
}

const MINUTE_MS = 60_000;
/** What was read is delivered after this, without the terminals that are still silent. */
const PATIENCE_MS = 15_000;
/** Somebody else had the terminal: long enough for most of what operators do. */
const BUSY_MS = MINUTE_MS;
/** A rush at the gate is one read and not a hundred. */
const SOON_MS = 3_000;
const BETWEEN_MS = MINUTE_MS;
const LONGEST_BACK_OFF_MS = 60 * MINUTE_MS;

interface Trouble {
  readonly failures: number;
  readonly until: number;
}

/**
 * Reads every terminal every few minutes, each by itself, and then delivers. Makes way for operators, leaves terminals
 * alone in quiet windows, and waits longer and longer for one that does not answer.
 */
export class PullSchedule {
  readonly #parts: PullScheduleParts;
  readonly #stopped = new AbortController();
  readonly #reading = new Set<TerminalName>();
  readonly #trouble = new Map<TerminalName, Trouble>();
  readonly #soon = new Map<TerminalName, () => void>();
  readonly #lastRead = new Map<TerminalName, number>();
  readonly #running = new Set<Promise<void>>();
  #cancelRound = (): void => undefined;

  constructor(parts: PullScheduleParts) {
    this.#parts = parts;
  }

  /** The first round comes after the usual time: whoever starts the connector may want the terminals first. */
  start(): void {
    const everyMs = this.#everyMs;
    if (everyMs === 0) return;
    const next = (): void => {
      // Set before the round runs, so that a terminal that takes long delays nobody.
      this.#cancelRound = this.#parts.clock.after(everyMs, next);
      this.#run(() => this.#round());
    };
    this.#cancelRound = this.#parts.clock.after(everyMs, next);
  }

  /** Reads one terminal shortly, and once for everybody who asks until then: it is known to have something new. */
  soon(name: TerminalName): void {
    const { clock } = this.#parts;
    const rested = (this.#lastRead.get(name) ?? -Infinity) + BETWEEN_MS;
    this.#after(name, Math.max(SOON_MS, rested - clock.now()));
  }

  /** Ends what is under way; what was being read is read again after the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort(new TandemError("terminal.connection-lost", { step: "closing" }));
    this.#cancelRound();
    for (const cancel of this.#soon.values()) cancel();
    this.#soon.clear();
    await this.idle();
  }

  /** Resolves when nothing is being read or delivered. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  get #everyMs(): number {
    return this.#parts.settings.pullEveryMinutes * MINUTE_MS;
  }

  #after(name: TerminalName, ms: number): void {
    if (this.#soon.has(name) || this.#stopped.signal.aborted) return;
    const cancel = this.#parts.clock.after(ms, () => {
      this.#soon.delete(name);
      this.#run(() => this.#one(name));
    });
    this.#soon.set(name, cancel);
  }

  #run(work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.#parts.failed("read", error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #round(): Promise<void> {
    const now = this.#parts.clock.now();
    const due = (await this.#parts.terminals.list()).filter((row) => this.#isDue(row, now));
    // One that failed last time may take its whole time-out again: the others do not wait behind it.
    const sorted = due.toSorted((a, b) => Number(a.lastError !== null) - Number(b.lastError !== null));
    await this.#readAll(sorted.map(({ name }) => name));
  }

  async #one(name: TerminalName): Promise<void> {
    const { clock, terminals, settings } = this.#parts;
    const row = (await terminals.list()).find((known) => known.name === name);
    if (row === undefined) return;
    const allowed = nextAllowed(settings.quietWindows, row.zone, clock.now());
    if (allowed === null) return;
    if (allowed > clock.now()) this.#after(name, allowed - clock.now());
    else if (this.#reading.has(name)) this.#after(name, SOON_MS);
    else await this.#readAll([name]);
  }

  #isDue({ name, address, zone, lastError }: TerminalRow, now: number): boolean {
    // An operator's command reached it in the meantime.
    if (lastError === null) this.#trouble.delete(name);
    const isLeftAlone = (this.#trouble.get(name)?.until ?? 0) > now;
    const { quietWindows } = this.#parts.settings;
    return address !== null && !isLeftAlone && !this.#reading.has(name) && !isQuiet(quietWindows, zone, now);
  }

  async #readAll(names: readonly TerminalName[]): Promise<void> {
    if (names.length === 0) return;
    const { signal } = this.#stopped;
    const read = runLimited(
      names,
      PULLS_AT_ONCE,
      () => !signal.aborted,
      (name) => this.#read(name),
    );
    const isDone = await this.#withinPatience(read);
    await this.#deliver();
    if (isDone) return;
    await read;
    await this.#deliver();
  }

  /** Whether it was done before patience ran out. */
  async #withinPatience(read: Promise<void>): Promise<boolean> {
    let cancel = (): void => undefined;
    const patience = new Promise<false>((resolve) => {
      cancel = this.#parts.clock.after(PATIENCE_MS, () => resolve(false));
    });
    const isDone = await Promise.race([read.then(() => true), patience]);
    cancel();
    return isDone;
  }

  async #read(name: TerminalName): Promise<void> {
    const { clock, terminals } = this.#parts;
    const { signal } = this.#stopped;
    this.#reading.add(name);
    // This read brings what the next one was for.
    this.#soon.get(name)?.();
    this.#soon.delete(name);
    try {
      await terminals.pull(name, { rank: "scheduled", signal });
      this.#trouble.delete(name);
    } catch (error) {
      this.#noteFailure(name, error);
    } finally {
      this.#reading.delete(name);
      this.#lastRead.set(name, clock.now());
    }
  }

  #noteFailure(name: TerminalName, error: unknown): void {
    if (this.#stopped.signal.aborted || hasCode(error, "terminal.unknown")) return;
    if (hasCode(error, "terminal.busy")) {
      this.#after(name, BUSY_MS);
      return;
    }
    // What is wrong with a terminal stands beside it in every list; anything else is for the log.
    if (!(error instanceof TandemError && error.code.startsWith("terminal."))) this.#parts.failed("read", error);
    const failures = (this.#trouble.get(name)?.failures ?? 0) + 1;
    const everyMs = this.#everyMs;
    // A little less, so that it is due at the round that falls on that moment.
    const pause = backOffMs(failures, everyMs, Math.max(everyMs, LONGEST_BACK_OFF_MS)) - everyMs / 2;
    this.#trouble.set(name, { failures, until: this.#parts.clock.now() + pause });
  }

  async #deliver(): Promise<void> {
    const { signal } = this.#stopped;
    if (signal.aborted) return;
    try {
      await this.#parts.deliver(signal);
    } catch (error) {
      this.#parts.failed("deliver", error);
    }
  }
}
