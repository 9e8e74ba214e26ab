import { randomBytes } from "node:crypto";

import { z } from "zod";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { FileRights } from "../platform/file-rights.ts";
import type { FileSystem } from "../platform/file-system.ts";
import type { DataPaths } from "../store/data-folder.ts";
import { toStoreError } from "../store/store-error.ts";

import { HeldMasterKey, keyIdOf, MASTER_KEY_BYTES } from "./master-key.ts";
import type { KeyVault, MasterKey } from "./vault.ts";

const KeyFile = z.strictObject({
  version: z.literal(1),
  keyId: z.string(),
  key: z.base64(),
});

/** The master key in a file of its own that only the user who runs Tandem can read. */
export class FileKeyVault implements KeyVault {
  readonly #paths: DataPaths;
  readonly #fs: FileSystem;
  readonly #rights: FileRights;

  constructor(paths: DataPaths, fs: FileSystem, rights: FileRights) {
    this.#paths = paths;
    this.#fs = fs;
    this.#rights = rights;
  }

  async load(): Promise<MasterKey> {
    const { key: file, keyFolder } = this.#paths;
    return this.#guarded(async () => {
      if (!(await this.#fs.exists(file))) throw new TandemError("store.key-missing", { file });
      for (const path of [file, keyFolder]) {
        if (await this.#rights.othersCanRead(path)) throw new TandemError("store.key-exposed", { file: path });
      }
      const text = await this.#fs.readText(file);
      if (text === null) throw new TandemError("store.key-missing", { file });
      return parseKeyFile(text, file);
    });
  }

  async create(): Promise<MasterKey> {
    const { key: file, database } = this.#paths;
    return this.#guarded(async () => {
      if (await this.#fs.exists(file)) throw new TandemError("store.key-exists", { file });
      if (await this.#fs.exists(database)) throw new TandemError("store.key-missing", { file });
      await this.#write(randomBytes(MASTER_KEY_BYTES));
      return this.load();
    });
  }

  /** Puts a key back that was recovered, where the file is lost. Throws `store.key-exists`. */
  async restore(bytes: Uint8Array): Promise<MasterKey> {
    const { key: file } = this.#paths;
    return this.#guarded(async () => {
      if (await this.#fs.exists(file)) throw new TandemError("store.key-exists", { file });
      await this.#write(bytes);
      return this.load();
    });
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { key: file, keyFolder } = this.#paths;
    await this.#fs.createFolder(keyFolder, 0o700);
    await this.#rights.restrict(keyFolder);
    const key = Buffer.from(bytes).toString("base64");
    const text = JSON.stringify({ version: 1, keyId: keyIdOf(bytes), key }, null, 2);
    await this.#fs.writeDurably(file, `${text}\n`, 0o600);
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(error, this.#paths.keyFolder, () => Number.POSITIVE_INFINITY);
    }
  }
}

function parseKeyFile(text: string, file: string): MasterKey {
  const parsed = KeyFile.safeParse(parseJson(text));
  // The cause is left out on purpose: a parser's message may quote the file.
  if (!parsed.success) throw new TandemError("store.key-wrong", { file, problem: "not a key file" });
  const bytes = Buffer.from(parsed.data.key, "base64");
  if (bytes.length !== MASTER_KEY_BYTES || keyIdOf(bytes) !== parsed.data.keyId) {
    throw new TandemError("store.key-wrong", { file, problem: "the key does not fit its id" });
  }
  return new HeldMasterKey(parsed.data.keyId, bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
