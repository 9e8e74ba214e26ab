import { Table } from "./table.ts";
import type { Doc } from "./value.ts";

/** A signed-in browser. `csrfToken` is made when a Desk page is rendered for it. */
export interface LoginSession {
  readonly sid: string;
  readonly user: string;
  csrfToken: string | null;
}

/** Something a connector must never do, noted for assertions (`frappe-hr.md` §14.10). */
export interface Violation {
  readonly kind: "auto-update-shift-written" | "last-sync-moved-back";
  readonly record: string;
  readonly user: string;
}

const INDEXES: Readonly<Record<string, readonly string[]>> = {
  Employee: ["attendance_device_id", "employee_number", "user_id"],
  "Employee Checkin": ["employee", "shift", "attendance"],
  Attendance: ["employee"],
  "Leave Application": ["employee"],
  "Shift Assignment": ["employee"],
  File: ["file_url"],
  Comment: ["reference_name"],
};

/**
 * Everything the site stores: what a restart keeps. Pass it to the next `FrappeSite.start` to imitate a server that
 * was stopped and started again.
 */
export class SiteData {
  readonly series = new Map<string, number>();
  readonly sessions = new Map<string, LoginSession>();
  readonly fileContents = new Map<string, Buffer>();
  readonly passwords = new Map<string, string>();
  readonly secrets = new Map<string, string>();
  readonly violations: Violation[] = [];
  readonly #tables = new Map<string, Table>();
  readonly #changes = new Map<string, number>();

  table(doctype: string): Table {
    let table = this.#tables.get(doctype);
    if (table === undefined) {
      table = new Table(INDEXES[doctype] ?? []);
      this.#tables.set(doctype, table);
    }
    return table;
  }

  /** All committed records of a DocType, in the order they were stored. For assertions. */
  rows(doctype: string): Doc[] {
    return [...this.table(doctype).rows()].map((row) => row.doc);
  }

  get(doctype: string, name: string): Doc | undefined {
    return this.table(doctype).find(name)?.doc;
  }

  /** Stores a record without any check; replaces one of the same id. */
  put(doctype: string, doc: Doc): Doc {
    const table = this.table(doctype);
    const row = table.find(doc.name);
    if (row === undefined) table.add(doc, null);
    else table.replace(row, doc);
    this.noteChange(doctype);
    return doc;
  }

  noteChange(doctype: string): void {
    this.#changes.set(doctype, this.changesOf(doctype) + 1);
  }

  /** Grows with every committed write to a DocType; the pages poll it in place of a socket. */
  changesOf(doctype: string): number {
    return this.#changes.get(doctype) ?? 0;
  }
}
