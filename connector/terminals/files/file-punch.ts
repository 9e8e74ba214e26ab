import type { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { AttlogOrder, ImportWarning, RejectedRow } from "@tandem/contracts/domain/punch-file.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { FileEncoding } from "./text-encoding.ts";

/** One punch as a file tells it. What the file does not say is null, never 0 (`formats.md` §2). */
export interface FilePunch {
  /** Line of the file, or number of the record in a binary one, from 1. */
  readonly line: number;
  /** The row as it stands there. */
  readonly raw: string;
  readonly userId: UserId;
  readonly at: LocalDateTime;
  readonly verify: number | null;
  readonly state: number | null;
  readonly workCode: number | null;
  /** What the file says of the direction where that is no known punch state. */
  readonly direction?: string;
  /** The row's name in the file; its line where the file gives none. */
  readonly rawId?: string;
  readonly terminal?: TerminalName;
  readonly idSpace?: IdSpaceId;
}

/** All rows of a file: those that were understood and those that were not. */
export interface FilePunches {
  readonly punches: readonly FilePunch[];
  readonly rejected: readonly RejectedRow[];
  readonly warnings: readonly ImportWarning[];
  /** Terminals as the file itself names them: numbers, and the serial number where it tells one. */
  readonly devices: readonly string[];
  readonly encoding: FileEncoding;
  /** How the columns of an attlog were read. */
  readonly order?: AttlogOrder;
}
