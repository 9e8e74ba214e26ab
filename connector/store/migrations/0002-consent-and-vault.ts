import { type Kysely, type Migration, sql } from "kysely";

/** Consents, and the sealed templates that need them. */
export const consentAndVault: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createConsents(db);
    await createVault(db);
  },
};

async function createConsents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("consents")
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement().notNull())
    .addColumn("person_id", "text", (column) => column.notNull().references("people.person_id"))
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("text_version", "text")
    .addColumn("language", "text")
    .addColumn("method", "text")
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("why", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("consents_by_person")
    .on("consents")
    .columns(["kind", "purpose", "person_id", "id"])
    .execute();
  // SQLite's trigger language, as in 0001.
  await sql`
    create trigger consents_never_changed before update on consents
    begin select raise(abort, 'consents are append-only'); end`.execute(db);
  await sql`
    create trigger consents_never_deleted before delete on consents
    begin select raise(abort, 'consents are append-only'); end`.execute(db);
}

async function createVault(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("person_keys")
    .addColumn("person_id", "text", (column) => column.primaryKey().notNull())
    .addColumn("key_id", "text", (column) => column.notNull())
    .addColumn("wrapped", "blob", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("templates")
    .addColumn("person_id", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("finger", "integer", (column) => column.notNull())
    .addColumn("algorithm", "text", (column) => column.notNull())
    .addColumn("copy", "text", (column) => column.notNull())
    .addColumn("sealed", "blob", (column) => column.notNull())
    .addColumn("sealed_at", "text", (column) => column.notNull())
    .addColumn("expires_at", "text")
    .addPrimaryKeyConstraint("templates_once", ["person_id", "kind", "finger", "algorithm", "copy"])
    .execute();
  await db.schema.createIndex("templates_by_expiry").on("templates").column("expires_at").execute();
  await db.schema.createIndex("templates_by_copy").on("templates").column("copy").execute();
}
