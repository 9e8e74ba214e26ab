import type { HrCheck } from "@tandem/contracts/domain/hr-site.ts";
import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";
import type { LogType } from "@tandem/contracts/domain/punch.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import type { TandemError } from "@tandem/contracts/errors.ts";

/** What the HR app is to hold: one per (person, second in the HR site's zone, log type). */
export interface HrEvent {
  readonly personId: PersonId;
  readonly at: LocalDateTime;
  readonly logType: LogType;
  /** Shown as the record's device; the terminal's name. */
  readonly device: string;
}

/** What became of one event. `present` = the HR app had it already. */
export type HrOutcome =
  | {
      readonly state: "stored";
      readonly record: string;
      /** Second records of the same event that a lost answer had left behind, and that were taken away again. */
      readonly doublesRemoved?: readonly string[];
    }
  | { readonly state: "present"; readonly record: string }
  | { readonly state: "refused"; readonly error: TandemError }
  /**
   * Not known to be stored; may be tried again, which first looks whether it is there. `maybeStored` = the app may have
   * taken it, or may still be at it, so that a second sending has to wait until that is over.
   */
  | { readonly state: "failed"; readonly error: TandemError; readonly maybeStored: boolean };

export interface HrDelivery {
  /** One per event, in order. */
  readonly outcomes: readonly HrOutcome[];
  /** Why the app could not be served to the end; the events it did not come to have failed with this. */
  readonly stopped: TandemError | null;
}

/** A record of the HR app that stands for one event. */
export interface HrRecord {
  readonly record: string;
  /** What the record names as its device; empty where it names none. */
  readonly device: string;
}

/** The HR app behind a port: the services know this and no host. */
export interface HrDirectory {
  /** Everything delivery needs, proven by asking. Writes one probe punch in the past and removes it. */
  check(): Promise<HrCheck>;
  /**
   * Milliseconds that this PC's clock is ahead of the HR server's, to about a second; null where the server does not tell
   * the time. Errors: `hr.*`.
   */
  clockOffset(signal?: AbortSignal): Promise<number | null>;
  /** All people, whatever their status. */
  people(): Promise<readonly Person[]>;
  /** Which of the events the HR app holds, in order; null where it does not. */
  find(events: readonly HrEvent[], signal?: AbortSignal): Promise<readonly (HrRecord | null)[]>;
  /**
   * Stores events, each at most once, in the order given. Looks first which are there, isolates a bad one from the
   * others, and reads back what it stored. Throws only when nothing could be tried.
   */
  deliver(events: readonly HrEvent[], progress?: (done: number) => void, signal?: AbortSignal): Promise<HrDelivery>;
}
