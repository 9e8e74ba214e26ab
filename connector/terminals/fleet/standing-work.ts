import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../store/store.ts";
import type { Terminals } from "../service.ts";

import { LiveListening } from "./live-listening.ts";
import { type FleetSettings, PullSchedule } from "./pull-schedule.ts";

export interface StandingWorkParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly terminals: Terminals;
  readonly settings: FleetSettings;
  readonly deliver: (signal: AbortSignal) => Promise<unknown>;
  readonly log: {
    warn(facts: object, text: string): void;
    error(facts: object, text: string): void;
  };
}

/** What Tandem does with terminals without being asked, while the connector runs. */
export class StandingWork {
  readonly live: LiveListening;
  readonly #pulls: PullSchedule;

  constructor({ log, ...parts }: StandingWorkParts) {
    const failed = (what: string, error: unknown): void => {
      // An HR site that cannot be reached is no fault of the program.
      if (error instanceof TandemError) log.warn({ code: error.code }, `standing work: ${what} failed`);
      else log.error({ err: error }, `standing work: ${what} failed`);
    };
    this.#pulls = new PullSchedule({ ...parts, failed });
    this.live = new LiveListening({ ...parts, pulls: this.#pulls, failed: (error) => failed("listen", error) });
  }

  async start(): Promise<void> {
    this.#pulls.start();
    await this.live.start();
  }

  /** Resolves when every terminal has been let go. */
  async stop(): Promise<void> {
    await Promise.all([this.live.stop(), this.#pulls.stop()]);
  }
}
