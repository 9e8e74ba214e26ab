import { sql } from "kysely";
import { z } from "zod";

import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalCapacity } from "@tandem/contracts/domain/terminal.ts";
import { Instant, LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { NewRow, Row } from "../../store/schema.ts";
import type { Store, Tx } from "../../store/store.ts";
import type { RawPunch } from "../terminal.ts";

import type { DatedCount } from "./capacity-forecast.ts";
import { compareLog, type LogContinuity, type LogMark, markOf } from "./log-continuity.ts";
import { habitOf, type PunchHabit } from "./silent-alert.ts";

/** What one visit found a terminal to hold. */
export interface NewReading {
  readonly terminal: TerminalName;
  /** Whose log it is, as the ledger names it. */
  readonly source: string;
  readonly at: Instant;
  readonly capacity: TerminalCapacity;
  readonly clockOffsetSeconds: number | null;
  /** Records of a complete log; null when the log was not read. */
  readonly log: {
    readonly records: readonly Pick<RawPunch, "key" | "at">[];
    /** The terminal's wall clock as it should be. */
    readonly now: LocalDateTime;
  } | null;
}

/** When records that were in the log were found to be gone, and how. */
export interface LogGap {
  readonly at: Instant;
  readonly how: Exclude<LogContinuity, "unchanged" | "grown">;
}

/** What the readings of a terminal tell. */
export interface ReadingHistory {
  readonly counts: readonly DatedCount[];
  readonly punchCapacity: number | null;
  /** Of the newest reading. */
  readonly clockOffsetSeconds: number | null;
  readonly at: Instant;
  /** Newest of each kind. */
  readonly gaps: readonly LogGap[];
  /** Of the newest log; null while none with a punch was read. */
  readonly habit: PunchHabit | null;
}

const DAY_MS = 86_400_000;
/** Older days say nothing about the pace of today. */
const KEPT_DAYS = 400;

const Keys = z.array(z.string());
const Hours = z.array(z.number().int());

/** What terminals were found to hold over time: every reading of the last day, and the newest of each day before it. */
export class Readings {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Keeps a reading, with how its log continues the one before it. */
  async note(reading: NewReading): Promise<void> {
    const { terminal, source, at, log } = reading;
    await this.#store.transaction(async (tx) => {
      const before = log === null ? null : await lastMark(tx, terminal, source);
      const continuity =
        log === null || before === null ? null : compareLog(before, log.records, reading.capacity.punchCapacity);
      await tx.insertInto("terminal_readings").values(toRow(reading, continuity)).execute();
      await thinOut(tx, terminal, at);
    });
  }

  /** Records of the log that was read last; null where none was. */
  async lastLogCount(terminal: TerminalName): Promise<number | null> {
    const row = await this.#store.db
      .selectFrom("terminal_readings")
      .select("log_count")
      .where("terminal", "=", terminal)
      .where("log_count", "is not", null)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.log_count ?? null;
  }

  /** Null for a terminal that was never asked. Only the device that answered last counts. */
  async history(terminal: TerminalName): Promise<ReadingHistory | null> {
    const newest = await this.#store.db
      .selectFrom("terminal_readings")
      .selectAll()
      .where("terminal", "=", terminal)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (newest === undefined) return null;
    const rows = await this.#store.db
      .selectFrom("terminal_readings")
      .select(["at", "punches", "punch_capacity", "log_count", "continuity", "last_punch_at", "usual_hours"])
      .where("terminal", "=", terminal)
      .where("source", "=", newest.source)
      .orderBy("id")
      .execute();
    return {
      counts: rows.flatMap(({ at, log_count: read, punches: told }) => {
        const punches = read ?? told;
        return punches === null ? [] : [{ at: Instant.parse(at), punches }];
      }),
      punchCapacity: rows.findLast(({ punch_capacity: capacity }) => capacity !== null)?.punch_capacity ?? null,
      clockOffsetSeconds: newest.clock_offset_seconds,
      at: Instant.parse(newest.at),
      gaps: gapsIn(rows),
      habit: habitIn(rows),
    };
  }
}

function gapsIn(rows: readonly Pick<Row<"terminal_readings">, "at" | "continuity">[]): LogGap[] {
  return (["cleared-by-other", "overwrote-oldest"] as const).flatMap((how) => {
    const row = rows.findLast(({ continuity }) => continuity === how);
    return row === undefined ? [] : [{ at: Instant.parse(row.at), how }];
  });
}

/** A log without a punch says nothing new of a habit: somebody has emptied it. */
function habitIn(rows: readonly Pick<Row<"terminal_readings">, "last_punch_at" | "usual_hours">[]): PunchHabit | null {
  const row = rows.findLast(({ last_punch_at: last }) => last !== null);
  if (row?.last_punch_at == null || row.usual_hours === null) return null;
  return { last: LocalDateTime.parse(row.last_punch_at), usualHours: Hours.parse(JSON.parse(row.usual_hours)) };
}

async function lastMark(tx: Tx, terminal: TerminalName, source: string): Promise<LogMark | null> {
  const row = await tx
    .selectFrom("terminal_readings")
    .select(["log_count", "log_head", "log_tail"])
    .where("terminal", "=", terminal)
    .where("source", "=", source)
    .where("log_count", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row?.log_count == null || row.log_tail === null) return null;
  return { count: row.log_count, head: row.log_head, tail: Keys.parse(JSON.parse(row.log_tail)) };
}

/**
 * A reading every few minutes for years would be most of the database. Of a day that is over the newest stays, the newest
 * with a log, and what told of a gap.
 */
async function thinOut(tx: Tx, terminal: TerminalName, at: Instant): Promise<void> {
  const ago = (days: number): string => new Date(Date.parse(at) - days * DAY_MS).toISOString();
  await sql`
    delete from terminal_readings where terminal = ${terminal} and (at < ${ago(KEPT_DAYS)} or at < ${ago(1)}
      and (continuity is null or continuity in ('unchanged', 'grown'))
      and id not in (select max(id) from terminal_readings where terminal = ${terminal}
        group by source, substr(at, 1, 10), log_count is null))`.execute(tx);
}

function toRow(reading: NewReading, continuity: LogContinuity | null): NewRow<"terminal_readings"> {
  const { terminal, source, at, capacity, clockOffsetSeconds, log } = reading;
  const mark = log === null ? null : markOf(log.records);
  const times = log?.records.map((record) => record.at) ?? [];
  const habit = log === null ? null : habitOf(times, log.now);
  return {
    terminal,
    source,
    at,
    users: capacity.users,
    user_capacity: capacity.userCapacity,
    fingers: capacity.fingers,
    finger_capacity: capacity.fingerCapacity,
    faces: capacity.faces,
    face_capacity: capacity.faceCapacity,
    punches: capacity.punches,
    punch_capacity: capacity.punchCapacity,
    clock_offset_seconds: clockOffsetSeconds,
    log_count: mark?.count ?? null,
    log_head: mark?.head ?? null,
    log_tail: mark === null ? null : JSON.stringify(mark.tail),
    continuity,
    last_punch_at: habit?.last ?? null,
    usual_hours: habit === null ? null : JSON.stringify(habit.usualHours),
  };
}
