import type { Migration, MigrationProvider } from "kysely";

import { first } from "./0001-first.ts";

/** In order; names are never reused and never change. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-first": first,
};

/** Migrations from the program itself, so that the bundled connector needs no folder of scripts. */
export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ ...MIGRATIONS }),
};
