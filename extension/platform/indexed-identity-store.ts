import type { Identity, IdentityStore } from "../background/connection/identity.ts";

const DATABASE = "tandem";
const TABLE = "identity";
const KEY = "current";

/**
 * Keeps the pairing in IndexedDB of the extension's origin, the one place that stores a CryptoKey without exporting it
 * and that no page or content script can open (`browser-and-localhost.md` §9.3).
 */
export class IndexedIdentityStore implements IdentityStore {
  readonly #factory: IDBFactory;

  constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  async load(): Promise<Identity | null> {
    const found: unknown = await this.#use("readonly", (table) => table.get(KEY));
    // Nobody but `save` writes this table.
    return (found as Identity | undefined) ?? null;
  }

  async save(identity: Identity): Promise<void> {
    await this.#use("readwrite", (table) => table.put(identity, KEY));
  }

  async clear(): Promise<void> {
    await this.#use("readwrite", (table) => table.delete(KEY));
  }

  async #use(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
    const open = this.#factory.open(DATABASE, 1);
    open.onupgradeneeded = () => open.result.createObjectStore(TABLE);
    const database = await settled(open);
    try {
      const transaction = database.transaction(TABLE, mode);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB transaction aborted"));
      });
      const result: unknown = await settled(act(transaction.objectStore(TABLE)));
      await done;
      return result;
    } finally {
      database.close();
    }
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB request failed"));
  });
}
