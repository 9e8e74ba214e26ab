import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { AttlogOrder, ImportRequest, ImportResult, RejectedRow } from "@tandem/contracts/domain/punch-file.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";

import type { Audit } from "../../audit/audit.ts";
import type { Ledger, RecordResult } from "../../ledger/ledger.ts";
import { type Clock, instantOf } from "../../platform/clock.ts";
import type { Store } from "../../store/store.ts";
import type { TerminalLocks } from "../locks.ts";
import { TerminalBook } from "../terminal-book.ts";
import type { PunchRead } from "../terminal.ts";

import { findFileSource, noteFileSource, refuseOtherCodes, saidBy } from "./file-sources.ts";
import { enterFileTerminal, noteFileRead } from "./file-terminals.ts";
import { refuseFormerlyRead } from "./formerly-read.ts";
import { type Judged, summarise } from "./import-summary.ts";
import { newTarget, registeredTarget, type Share, sourcesOf } from "./import-target.ts";
import { toRecords } from "./ledger-records.ts";
import { readPunchFile } from "./read-punch-file.ts";
import { inSpace, shareOut, terminalInName } from "./share-out.ts";
import { refuseSlotRows } from "./slot-rows.ts";

export interface PunchImportParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly locks: TerminalLocks;
  /** Zone of a terminal that an import registers. */
  readonly defaultZone: () => Zone;
}

type PunchesOfFile = ReturnType<typeof readPunchFile>;

/** One terminal's share of a file, ready for the ledger. */
interface Ready extends Judged {
  readonly read: PunchRead;
  /** Which codes its rows tell. */
  readonly says: string | null;
}

/** Takes punches from files: previewed as often as wanted, stored once however often the file is dropped. */
export class PunchImport {
  readonly #parts: PunchImportParts;
  readonly #book: TerminalBook;

  constructor(parts: PunchImportParts) {
    this.#parts = parts;
    this.#book = new TerminalBook(parts.store);
  }

  /**
   * Stores all rows that were understood, or with `preview` only tells what that would do. Importing a file again, or one
   * that repeats rows of another, adds nothing. Errors: `import.*`, `terminal.busy`, `store.*`.
   */
  async run(request: ImportRequest, actor: string): Promise<ImportResult> {
    const bytes = Buffer.from(request.bytes, "base64");
    const file = readPunchFile({ ...request, bytes, knownOrder: await this.#knownOrder(request) });
    const { shares, rejected: unshared } = shareOut(file, request, await this.#book.list());
    const work = async (): Promise<ImportResult> => {
      const { ready, rejected: strangers } = await this.#judge(shares, file, request);
      const rejected = [...file.rejected, ...unshared, ...strangers];
      const results = request.preview
        ? ready.map(({ foreseen }) => foreseen)
        : await this.#record(ready, file, request, actor);
      const now = this.#parts.clock.now();
      const result = summarise(request, bytes, file, { judged: ready, rejected }, results, now);
      if (!request.preview) await this.#note(ready, request, result, actor);
      return result;
    };
    const names = shares.map(({ terminal }) => terminal);
    return request.preview ? work() : this.#holding(names, work);
  }

  /** An attlog is of one terminal, and read as its earlier ones were. */
  async #knownOrder({ file, terminal }: ImportRequest): Promise<AttlogOrder | null> {
    const registered = await this.#book.list();
    const name = terminal ?? terminalInName(file, registered);
    if (name === undefined) return null;
    const booked = registered.find((other) => other.name === name);
    return (await findFileSource(this.#parts.store, sourcesOf(name, file, booked))).order;
  }

  /** Finds each share's terminal and what the ledger would make of it. */
  async #judge(
    shares: readonly Share[],
    { encoding }: PunchesOfFile,
    request: ImportRequest,
  ): Promise<{ ready: readonly Ready[]; rejected: readonly RejectedRow[] }> {
    const { store, clock, ledger, defaultZone } = this.#parts;
    const registered = await this.#book.list();
    const ready: Ready[] = [];
    const rejected: RejectedRow[] = [];
    for (const share of shares) {
      const booked = registered.find(({ name }) => name === share.terminal);
      if (booked === undefined) await refuseFormerlyRead(store, share.terminal);
      const target =
        booked === undefined
          ? newTarget(share, request, registered, defaultZone())
          : registeredTarget(booked, share, request, registered);
      await refuseSlotRows(store, target);
      const { punches, rejected: strangers } = inSpace(share.punches, target.idSpace);
      rejected.push(...strangers);
      const says = saidBy(punches);
      await refuseOtherCodes(store, target, says);
      // A file of which nothing was understood proves no terminal.
      if (target.isNew && punches.length === 0) continue;
      const records = toRecords(punches, request.file, encoding);
      const read = { startedAt: instantOf(clock.now()), records, recordSize: 0 };
      const foreseen = await ledger.foresee(target, read);
      ready.push({ target, says, read, foreseen, times: punches.map(({ at }) => at) });
    }
    return { ready, rejected };
  }

  async #record(
    ready: readonly Ready[],
    file: PunchesOfFile,
    request: ImportRequest,
    actor: string,
  ): Promise<readonly RecordResult[]> {
    await this.#register(ready, request, file, actor);
    const results: RecordResult[] = [];
    for (const { target, read } of ready) results.push(await this.#parts.ledger.record(target, read));
    return results;
  }

  async #register(
    ready: readonly Ready[],
    request: ImportRequest,
    { order }: Pick<PunchesOfFile, "order">,
    actor: string,
  ): Promise<void> {
    const { store, audit, clock } = this.#parts;
    await store.transaction(async (tx) => {
      for (const { target, says } of ready) {
        await noteFileSource(tx, target.source, { order: order ?? null, says });
        const { terminal, idSpace, zone, serial, isNew, learnsSerial } = target;
        if (learnsSerial) await tx.updateTable("terminals").set({ serial }).where("name", "=", terminal).execute();
        if (!isNew) continue;
        await enterFileTerminal(tx, target, request, instantOf(clock.now()));
        const detail = { address: null, idSpace, zone, serial };
        await audit.append(tx, { actor, action: "terminals.add", subject: terminal, outcome: "succeeded", detail });
      }
    });
  }

  async #note(ready: readonly Ready[], request: ImportRequest, result: ImportResult, actor: string): Promise<void> {
    const { store, audit, clock } = this.#parts;
    const { file, sha256, format, read, added, known, rejected, terminals } = result;
    await store.transaction(async (tx) => {
      for (const { target, times } of ready) {
        // A row that was not understood may be a punch before the latest one (design §3.7).
        const isProven = request.through !== undefined || (rejected.length === 0 && times.length > 0);
        if (target.isFileOnly && isProven) await noteFileRead(tx, target, times, request.through, clock.now());
      }
      const names = terminals.map(({ terminal }) => terminal);
      const detail = { sha256, format, terminals: names, read, added, known, rejected: rejected.length };
      await audit.append(tx, { actor, action: "punches.import", subject: file, outcome: "succeeded", detail });
    });
  }

  /** A pull of the same terminal has to wait, and the other way round. */
  #holding<T>([name, ...names]: readonly TerminalName[], work: () => Promise<T>): Promise<T> {
    return name === undefined ? work() : this.#parts.locks.hold(name, () => this.#holding(names, work));
  }
}
