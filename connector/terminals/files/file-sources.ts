import { AttlogOrder } from "@tandem/contracts/domain/punch-file.ts";

import type { Store, Tx } from "../../store/store.ts";

/** How the files of one source were read; null for what none of them told. */
export interface FileSource {
  readonly order: AttlogOrder | null;
}

/** What is known of the first of these sources of which files were read before. */
export async function findFileSource(store: Store, sources: readonly string[]): Promise<FileSource> {
  const row = await store.db
    .selectFrom("file_sources")
    .select("column_order")
    .where("source", "in", [...sources])
    .where("column_order", "is not", null)
    .executeTakeFirst();
  return { order: AttlogOrder.safeParse(row?.column_order).data ?? null };
}

/** Keeps how a file was read, for the files that follow; what was known stays. */
export async function noteFileSource(tx: Tx, source: string, { order }: FileSource): Promise<void> {
  await tx
    .insertInto("file_sources")
    .values({ source, column_order: order })
    .onConflict((conflict) =>
      conflict.column("source").doUpdateSet((row) => ({
        column_order: row.fn.coalesce("file_sources.column_order", "excluded.column_order"),
      })),
    )
    .execute();
}
