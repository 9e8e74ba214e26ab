import { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { Instant, LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import type { PunchSource } from "../../connector/ledger/ledger.ts";
import type { NewRow } from "../../connector/store/schema.ts";
import type { PunchRead, RawPunch } from "../../connector/terminals/terminal.ts";

export const at = Instant.parse("2026-11-24T01:00:00.000Z");

interface PunchFacts {
  readonly userId?: string;
  readonly at?: string | null;
  readonly verify?: number;
  readonly state?: number;
  readonly workCode?: number | null;
  readonly raw?: Uint8Array;
}

/** One record of a terminal's log, keyed as drivers do it: user, time, verify, state. */
export function punch(facts: PunchFacts): RawPunch {
  const { userId = "1", at: time = "2026-11-24T08:00:00", verify = 1, state = 0, workCode = null } = facts;
  return {
    userId: UserId.parse(userId),
    at: time === null ? null : LocalDateTime.parse(time),
    verify,
    state,
    workCode,
    key: `${userId}|${time ?? "none"}|${verify}|${state}`,
    raw: facts.raw ?? new Uint8Array(40),
  };
}

export function readOf(records: readonly RawPunch[]): PunchRead {
  return { startedAt: at, records, recordSize: 40 };
}

export function sourceOf(facts: { source?: string; terminal?: string; idSpace?: string } = {}): PunchSource {
  return {
    source: facts.source ?? "serial:TEST",
    terminal: TerminalName.parse(facts.terminal ?? "gate"),
    idSpace: IdSpaceId.parse(facts.idSpace ?? "default"),
    zone: Zone.parse("Asia/Ho_Chi_Minh"),
  };
}

type LinkFacts = Pick<NewRow<"id_links">, "id" | "user_id" | "person_id"> & Partial<NewRow<"id_links">>;

export function linkRow(facts: LinkFacts): NewRow<"id_links"> {
  return {
    id_space: "default",
    scheme: "new",
    valid_from: null,
    valid_to: null,
    set_by: "cli",
    set_at: at,
    why: "",
    removed_at: null,
    removed_by: null,
    removed_why: null,
    ...facts,
  };
}
