import type { Generated, Insertable, Selectable } from "kysely";

/**
 * Tables of the store, for Kysely. Conventions, so that the same schema works on SQLite and PostgreSQL: instants and
 * local times are ISO texts, booleans are 0/1 integers, JSON is text, bytes are blobs. Every change is a numbered migration.
 */
export interface Schema {
  /** Facts about this store: `schema`, `key-check`, `boot` … */
  meta: { key: string; value: string };
  /** AES-256-GCM sealed secrets; the row's `ref` is bound in as additional data. */
  secrets: { ref: string; key_id: string; sealed: Buffer; updated_at: string };
  /** Hash chain; UPDATE and DELETE abort by trigger. */
  audit: {
    seq: number;
    at: string;
    actor: string;
    action: string;
    subject: string;
    outcome: string;
    detail: string;
    prev_hash: string;
    hash: string;
  };
  jobs: {
    id: string;
    kind: string;
    params: string;
    state: string;
    actor: string;
    created_at: string;
    started_at: string | null;
    finished_at: string | null;
    error: string | null;
  };
  job_items: {
    job_id: string;
    key: string;
    position: number;
    state: string;
    attempts: number;
    done: number;
    total: number | null;
    result: string | null;
    error: string | null;
  };
  terminals: {
    name: string;
    address: string | null;
    serial: string | null;
    id_space: string;
    zone: string;
    direction: string;
    machine: number | null;
    mode: string;
    comm_key_ref: string | null;
    name_encoding: string;
    /** How templates were written last (`bulk` or `single`); null until something was. */
    upload_method: Generated<string | null>;
    added_at: string;
    last_read_at: string | null;
    /** Start of the last complete read: what `last_sync_of_checkin` may be built from. */
    last_read_started_at: string | null;
    last_error_code: string | null;
    last_error_at: string | null;
    removed_at: string | null;
    /** 1: punches are listened for as they happen, which takes the terminal's one connection. */
    live: Generated<number>;
  };
  /** What a terminal was found to hold; the newest of each day is kept. Counts are null where it told nothing usable. */
  terminal_readings: {
    id: Generated<number>;
    terminal: string;
    /** Whose log it is, as in `punches`. */
    source: string;
    at: string;
    users: number | null;
    user_capacity: number | null;
    fingers: number | null;
    finger_capacity: number | null;
    faces: number | null;
    face_capacity: number | null;
    punches: number | null;
    punch_capacity: number | null;
    clock_offset_seconds: number | null;
    /** Mark of a complete log: how many records, key of the oldest, JSON of the newest keys. Null where none was read. */
    log_count: number | null;
    log_head: string | null;
    log_tail: string | null;
    /** How this log continues the one before it (`LogContinuity`). */
    continuity: string | null;
    /** Newest punch of a complete log on the terminal's wall clock, and JSON of the hours of the week it is used in. */
    last_punch_at: string | null;
    usual_hours: string | null;
  };
  people: {
    person_id: string;
    hr_site: string | null;
    name: string;
    department: string | null;
    branch: string | null;
    status: string;
    joined: string | null;
    left_on: string | null;
    employee_number: string | null;
    device_id: string | null;
    synced_at: string;
  };
  id_links: {
    id: string;
    id_space: string;
    user_id: string;
    person_id: string;
    scheme: string;
    valid_from: string | null;
    valid_to: string | null;
    set_by: string;
    set_at: string;
    why: string;
    removed_at: string | null;
    removed_by: string | null;
    removed_why: string | null;
  };
  /** Append-only (triggers): the newest row of a person, kind and purpose decides. */
  consents: {
    id: Generated<number>;
    person_id: string;
    purpose: string;
    kind: string;
    action: string;
    text_version: string | null;
    language: string | null;
    method: string | null;
    at: string;
    actor: string;
    why: string;
  };
  /** A person's data key, wrapped by the master key; without it the person's templates are unreadable. */
  person_keys: { person_id: string; key_id: string; wrapped: Buffer; created_at: string };
  /** Sealed with the person's data key. `copy` names the copy it is held for, "" is kept; a kept one has no expiry. */
  templates: {
    person_id: string;
    kind: string;
    finger: number;
    algorithm: string;
    copy: string;
    sealed: Buffer;
    sealed_at: string;
    expires_at: string | null;
  };
  /** What is to be done to enrolments on terminals: previewed, then applied. */
  plans: { id: Generated<number>; kind: string; request: string; actor: string; created_at: string };
  /** One (person, terminal). `result` null is unfinished; `details` and `fingers` are JSON. */
  plan_items: {
    plan_id: number;
    position: number;
    terminal: string;
    person_id: string | null;
    user_id: string | null;
    new_user_id: string | null;
    action: string;
    reason: string | null;
    details: string;
    fingers: string;
    result: string | null;
    code: string | null;
  };
  /** Moves between `begun` and settled: worked off first at the next connect. The memento is a sealed secret. */
  moves: {
    terminal: string;
    user_id: string;
    new_user_id: string;
    person_id: string;
    plan_id: number;
    stage: string;
    memento_ref: string;
    algorithm: string;
    error: string | null;
    begun_at: string;
  };
  /**
   * Immutable: UPDATE may only raise `count`, DELETE aborts (triggers). One row per natural key
   * (`source`, `source_key`); `source` is `serial:<SN>`, `address:<…>` or `file:<terminal>`.
   */
  punches: {
    id: Generated<number>;
    source: string;
    source_key: string;
    terminal: string;
    id_space: string;
    zone: string;
    user_id: string;
    at: string | null;
    verify: number;
    state: number;
    work_code: number | null;
    count: number;
    /** Place in the log at the first read, from 0; null where the source has no order of its own. */
    log_position: number | null;
    raw: Buffer;
    /** Name of the row in the file it comes from; null for what a terminal was read for (`source` and `log_position`). */
    raw_id: string | null;
    first_read_at: string;
  };
  /** How the files of one source were read: the order of an attlog's columns, and the codes that rows tell. */
  file_sources: { source: string; column_order: string | null; says: string | null };
  /** Exactly one row per punch: its state towards the HR app. */
  deliveries: {
    punch_id: number;
    state: string;
    reason: string | null;
    person_id: string | null;
    link_id: string | null;
    event_id: number | null;
    updated_at: string;
  };
  /** Outbox: what the HR app is to hold. Unique on (hr_site, person_id, at, log_type). */
  events: {
    id: Generated<number>;
    hr_site: string;
    person_id: string;
    at: string;
    log_type: string;
    device: string;
    /** `queued` → `sending` → `stored` | `present` | `refused`; `sending` after a crash is looked up before it is sent again. */
    state: string;
    record: string | null;
    attempts: number;
    error: string | null;
    delivered_at: string | null;
    created_at: string;
  };
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
