import { createHash } from "node:crypto";

import type { ImportRequest, ImportResult, RejectedRow } from "@tandem/contracts/domain/punch-file.ts";
import { LocalDate, type LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { Foresight, RecordResult } from "../../ledger/ledger.ts";
import { toLocal } from "../../platform/zone-time.ts";

import type { ImportTarget } from "./import-target.ts";
import type { readPunchFile } from "./read-punch-file.ts";

/** The punches of one terminal, with what the ledger says of them. */
export interface Judged {
  readonly target: ImportTarget;
  readonly times: readonly LocalDateTime[];
  readonly foreseen: Foresight;
}

/** Further ahead than this, a terminal's clock is wrong (`formats.md` §1.2). */
const FUTURE_MS = 2 * 86_400_000;

/** Nobody has more in one file; a file of noise may. */
const MOST_DEVICES = 50;

/** What an import would do, or did: `results` are the ledger's, one for each of `judged`. */
export function summarise(
  request: ImportRequest,
  bytes: Buffer,
  { format, warnings, devices }: ReturnType<typeof readPunchFile>,
  { judged, rejected }: { readonly judged: readonly Judged[]; readonly rejected: readonly RejectedRow[] },
  results: readonly RecordResult[],
  now: number,
): ImportResult {
  const terminals = judged.map(({ target }, index) => toTerminalImport(target, results[index]));
  const sum = (count: "read" | "added" | "known" | "quarantined"): number =>
    terminals.reduce((total, terminal) => total + terminal[count], 0);
  const [only] = terminals;
  return {
    terminal: only !== undefined && terminals.length === 1 ? only.terminal : null,
    read: sum("read") + rejected.length,
    added: sum("added"),
    known: sum("known"),
    quarantined: sum("quarantined"),
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    preview: request.preview,
    file: request.file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    format,
    period: periodOf(judged.flatMap(({ times }) => times)),
    future: judged.reduce((total, share) => total + futureIn(share, now), 0),
    unknownIds: judged.flatMap(({ target: { idSpace }, foreseen }) =>
      [...foreseen.unlinked].map(([userId, punches]) => ({ idSpace, userId, punches })),
    ),
    warnings: [...warnings],
    devices: devices.slice(0, MOST_DEVICES),
    terminals,
  };
}

function toTerminalImport(
  { terminal, isNew, idSpace, serial }: ImportTarget,
  result: RecordResult | undefined,
): ImportResult["terminals"][number] {
  const { read = 0, added = 0, known = 0, quarantined = 0 } = result ?? {};
  return { terminal, isNew, idSpace, serial, read, added, known, quarantined };
}

function periodOf(times: readonly LocalDateTime[]): ImportResult["period"] {
  const [first] = times;
  if (first === undefined) return null;
  const from = times.reduce((least, time) => (time < least ? time : least), first);
  const to = times.reduce((most, time) => (time > most ? time : most), first);
  return { from: LocalDate.parse(from.slice(0, 10)), to: LocalDate.parse(to.slice(0, 10)) };
}

function futureIn({ target, times }: Judged, now: number): number {
  const latest = toLocal(target.zone, now + FUTURE_MS);
  return times.filter((time) => time > latest).length;
}
