import type { JobItem, JobItemState, JobView } from "@tandem/contracts/domain/job.ts";

type ItemError = NonNullable<JobItem["error"]>;

/** Why punches were not delivered, and how many. */
export interface Reason {
  readonly code: string;
  readonly count: number;
}

interface Line {
  readonly key: string;
  readonly state: JobItemState;
  readonly error: ItemError | null;
  /** 0–100, or null where the connector cannot tell. */
  readonly percent: number | null;
}

/** One terminal of a reading. `result` is null until it has been read. */
export interface TerminalLine extends Line {
  readonly name: string;
  readonly result: {
    readonly read: number;
    readonly added: number;
    readonly known: number;
    readonly quarantined: number;
    readonly rejected: number;
  } | null;
}

/** What was passed on to the HR app. */
export interface DeliveryLine extends Line {
  readonly done: number;
  readonly total: number | null;
  readonly result: {
    readonly delivered: number;
    readonly duplicate: number;
    readonly held: number;
    readonly refused: number;
    readonly failed: number;
    readonly reasons: readonly Reason[];
  } | null;
}

/** A job of kind `terminals.pull`, sorted into what a panel shows. */
export interface PullView {
  readonly terminals: readonly TerminalLine[];
  readonly deliveries: readonly DeliveryLine[];
  readonly totals: {
    readonly read: number;
    readonly added: number;
    readonly delivered: number;
    readonly waiting: number;
  };
  /** Terminals that are finished, however they ended. */
  readonly finished: number;
  readonly failed: number;
  /** 0–100 over all items, or null before the first has begun. */
  readonly percent: number | null;
}

/** Reads a job's items. Results are looked at field by field: the connector may be newer and say more. */
export function viewOfPull(job: JobView): PullView {
  const terminals = job.items.filter((item) => !isDelivery(item)).map(terminalLine);
  const deliveries = job.items.filter(isDelivery).map(deliveryLine);
  const sum = (pick: (line: TerminalLine) => number): number => terminals.reduce((all, line) => all + pick(line), 0);
  return {
    terminals,
    deliveries,
    totals: {
      read: sum((line) => line.result?.read ?? 0),
      added: sum((line) => line.result?.added ?? 0),
      delivered: deliveries.reduce((all, line) => all + (line.result?.delivered ?? 0), 0),
      waiting:
        sum((line) => line.result?.quarantined ?? 0) + deliveries.reduce((all, line) => all + waitingOf(line), 0),
    },
    finished: terminals.filter((line) => isOver(line.state)).length,
    failed: job.items.filter((item) => item.state === "failed").length,
    percent: percentOf(job.items),
  };
}

function waitingOf({ result }: DeliveryLine): number {
  return result === null ? 0 : result.held + result.failed;
}

/** Item keys are `phase:name`; the delivery is the phase that no terminal has. */
function isDelivery({ key }: JobItem): boolean {
  return /^(hr\.)?deliver/.test(key);
}

function terminalLine(item: JobItem): TerminalLine {
  const { result } = item;
  return {
    ...lineOf(item),
    name: item.key.replace(/^[^:]*:/, ""),
    result:
      result === null
        ? null
        : {
            read: numberOf(result["read"]),
            added: numberOf(result["added"]),
            known: numberOf(result["known"]),
            quarantined: numberOf(result["quarantined"]),
            rejected: Array.isArray(result["rejected"]) ? result["rejected"].length : numberOf(result["rejected"]),
          },
  };
}

function deliveryLine(item: JobItem): DeliveryLine {
  const { result } = item;
  return {
    ...lineOf(item),
    done: item.done,
    total: item.total,
    result:
      result === null
        ? null
        : {
            delivered: numberOf(result["delivered"]),
            duplicate: numberOf(result["duplicate"]),
            held: numberOf(result["held"]),
            refused: numberOf(result["refused"]),
            failed: numberOf(result["failed"]),
            reasons: reasonsOf(result["reasons"]),
          },
  };
}

function lineOf(item: JobItem): Line {
  const { key, state, error, done, total } = item;
  return { key, state, error, percent: total === null || total === 0 ? null : Math.min(100, (done / total) * 100) };
}

/** Either `[{code, count}]` or `{code: count}`. */
function reasonsOf(value: unknown): readonly Reason[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown) => {
      const { code, count } = fieldsOf(entry);
      return typeof code === "string" ? { code, count: numberOf(count) } : [];
    });
  }
  return Object.entries(fieldsOf(value)).map(([code, count]) => ({ code, count: numberOf(count) }));
}

function percentOf(items: readonly JobItem[]): number | null {
  if (items.every((item) => item.state === "waiting")) return null;
  const parts = items.map((item) => (isOver(item.state) ? 1 : item.total === null ? 0 : item.done / (item.total || 1)));
  return Math.min(100, (parts.reduce((sum, part) => sum + part, 0) / items.length) * 100);
}

function isOver(state: JobItemState): boolean {
  return state === "done" || state === "failed" || state === "cancelled";
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
