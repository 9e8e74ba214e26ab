import type { Migration, MigrationProvider } from "kysely";

import { first } from "./0001-first.ts";
import { consentAndVault } from "./0002-consent-and-vault.ts";
import { plans } from "./0003-plans.ts";
import { fleet } from "./0004-fleet.ts";
import { punchFiles } from "./0005-punch-files.ts";

/** In order; names are never reused and never change. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-first": first,
  "0002-consent-and-vault": consentAndVault,
  "0003-plans": plans,
  "0004-fleet": fleet,
  "0005-punch-files": punchFiles,
};

/** Migrations from the program itself, so that the bundled connector needs no folder of scripts. */
export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ ...MIGRATIONS }),
};
