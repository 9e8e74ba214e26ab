import type { TerminalExamination, TerminalHealth, TerminalListRow } from "@tandem/contracts/domain/fleet.ts";
import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { HrSites } from "../../hr/hr-sites.ts";
import { type Clock, instantOf } from "../../platform/clock.ts";
import { toLocal } from "../../platform/zone-time.ts";
import type { Store } from "../../store/store.ts";
import type { Terminals } from "../service.ts";
import { type BookedTerminal, TerminalBook, toTerminalRow } from "../terminal-book.ts";

import { pcClockOffset } from "./hr-clock.ts";
import { Readings } from "./readings.ts";
import { judge } from "./warnings.ts";

export interface FleetHealthParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly terminals: Pick<Terminals, "check">;
  readonly hrSites: Pick<HrSites, "current" | "directoryFor">;
}

/** Two servers on the internet agree to a second; a PC further off has no time service, or an empty battery. */
const APART_SECONDS = 120;

/** How the terminals are: what their readings say that somebody should look at. Nothing is sent, but for a check. */
export class FleetHealth {
  readonly #parts: FleetHealthParts;
  readonly #book: TerminalBook;
  readonly #readings: Readings;

  constructor(parts: FleetHealthParts) {
    this.#parts = parts;
    this.#book = new TerminalBook(parts.store);
    this.#readings = new Readings(parts.store);
  }

  async list(): Promise<TerminalListRow[]> {
    const rows: TerminalListRow[] = [];
    for (const booked of await this.#book.list())
      rows.push({ ...toTerminalRow(booked), ...(await this.#healthOf(booked)) });
    return rows;
  }

  /** As `Terminals.check`, with what earlier readings tell and how the clocks compare. Errors: `terminal.*`. */
  async check(name: TerminalName): Promise<TerminalExamination> {
    const check = await this.#parts.terminals.check(name);
    const health = await this.#healthOf(await this.#book.get(name));
    const pcClockOffsetSeconds = await this.pcClockOffset();
    const { clockOffsetSeconds: offset } = check;
    const hrClockOffsetSeconds =
      offset === null || pcClockOffsetSeconds === null ? null : offset + pcClockOffsetSeconds;
    return { ...check, ...health, hrClockOffsetSeconds, pcClockOffsetSeconds };
  }

  /** Whole seconds that this PC's clock is ahead of the HR server's; null without an HR site that tells. */
  pcClockOffset(): Promise<number | null> {
    return pcClockOffset(this.#parts.hrSites, this.#parts.clock);
  }

  /** As `pcClockOffset`. Errors: `hr.clock-skew` where the two are too far apart for this PC to be believed. */
  async trustPcClock(): Promise<number | null> {
    const seconds = await this.pcClockOffset();
    if (seconds !== null && Math.abs(seconds) > APART_SECONDS) throw new TandemError("hr.clock-skew", { seconds });
    return seconds;
  }

  async #healthOf({ name, live, zone }: BookedTerminal): Promise<TerminalHealth> {
    const history = await this.#readings.history(name);
    const now = this.#parts.clock.now();
    if (history === null) return { live, daysUntilFull: null, warnings: [] };
    return { live, ...judge(name, history, { instant: instantOf(now), local: toLocal(zone, now) }) };
  }
}
