import { scoreUsers, type UserSize } from "./users.ts";

const CERTAIN = 0.98;

/**
 * Row length of a user table, or null where the rows prove none (`zk-pull.md` §2.4). A table of 504 bytes divides both
 * ways, so the rows decide; `count` is what the terminal claims, and decides only between two that fit.
 */
export function detectUserSize(table: Buffer, count: number | null): UserSize | null {
  const fitting = ([72, 28] as const)
    .map((size) => ({ size, score: scoreUsers(table, size) }))
    .filter(({ score }) => score >= CERTAIN)
    .sort((a, b) => b.score - a.score);
  const hinted = fitting.find(({ size }) => count !== null && count > 0 && table.length / count === size);
  return (hinted ?? fitting[0])?.size ?? null;
}

/** Best guess at the row length of a table that cannot be read, for the message; 0 where there is none. */
export function guessUserSize(table: Buffer, count: number | null): number {
  if (count !== null && count > 0 && table.length % count === 0) return table.length / count;
  return table.length % 120 === 0 ? 120 : 0;
}
