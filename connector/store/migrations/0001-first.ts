import { type Kysely, type Migration, sql } from "kysely";

/** All tables of the first release. What is SQLite's alone is marked, because the same migration will serve PostgreSQL. */
export const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createBasics(db);
    await createJobs(db);
    await createTerminalsAndPeople(db);
    await createPunches(db);
    await createDeliveries(db);
    await createGuards(db);
  },
};

async function createBasics(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("meta")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("secrets")
    .addColumn("ref", "text", (column) => column.primaryKey().notNull())
    .addColumn("key_id", "text", (column) => column.notNull())
    .addColumn("sealed", "blob", (column) => column.notNull())
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("audit")
    .addColumn("seq", "integer", (column) => column.primaryKey().notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("detail", "text", (column) => column.notNull())
    .addColumn("prev_hash", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
}

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("jobs")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("params", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("started_at", "text")
    .addColumn("finished_at", "text")
    .addColumn("error", "text")
    .execute();
  await db.schema.createIndex("jobs_by_state").on("jobs").column("state").execute();
  await db.schema
    .createTable("job_items")
    .addColumn("job_id", "text", (column) => column.notNull().references("jobs.id").onDelete("cascade"))
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("done", "integer", (column) => column.notNull())
    .addColumn("total", "integer")
    .addColumn("result", "text")
    .addColumn("error", "text")
    .addPrimaryKeyConstraint("job_items_key", ["job_id", "key"])
    .execute();
}

async function createTerminalsAndPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("terminals")
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("address", "text")
    .addColumn("serial", "text")
    .addColumn("id_space", "text", (column) => column.notNull())
    .addColumn("zone", "text", (column) => column.notNull())
    .addColumn("direction", "text", (column) => column.notNull())
    .addColumn("machine", "integer")
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("comm_key_ref", "text")
    .addColumn("name_encoding", "text", (column) => column.notNull())
    .addColumn("added_at", "text", (column) => column.notNull())
    .addColumn("last_read_at", "text")
    .addColumn("last_read_started_at", "text")
    .addColumn("last_error_code", "text")
    .addColumn("last_error_at", "text")
    .addColumn("removed_at", "text")
    .execute();
  await db.schema
    .createTable("people")
    .addColumn("person_id", "text", (column) => column.primaryKey().notNull())
    .addColumn("hr_site", "text")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("department", "text")
    .addColumn("branch", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("joined", "text")
    .addColumn("left_on", "text")
    .addColumn("employee_number", "text")
    .addColumn("device_id", "text")
    .addColumn("synced_at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("id_links")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("id_space", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("person_id", "text", (column) => column.notNull())
    .addColumn("scheme", "text", (column) => column.notNull())
    .addColumn("valid_from", "text")
    .addColumn("valid_to", "text")
    .addColumn("set_by", "text", (column) => column.notNull())
    .addColumn("set_at", "text", (column) => column.notNull())
    .addColumn("why", "text", (column) => column.notNull())
    .addColumn("removed_at", "text")
    .addColumn("removed_by", "text")
    .addColumn("removed_why", "text")
    .execute();
  await db.schema.createIndex("id_links_by_user").on("id_links").columns(["id_space", "user_id"]).execute();
  await db.schema.createIndex("id_links_by_person").on("id_links").column("person_id").execute();
}

async function createPunches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("punches")
    // SQLite: an alias of the row number; PostgreSQL: an identity column.
    .addColumn("id", "integer", (column) => column.primaryKey().notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("source_key", "text", (column) => column.notNull())
    .addColumn("terminal", "text", (column) => column.notNull())
    .addColumn("id_space", "text", (column) => column.notNull())
    .addColumn("zone", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("at", "text")
    .addColumn("verify", "integer", (column) => column.notNull())
    .addColumn("state", "integer", (column) => column.notNull())
    .addColumn("work_code", "integer")
    .addColumn("count", "integer", (column) => column.notNull().check(sql`count >= 1`))
    .addColumn("log_position", "integer")
    .addColumn("raw", "blob", (column) => column.notNull())
    .addColumn("first_read_at", "text", (column) => column.notNull())
    .addUniqueConstraint("punches_natural_key", ["source", "source_key"])
    .execute();
  await db.schema.createIndex("punches_by_time").on("punches").column("at").execute();
  await db.schema.createIndex("punches_by_user").on("punches").columns(["id_space", "user_id"]).execute();
  // Few rows: lets counts add what a row holds beyond one record without reading every punch.
  await db.schema
    .createIndex("punches_repeated")
    .on("punches")
    .column("count")
    .where(sql.ref("count"), ">", 1)
    .execute();
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("events")
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement().notNull())
    .addColumn("hr_site", "text", (column) => column.notNull())
    .addColumn("person_id", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("log_type", "text", (column) => column.notNull())
    .addColumn("device", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("record", "text")
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("error", "text")
    .addColumn("delivered_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("events_once", ["hr_site", "person_id", "at", "log_type"])
    .execute();
  await db.schema.createIndex("events_by_state").on("events").column("state").execute();
  await db.schema
    .createTable("deliveries")
    .addColumn("punch_id", "integer", (column) => column.primaryKey().notNull().references("punches.id"))
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("person_id", "text")
    .addColumn("link_id", "text")
    .addColumn("event_id", "integer", (column) => column.references("events.id"))
    .addColumn("updated_at", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("deliveries_by_state").on("deliveries").column("state").execute();
  await db.schema
    .createIndex("deliveries_by_person")
    .on("deliveries")
    .column("person_id")
    .where(sql.ref("person_id"), "is not", null)
    .execute();
  await db.schema
    .createIndex("deliveries_by_event")
    .on("deliveries")
    .column("event_id")
    .where(sql.ref("event_id"), "is not", null)
    .execute();
}

/** SQLite's trigger language: what was read once and what was logged once stays as it is, whoever holds the connection. */
async function createGuards(db: Kysely<unknown>): Promise<void> {
  const unchanged = [
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
    "first_read_at",
  ];
  const changes = sql.join(
    unchanged.map((column) => sql`old.${sql.ref(column)} is not new.${sql.ref(column)}`),
    sql` or `,
  );
  await sql`
    create trigger punches_only_raise_count before update on punches
    when new.count < old.count or ${changes}
    begin select raise(abort, 'a punch is immutable'); end`.execute(db);
  await sql`
    create trigger punches_never_deleted before delete on punches
    begin select raise(abort, 'a punch is never deleted'); end`.execute(db);
  await sql`
    create trigger audit_never_changed before update on audit
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  await sql`
    create trigger audit_never_deleted before delete on audit
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
}
