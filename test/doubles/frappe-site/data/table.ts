import { fold } from "./collation.ts";
import { isScalar, textOf } from "./value.ts";
import type { Doc } from "./value.ts";

/** A row and the transaction that has written it but not yet committed (`null` = committed, seen by everybody). */
export interface Row {
  doc: Doc;
  writer: symbol | null;
}

/** The rows of one DocType, found by id and by a few indexed fields, compared as the database compares text. */
export class Table {
  readonly #rows = new Map<string, Row>();
  readonly #indexes = new Map<string, Map<string, Set<Row>>>();

  constructor(indexed: readonly string[]) {
    for (const field of indexed) this.#indexes.set(field, new Map());
  }

  get size(): number {
    return this.#rows.size;
  }

  find(name: string, reader: symbol | null = null): Row | undefined {
    const row = this.#rows.get(fold(name));
    return row !== undefined && isVisible(row, reader) ? row : undefined;
  }

  has(name: string): boolean {
    return this.#rows.has(fold(name));
  }

  *rows(reader: symbol | null = null): Generator<Row> {
    for (const row of this.#rows.values()) if (isVisible(row, reader)) yield row;
  }

  /** Rows whose `field` equals one of `values`, or `null` when that field has no index. */
  *lookUp(field: string, values: readonly string[], reader: symbol | null = null): Generator<Row> {
    const index = this.#indexes.get(field);
    for (const key of new Set(values.map(fold))) {
      for (const row of index?.get(key) ?? []) if (isVisible(row, reader)) yield row;
    }
  }

  isIndexed(field: string): boolean {
    return this.#indexes.has(field);
  }

  add(doc: Doc, writer: symbol | null): Row {
    const row: Row = { doc, writer };
    this.#rows.set(fold(doc.name), row);
    this.#index(row);
    return row;
  }

  replace(row: Row, doc: Doc): void {
    this.remove(row);
    row.doc = doc;
    this.#rows.set(fold(doc.name), row);
    this.#index(row);
  }

  remove(row: Row): void {
    this.#rows.delete(fold(row.doc.name));
    for (const [field, index] of this.#indexes) index.get(keyOf(row.doc, field))?.delete(row);
  }

  #index(row: Row): void {
    for (const [field, index] of this.#indexes) {
      const key = keyOf(row.doc, field);
      const bucket = index.get(key);
      if (bucket === undefined) index.set(key, new Set([row]));
      else bucket.add(row);
    }
  }
}

function isVisible(row: Row, reader: symbol | null): boolean {
  return row.writer === null || row.writer === reader;
}

function keyOf(doc: Doc, field: string): string {
  const value = doc[field];
  return isScalar(value) ? fold(textOf(value)) : "";
}
