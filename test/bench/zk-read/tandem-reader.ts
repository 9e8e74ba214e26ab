import { IdSpaceId, TerminalName } from "@tandem/contracts/domain/ids.ts";
import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import type { PunchSource } from "../../../connector/ledger/ledger.ts";
import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import type { PunchRead, RawPunch, TerminalDriver } from "../../../connector/terminals/terminal.ts";
import { openTempStore } from "../../support/temp-store.ts";

import { timed, type Reader, type Sample } from "./reader.ts";

const SOURCE: PunchSource = {
  source: "serial:BENCH",
  terminal: TerminalName.parse("bench"),
  idSpace: IdSpaceId.parse("bench"),
  zone: Zone.parse("Asia/Ho_Chi_Minh"),
};

/** Tandem's driver: reads and decodes the log into records. */
export class TandemReader implements Reader {
  readonly name = "Tandem, read and decode";
  readonly #driver: TerminalDriver;
  readonly #address: TerminalAddress;

  constructor(driver: TerminalDriver, address: string) {
    this.#driver = driver;
    this.#address = TerminalAddress.parse(address);
  }

  async read(): Promise<Sample> {
    const { ms, result } = await this.#timedRead();
    // Records decode when they are asked: reading without asking would time no decoding at all.
    const decoding = await timed(() => Promise.resolve(result.records.filter(isDecoded).length));
    return { ms: ms + decoding.ms, records: decoding.result };
  }

  /** Reads into an empty ledger on disk, then reads and records the unchanged log again. */
  async readIntoLedger(): Promise<LedgerSample> {
    const store = await openTempStore();
    try {
      const ledger = new PunchLedger(store.store, store.clock);
      const first = await this.#timedRead();
      const stored = await timed(() => ledger.record(SOURCE, first.result));
      const again = await this.#timedRead();
      const known = await timed(() => ledger.record(SOURCE, again.result));
      if (stored.result.added !== first.result.records.length) throw new Error(`added ${stored.result.added}`);
      if (known.result.added !== 0) throw new Error(`an unchanged log added ${known.result.added}`);
      return { ms: first.ms + stored.ms, records: stored.result.added, unchangedMs: known.ms };
    } finally {
      await store.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #timedRead(): Promise<{ readonly ms: number; readonly result: PunchRead }> {
    const terminal = await this.#driver.open({
      address: this.#address,
      commKey: 0,
      mode: "shadow",
      nameEncoding: "utf8",
    });
    try {
      return await timed(() => terminal.punches());
    } finally {
      await terminal.close();
    }
  }
}

export interface LedgerSample extends Sample {
  /** What recording an unchanged log costs beyond reading it. */
  readonly unchangedMs: number;
}

function isDecoded({ userId, at, verify, state, key }: RawPunch): boolean {
  return userId !== "" && at !== null && verify >= 0 && state >= 0 && key !== "";
}
