import { IdSpaceId, SecretRef, SerialNumber, TerminalName } from "@tandem/contracts/domain/ids.ts";
import {
  Direction,
  type NewTerminal,
  TerminalAddress,
  TerminalMode,
  type TerminalRow,
} from "@tandem/contracts/domain/terminal.ts";
import { Instant, Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Row } from "../store/schema.ts";
import type { Store, Tx } from "../store/store.ts";

import type { UploadMethod } from "./enrolments.ts";
import type { TerminalTarget } from "./terminal.ts";

type Encoding = TerminalTarget["nameEncoding"];
const METHODS: readonly UploadMethod[] = ["single", "bulk"];
const ENCODINGS: readonly Encoding[] = ["windows-1258", "latin1", "gbk", "utf8"];

/** A terminal with what only the connector sees of it. */
export interface BookedTerminal extends TerminalRow {
  readonly commKeyRef: SecretRef | null;
  readonly nameEncoding: Encoding;
  /** How templates were written last; null until some were. */
  readonly uploadMethod: UploadMethod | null;
  /** Punches are listened for as they happen. */
  readonly live: boolean;
}

/** The registered terminals in the store. A removed one keeps its row, because punches name it. */
export class TerminalBook {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async list(): Promise<BookedTerminal[]> {
    const rows = await this.#store.db
      .selectFrom("terminals")
      .selectAll()
      .where("removed_at", "is", null)
      .orderBy("name")
      .execute();
    return rows.map(toBooked);
  }

  /** Errors: `terminal.unknown`. */
  async get(name: TerminalName): Promise<BookedTerminal> {
    const row = await this.#store.db
      .selectFrom("terminals")
      .selectAll()
      .where("name", "=", name)
      .where("removed_at", "is", null)
      .executeTakeFirst();
    if (row === undefined) throw new TandemError("terminal.unknown", { name });
    return toBooked(row);
  }

  /** Errors: `terminal.exists`. A name that was removed may be used again, also for another device. */
  async enter(
    tx: Tx,
    terminal: NewTerminal & { zone: Zone; idSpace: IdSpaceId },
    commKeyRef: SecretRef | null,
    at: Instant,
  ): Promise<void> {
    const { name } = terminal;
    const before = await tx.selectFrom("terminals").select("removed_at").where("name", "=", name).executeTakeFirst();
    if (before !== undefined && before.removed_at === null) throw new TandemError("terminal.exists", { name });
    const columns = {
      address: terminal.address,
      serial: null,
      id_space: terminal.idSpace,
      zone: terminal.zone,
      direction: terminal.direction,
      machine: terminal.machine ?? null,
      mode: terminal.mode,
      comm_key_ref: commKeyRef,
      name_encoding: "windows-1258",
      upload_method: null,
      added_at: at,
      last_read_at: null,
      last_read_started_at: null,
      last_error_code: null,
      last_error_at: null,
      removed_at: null,
      live: 0,
    };
    if (before === undefined)
      await tx
        .insertInto("terminals")
        .values({ name, ...columns })
        .execute();
    else await tx.updateTable("terminals").set(columns).where("name", "=", name).execute();
  }

  async remove(tx: Tx, name: TerminalName, at: Instant): Promise<void> {
    await tx.updateTable("terminals").set({ removed_at: at, comm_key_ref: null }).where("name", "=", name).execute();
  }

  /** Remembers which device answers under this name, at the first contact. */
  async learnSerial(name: TerminalName, serial: SerialNumber): Promise<void> {
    await this.#store.db.updateTable("terminals").set({ serial }).where("name", "=", name).execute();
  }

  async setMode(tx: Tx, name: TerminalName, mode: TerminalMode): Promise<void> {
    await tx.updateTable("terminals").set({ mode }).where("name", "=", name).execute();
  }

  async setLive(tx: Tx, name: TerminalName, live: boolean): Promise<void> {
    await tx
      .updateTable("terminals")
      .set({ live: Number(live) })
      .where("name", "=", name)
      .execute();
  }

  async noteUploadMethod(name: TerminalName, method: UploadMethod): Promise<void> {
    await this.#store.db.updateTable("terminals").set({ upload_method: method }).where("name", "=", name).execute();
  }

  async noteRead(name: TerminalName, startedAt: Instant, endedAt: Instant): Promise<void> {
    await this.#store.db
      .updateTable("terminals")
      .set({ last_read_at: endedAt, last_read_started_at: startedAt, last_error_code: null, last_error_at: null })
      .where("name", "=", name)
      .execute();
  }

  async noteError(name: TerminalName, code: string, at: Instant): Promise<void> {
    await this.#store.db
      .updateTable("terminals")
      .set({ last_error_code: code, last_error_at: at })
      .where("name", "=", name)
      .execute();
  }
}

/** What lists show of a terminal. */
export function toTerminalRow(terminal: BookedTerminal): TerminalRow {
  const { name, address, serial, idSpace, zone, direction, machine, mode, lastReadAt, lastError } = terminal;
  return { name, address, serial, idSpace, zone, direction, machine, mode, lastReadAt, lastError };
}

function toBooked(row: Row<"terminals">): BookedTerminal {
  const { last_error_code: code, last_error_at: at } = row;
  return {
    name: TerminalName.parse(row.name),
    address: row.address === null ? null : TerminalAddress.parse(row.address),
    serial: row.serial === null ? null : SerialNumber.parse(row.serial),
    idSpace: IdSpaceId.parse(row.id_space),
    zone: Zone.parse(row.zone),
    direction: Direction.parse(row.direction),
    machine: row.machine,
    mode: TerminalMode.parse(row.mode),
    lastReadAt: row.last_read_at === null ? null : Instant.parse(row.last_read_at),
    lastError: code === null || at === null ? null : { code, at: Instant.parse(at) },
    commKeyRef: row.comm_key_ref === null ? null : SecretRef.parse(row.comm_key_ref),
    nameEncoding: ENCODINGS.find((encoding) => encoding === row.name_encoding) ?? "windows-1258",
    uploadMethod: METHODS.find((method) => method === row.upload_method) ?? null,
    live: row.live === 1,
  };
}
