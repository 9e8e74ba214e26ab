import { createHash } from "node:crypto";

import type { Row } from "../store/schema.ts";

/** `prev_hash` of the first entry. */
export const GENESIS_HASH = "0".repeat(64);

export type AuditRow = Row<"audit">;

/**
 * Hash of an entry: SHA-256 (hex) over the UTF-8 JSON array
 * `[seq, at, actor, action, subject, outcome, detail, prevHash]`, `detail` being its stored text. The fixed order
 * makes the text canonical, so anybody can recompute the chain from an export.
 */
export function entryHash(row: Omit<AuditRow, "hash">): string {
  const facts = [row.seq, row.at, row.actor, row.action, row.subject, row.outcome, row.detail, row.prev_hash];
  return createHash("sha256").update(JSON.stringify(facts), "utf8").digest("hex");
}

/** JSON with sorted keys at every depth: the same facts are always the same text. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlainObject(part) ? sorted(part) : part));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
