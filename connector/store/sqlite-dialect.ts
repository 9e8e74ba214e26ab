import { AsyncLocalStorage } from "node:async_hooks";

import type Database from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
} from "kysely";

import { TandemError } from "@tandem/contracts/errors.ts";

/** The flow that runs inside a transaction; `open` turns false with its end. */
export type TransactionFlow = AsyncLocalStorage<{ open: boolean }>;

/** Kysely's SQLite dialect with a driver of our own: one connection, guarded, and errors as the product names them. */
export class StoreDialect extends SqliteDialect {
  readonly #driver: StoreDriver;

  constructor(database: Database.Database, flow: TransactionFlow, translate: (error: unknown) => unknown) {
    super({ database });
    this.#driver = new StoreDriver(database, flow, new StoreConnection(database, translate));
  }

  override createDriver(): Driver {
    return this.#driver;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite does roll back schema changes, so a killed migration leaves nothing half made. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class StoreDriver implements Driver {
  readonly #database: Database.Database;
  readonly #flow: TransactionFlow;
  readonly #connection: DatabaseConnection;
  #held = false;
  readonly #waiting: (() => void)[] = [];

  constructor(database: Database.Database, flow: TransactionFlow, connection: DatabaseConnection) {
    this.#database = database;
    this.#flow = flow;
    this.#connection = connection;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    // There is one connection, and this flow's own transaction holds it: waiting for it would never end.
    if (this.#flow.getStore()?.open === true) {
      throw new TandemError("internal.unexpected", { problem: "a query beside the transaction it runs in" });
    }
    if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#held = true;
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    // Handed over directly, so that nobody who comes later overtakes who waits.
    const next = this.#waiting.shift();
    if (next === undefined) this.#held = false;
    else next();
    return Promise.resolve();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Taking the write lock at once means that a transaction never fails half way because of another program.
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // On a full disk SQLite rolls back by itself; a second rollback would fail and hide the first error.
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  destroy(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

/** Statements kept ready; the product has a few dozen, and large ones cost as much to prepare as to run. */
const STATEMENTS_KEPT = 64;

class StoreConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #translate: (error: unknown) => unknown;
  /** In order of last use. */
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database, translate: (error: unknown) => unknown) {
    this.#database = database;
    this.#translate = translate;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // A promise even for what fails at once, as Kysely expects it.
    return new Promise((resolve, reject) => {
      try {
        resolve(this.#run<R>(query));
      } catch (error) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passes on what SQLite threw
        reject(this.#translate(error));
      }
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- an error belongs to the first step of the stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("the one connection would stay busy for the whole stream: read in pages");
  }

  #run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.#prepared(sql);
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepared(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > STATEMENTS_KEPT && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}
