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

/** Kysely's SQLite dialect with three changes, each at the one place every query passes. */
export class StoreDialect extends SqliteDialect {
  readonly #database: Database.Database;
  readonly #flow: TransactionFlow;
  readonly #translate: (error: unknown) => unknown;

  constructor(database: Database.Database, flow: TransactionFlow, translate: (error: unknown) => unknown) {
    super({ database });
    this.#database = database;
    this.#flow = flow;
    this.#translate = translate;
  }

  override createDriver(): Driver {
    return new StoreDriver(super.createDriver(), this.#database, this.#flow, this.#translate);
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
  readonly #inner: Driver;
  readonly #database: Database.Database;
  readonly #flow: TransactionFlow;
  readonly #translate: (error: unknown) => unknown;

  constructor(
    inner: Driver,
    database: Database.Database,
    flow: TransactionFlow,
    translate: (error: unknown) => unknown,
  ) {
    this.#inner = inner;
    this.#database = database;
    this.#flow = flow;
    this.#translate = translate;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    // There is one connection, and this flow's own transaction holds it: waiting for it would never end.
    if (this.#flow.getStore()?.open === true) {
      throw new TandemError("internal.unexpected", { problem: "a query beside the transaction it runs in" });
    }
    return new StoreConnection(await this.#inner.acquireConnection(), this.#translate);
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

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(connection);
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

class StoreConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #translate: (error: unknown) => unknown;

  constructor(inner: DatabaseConnection, translate: (error: unknown) => unknown) {
    this.#inner = inner;
    this.#translate = translate;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.#inner.executeQuery<R>(query);
    } catch (error) {
      throw this.#translate(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.#inner.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
