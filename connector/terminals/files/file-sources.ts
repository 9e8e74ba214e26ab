import { AttlogOrder } from "@tandem/contracts/domain/punch-file.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { PunchSource } from "../../ledger/ledger.ts";
import type { Store, Tx } from "../../store/store.ts";

import type { FilePunch } from "./file-punch.ts";

/** How the files of one source were read; null for what none of them told. */
export interface FileSource {
  readonly order: AttlogOrder | null;
  /** Which codes the rows tell: they are part of what a punch is told apart by. */
  readonly says: string | null;
}

/** `verify`, `state`, both with a `+`, or nothing; null without punches. */
export function saidBy(punches: readonly FilePunch[]): string | null {
  if (punches.length === 0) return null;
  const verify = punches.some((punch) => punch.verify !== null) ? ["verify"] : [];
  const state = punches.some((punch) => punch.state !== null || punch.direction !== undefined) ? ["state"] : [];
  return [...verify, ...state].join("+");
}

/** Files that tell other codes than those before would count every punch again. Throws `import.not-comparable`. */
export async function refuseOtherCodes(
  store: Store,
  { source, terminal }: PunchSource,
  says: string | null,
): Promise<void> {
  const row = await store.db.selectFrom("file_sources").select("says").where("source", "=", source).executeTakeFirst();
  const before = row?.says ?? null;
  if (before !== null && says !== null && before !== says) throw new TandemError("import.not-comparable", { terminal });
}

/** What is known of the first of these sources of which files were read before. */
export async function findFileSource(store: Store, sources: readonly string[]): Promise<Pick<FileSource, "order">> {
  const row = await store.db
    .selectFrom("file_sources")
    .select("column_order")
    .where("source", "in", [...sources])
    .where("column_order", "is not", null)
    .executeTakeFirst();
  return { order: AttlogOrder.safeParse(row?.column_order).data ?? null };
}

/** Keeps how a file was read, for the files that follow; what was known stays. */
export async function noteFileSource(tx: Tx, source: string, { order, says }: FileSource): Promise<void> {
  await tx
    .insertInto("file_sources")
    .values({ source, column_order: order, says })
    .onConflict((conflict) =>
      conflict.column("source").doUpdateSet((row) => ({
        says: row.fn.coalesce("file_sources.says", "excluded.says"),
        column_order: row.fn.coalesce("file_sources.column_order", "excluded.column_order"),
      })),
    )
    .execute();
}
