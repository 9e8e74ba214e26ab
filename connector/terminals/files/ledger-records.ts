import type { RawPunch } from "../terminal.ts";
import { encodeTime } from "../zk-pull/codec/time.ts";

import type { FilePunch, FilePunches } from "./file-punch.ts";
import { encodeText } from "./text-encoding.ts";

/** Stands in the ledger for a state or verify code that the file does not say; terminals use it for "none" too. */
const NOT_SAID = 255;

/** Punches of a file as the ledger takes them. */
export function toRecords(
  punches: readonly FilePunch[],
  file: string,
  encoding: FilePunches["encoding"],
): readonly RawPunch[] {
  return punches.map((punch) => ({
    userId: punch.userId,
    at: punch.at,
    verify: punch.verify ?? NOT_SAID,
    state: punch.state ?? NOT_SAID,
    workCode: punch.workCode,
    key: keyOf(punch),
    raw: encodeText(punch.raw, encoding),
    rawId: punch.rawId ?? `${file}:${punch.line}`,
  }));
}

/** Whether a punch has all that the key of one read over the network is made of. */
export function isComplete({ verify, state }: FilePunch): boolean {
  return verify !== null && state !== null;
}

/**
 * The key under which the pull driver stores the same punch, so that a file and a read of one log add each punch once
 * (`zk-pull/codec/punches.ts`). What the file does not say is empty, or the direction as the file writes it.
 */
function keyOf({ userId, at, verify, state, direction = "" }: FilePunch): string {
  return `${userId}|${encodeTime(at)}|${verify ?? ""}|${state ?? direction}`;
}
