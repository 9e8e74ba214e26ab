import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { TimeDecoder } from "./time.ts";

/** One row of the operation log, command 34 (`zk-pull.md` §2.5). */
export interface Operation {
  readonly operation: number;
  readonly at: LocalDateTime | null;
  readonly params: readonly number[];
}

export const OPERATION_SIZE = 16;

/** Decodes whole rows; the caller has checked that the log divides. */
export function decodeOperations(log: Buffer): readonly Operation[] {
  const times = new TimeDecoder();
  return Array.from({ length: Math.floor(log.length / OPERATION_SIZE) }, (_, index) => {
    const at = index * OPERATION_SIZE;
    return {
      operation: log.readUInt8(at + 2),
      at: times.decode(log.readUInt32LE(at + 4)),
      params: [8, 10, 12, 14].map((offset) => log.readUInt16LE(at + offset)),
    };
  });
}
