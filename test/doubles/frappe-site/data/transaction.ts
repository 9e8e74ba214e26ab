import type { SiteData } from "./site-data.ts";
import type { Row } from "./table.ts";
import type { Doc } from "./value.ts";

/**
 * One database transaction: inserts are seen by others only after `commit`, and `rollBack` undoes everything, the
 * number series included. Two open transactions do not see each other's rows, so both may pass a check for duplicates
 * (`frappe-hr.md` §14.9 rule 4).
 */
export class Transaction {
  readonly id = Symbol("transaction");
  readonly #data: SiteData;
  readonly #undo: (() => void)[] = [];
  readonly #inserted: Row[] = [];
  readonly #changed = new Set<string>();

  constructor(data: SiteData) {
    this.#data = data;
  }

  find(doctype: string, name: string): Doc | undefined {
    return this.#data.table(doctype).find(name, this.id)?.doc;
  }

  *lookUp(doctype: string, field: string, value: string): Generator<Doc> {
    const table = this.#data.table(doctype);
    for (const row of table.lookUp(field, [value], this.id)) yield row.doc;
  }

  insert(doctype: string, doc: Doc): void {
    const table = this.#data.table(doctype);
    const row = table.add(doc, this.id);
    this.#inserted.push(row);
    this.#changed.add(doctype);
    this.#undo.push(() => table.remove(row));
  }

  update(doctype: string, name: string, doc: Doc): void {
    const table = this.#data.table(doctype);
    const row = table.find(name, this.id);
    if (row === undefined) throw new Error(`no ${doctype} ${name} to update`);
    const before = row.doc;
    table.replace(row, doc);
    this.#changed.add(doctype);
    this.#undo.push(() => table.replace(row, before));
  }

  remove(doctype: string, name: string): void {
    const table = this.#data.table(doctype);
    const row = table.find(name, this.id);
    if (row === undefined) throw new Error(`no ${doctype} ${name} to remove`);
    table.remove(row);
    this.#changed.add(doctype);
    this.#undo.push(() => table.add(row.doc, row.writer));
  }

  /** The next number of a series. Given back when the transaction is rolled back. */
  nextNumber(series: string): number {
    const number = (this.#data.series.get(series) ?? 0) + 1;
    this.#data.series.set(series, number);
    this.#undo.push(() => this.revertNumber(series, number));
    return number;
  }

  /** Takes `number` back if it is the last one given: a deleted last record's id is used again (measured). */
  revertNumber(series: string, number: number): void {
    if (this.#data.series.get(series) === number) this.#data.series.set(series, number - 1);
  }

  commit(): void {
    for (const row of this.#inserted) row.writer = null;
    for (const doctype of this.#changed) this.#data.noteChange(doctype);
    this.#undo.length = 0;
    this.#inserted.length = 0;
    this.#changed.clear();
  }

  rollBack(): void {
    for (const step of this.#undo.toReversed()) step();
    this.#undo.length = 0;
    this.#inserted.length = 0;
    this.#changed.clear();
  }
}
