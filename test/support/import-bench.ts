import { ImportRequest, type ImportResult } from "@tandem/contracts/domain/punch-file.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import { PunchImport } from "../../connector/terminals/files/punch-import.ts";
import { TerminalLocks } from "../../connector/terminals/locks.ts";

import { linkRow } from "./punches.ts";
import { TerminalBench } from "./terminal-bench.ts";

/** Files, terminals and a ledger, on a real store. */
export class ImportBench {
  readonly terminals: TerminalBench;
  readonly imports: PunchImport;

  private constructor(terminals: TerminalBench) {
    this.terminals = terminals;
    this.imports = new PunchImport({
      ...terminals.data,
      ledger: terminals.ledger,
      locks: new TerminalLocks(),
      defaultZone: () => Zone.parse("Asia/Ho_Chi_Minh"),
    });
  }

  static async open(): Promise<ImportBench> {
    return new ImportBench(await TerminalBench.open());
  }

  close(): Promise<void> {
    return this.terminals.close();
  }

  import(file: string, bytes: Buffer | string, options: object = {}): Promise<ImportResult> {
    const request = { file, bytes: Buffer.from(bytes).toString("base64"), ...options };
    return this.imports.run(ImportRequest.parse(request), "cli");
  }

  preview(file: string, bytes: Buffer | string, options: object = {}): Promise<ImportResult> {
    return this.import(file, bytes, { ...options, preview: true });
  }

  async link(userId: string, personId: string, idSpace = "main"): Promise<void> {
    const row = linkRow({ id: `${idSpace}:${userId}`, user_id: userId, person_id: personId, id_space: idSpace });
    await this.terminals.data.store.db.insertInto("id_links").values(row).execute();
  }

  /** Until when the terminal is complete. */
  async through(terminal: string): Promise<string | null> {
    const row = await this.terminals.data.store.db
      .selectFrom("terminals")
      .select("last_read_started_at")
      .where("name", "=", terminal)
      .executeTakeFirstOrThrow();
    return row.last_read_started_at;
  }
}
