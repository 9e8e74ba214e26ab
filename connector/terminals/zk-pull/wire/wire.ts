import type { TerminalCapacity, TerminalMode } from "@tandem/contracts/domain/terminal.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { ReadProgress } from "../../terminal.ts";
import type { PunchEvent } from "../codec/events.ts";
import type { DataSet } from "../reading/data-set.ts";

import type { Conversation } from "./conversation.ts";
import type { LineTiming } from "./line.ts";

export interface WireOptions extends LineTiming {
  /** As the operator wrote it, for messages. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly commKey: number;
  readonly mode: TerminalMode;
  readonly connectMs: number;
}

/** One connection to a terminal, whichever transport. What zklib-js offers under these names, made trustworthy. */
export interface Wire {
  readonly conversation: Conversation;
  /** Commands sent so far; reply ids must not come near their limit (`zk-pull.md` §1.3). */
  readonly replyId: number;
  /** Errors: `terminal.unreachable`. */
  createSocket(): Promise<unknown>;
  /** CONNECT and AUTH. Errors: `terminal.*`. */
  connect(): Promise<boolean>;
  /** Ends it at once; what is under way fails with `error`. */
  abandon(error: Error): void;
  /** Never throws. */
  closeSocket(): Promise<boolean>;
  /** Header and data of an accepted answer. Errors: `terminal.refused`, `terminal.*`. */
  executeCmd(command: number, data: Buffer | string): Promise<Buffer>;
  /** The rows of a table. Errors: `terminal.*`. */
  readTable(set: DataSet, progress?: ReadProgress): Promise<Buffer>;
  getInfo(): Promise<TerminalCapacity>;
  /** Null while the clock shows a time that cannot be. */
  getTime(): Promise<LocalDateTime | null>;
  /** Errors: `terminal.shadow-mode`, `terminal.refused`. */
  setTime(at: LocalDateTime): Promise<void>;
  /** Locks the reader for at most so many seconds. Errors: `terminal.shadow-mode`, `terminal.refused`. */
  disableDevice(seconds: number): Promise<void>;
  enableDevice(): Promise<unknown>;
  /** Registers for punches. A hint only: events are lost without notice (`zk-pull.md` §2.10). */
  getRealTimeLogs(listener: (punch: PunchEvent) => void): Promise<void>;
}
