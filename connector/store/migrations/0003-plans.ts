import type { Kysely, Migration } from "kysely";

/** Plans for terminals, and the moves that must be settled before anything else. */
export const plans: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("plans")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement().notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("request", "text", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("plan_items")
      .addColumn("plan_id", "integer", (column) => column.notNull().references("plans.id"))
      .addColumn("position", "integer", (column) => column.notNull())
      .addColumn("terminal", "text", (column) => column.notNull())
      .addColumn("person_id", "text")
      .addColumn("user_id", "text")
      .addColumn("new_user_id", "text")
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("reason", "text")
      .addColumn("details", "text", (column) => column.notNull())
      .addColumn("fingers", "text", (column) => column.notNull())
      .addColumn("result", "text")
      .addColumn("code", "text")
      .addPrimaryKeyConstraint("plan_items_once", ["plan_id", "position"])
      .execute();
    await db.schema
      .createIndex("plan_items_by_terminal")
      .on("plan_items")
      .columns(["plan_id", "terminal", "user_id"])
      .execute();
    await db.schema
      .createTable("moves")
      .addColumn("terminal", "text", (column) => column.notNull())
      .addColumn("user_id", "text", (column) => column.notNull())
      .addColumn("new_user_id", "text", (column) => column.notNull())
      .addColumn("person_id", "text", (column) => column.notNull())
      .addColumn("plan_id", "integer", (column) => column.notNull())
      .addColumn("stage", "text", (column) => column.notNull())
      .addColumn("memento_ref", "text", (column) => column.notNull())
      .addColumn("algorithm", "text", (column) => column.notNull())
      .addColumn("error", "text")
      .addColumn("begun_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("moves_once", ["terminal", "user_id"])
      .execute();
    await db.schema.alterTable("terminals").addColumn("upload_method", "text").execute();
  },
};
