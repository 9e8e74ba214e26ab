import { type Kysely, type Migration, sql } from "kysely";

const UNCHANGED = [
  "id",
  "source",
  "source_key",
  "terminal",
  "id_space",
  "zone",
  "user_id",
  "at",
  "verify",
  "state",
  "work_code",
  "log_position",
  "raw",
  "raw_id",
  "first_read_at",
];

/**
 * Punches from files have a name of their own there, which is as immutable as the rest of a punch; and how the files of one
 * source are read is kept, because another reading of the same rows would count them twice.
 */
export const punchFiles: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("punches").addColumn("raw_id", "text").execute();
    await db.schema
      .createTable("file_sources")
      .addColumn("source", "text", (column) => column.primaryKey())
      .addColumn("column_order", "text")
      .addColumn("says", "text")
      .execute();
    const changes = sql.join(
      UNCHANGED.map((column) => sql`old.${sql.ref(column)} is not new.${sql.ref(column)}`),
      sql` or `,
    );
    // SQLite's trigger language, as in 0001.
    await sql`drop trigger punches_only_raise_count`.execute(db);
    await sql`
      create trigger punches_only_raise_count before update on punches
      when new.count < old.count or ${changes}
      begin select raise(abort, 'a punch is immutable'); end`.execute(db);
  },
};
