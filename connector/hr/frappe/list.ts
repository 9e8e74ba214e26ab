import { z } from "zod";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { FrappeClient } from "./client.ts";

const ListRows = z.array(z.record(z.string(), z.unknown()));
export type ListRow = Readonly<Record<string, unknown>>;
export type Filter = readonly [
  field: string,
  operator: "=" | "in" | ">" | ">=" | "<=",
  value: string | readonly string[],
];

export interface ListQuery {
  readonly fields: readonly string[];
  readonly filters: readonly Filter[];
  readonly orderBy: string;
  /** 0 = all. */
  readonly length: number;
  /** The DocType whose rights count, for a child table. */
  readonly parent?: string;
}

/** Longest encoded filter value list in one address; servers refuse addresses of 8 kB. */
const LONGEST = 4000;

/** One list answer, always with fields, order and length: their defaults differ between versions (`frappe-hr.md` §9.2). */
export async function listRecords(
  client: FrappeClient,
  doctype: string,
  query: ListQuery,
  signal?: AbortSignal,
): Promise<readonly ListRow[]> {
  const { body } = await client.get(
    `/api/resource/${encodeURIComponent(doctype)}`,
    {
      fields: JSON.stringify(query.fields),
      filters: JSON.stringify(query.filters),
      order_by: query.orderBy,
      limit_page_length: String(query.length),
      ...(query.parent === undefined ? {} : { parent: query.parent }),
    },
    signal,
  );
  const rows = ListRows.safeParse(body["data"]);
  if (!rows.success) throw new TandemError("hr.not-frappe", { origin: client.origin });
  return rows.data;
}

/** Splits values of an `in` filter so that each address stays short enough; letters outside ASCII take nine bytes. */
export function inGroups(values: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let room = 0;
  for (const value of values) {
    const size = encodeURIComponent(`${JSON.stringify(value)},`).length;
    if (groups.length === 0 || size > room) {
      groups.push([]);
      room = LONGEST;
    }
    groups.at(-1)?.push(value);
    room -= size;
  }
  return groups;
}

/** A text column; empty for NULL. */
export function textOf(row: ListRow, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
