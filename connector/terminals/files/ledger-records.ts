import type { UserId } from "@tandem/contracts/domain/ids.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { RawPunch } from "../terminal.ts";
import { encodeTime } from "../zk-pull/codec/time.ts";

import type { FilePunch, FilePunches } from "./file-punch.ts";
import { encodeText } from "./text-encoding.ts";

/** Stands in the ledger for a state or verify code that the file does not say; terminals use it for "none" too. */
const NOT_SAID = 255;

/** Punches of a file as the ledger takes them; a large file has half a million, so bytes are made when asked for. */
export function toRecords(
  punches: readonly FilePunch[],
  file: string,
  encoding: FilePunches["encoding"],
): readonly RawPunch[] {
  return punches.map((punch) => new FileRecord(punch, file, encoding));
}

class FileRecord implements RawPunch {
  readonly key: string;
  readonly #punch: FilePunch;
  readonly #file: string;
  readonly #encoding: FilePunches["encoding"];

  constructor(punch: FilePunch, file: string, encoding: FilePunches["encoding"]) {
    this.key = keyOf(punch);
    this.#punch = punch;
    this.#file = file;
    this.#encoding = encoding;
  }

  get userId(): UserId {
    return this.#punch.userId;
  }

  get at(): LocalDateTime {
    return this.#punch.at;
  }

  get verify(): number {
    return this.#punch.verify ?? NOT_SAID;
  }

  get state(): number {
    return this.#punch.state ?? NOT_SAID;
  }

  get workCode(): number | null {
    return this.#punch.workCode;
  }

  get raw(): Uint8Array {
    return encodeText(this.#punch.raw, this.#encoding);
  }

  get rawId(): string {
    return this.#punch.rawId ?? `${this.#file}:${this.#punch.line}`;
  }
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
