import type { Kysely, Migration } from "kysely";

/** What terminals were found to hold over time, and which of them are listened to. */
export const fleet: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable("terminals")
      .addColumn("live", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable("terminal_readings")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement().notNull())
      .addColumn("terminal", "text", (column) => column.notNull().references("terminals.name"))
      .addColumn("source", "text", (column) => column.notNull())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("users", "integer")
      .addColumn("user_capacity", "integer")
      .addColumn("fingers", "integer")
      .addColumn("finger_capacity", "integer")
      .addColumn("faces", "integer")
      .addColumn("face_capacity", "integer")
      .addColumn("punches", "integer")
      .addColumn("punch_capacity", "integer")
      .addColumn("clock_offset_seconds", "integer")
      .addColumn("log_count", "integer")
      .addColumn("log_head", "text")
      .addColumn("log_tail", "text")
      .addColumn("continuity", "text")
      .addColumn("last_punch_at", "text")
      .addColumn("usual_hours", "text")
      .execute();
    await db.schema
      .createIndex("terminal_readings_by_terminal")
      .on("terminal_readings")
      .columns(["terminal", "source", "id"])
      .execute();
  },
};
