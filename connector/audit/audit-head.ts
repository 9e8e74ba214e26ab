import { createHmac, timingSafeEqual } from "node:crypto";

import { z } from "zod";

import type { Tx } from "../store/store.ts";

import { GENESIS_HASH } from "./hash-chain.ts";

/** Where the chain ends. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

const StoredHead = z.object({ seq: z.number().int(), hash: z.string(), mac: z.string() });

const META_KEY = "audit-head";

/**
 * The end of the chain, kept beside it under a MAC. A hash chain alone cannot tell that its tail was cut off; the
 * head can, and nobody without the master key can write one.
 */
export class AuditHead {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The head of an empty log. */
  async begin(tx: Tx): Promise<void> {
    await tx
      .insertInto("meta")
      .values({ key: META_KEY, value: this.#sealed({ seq: 0, hash: GENESIS_HASH }) })
      .execute();
  }

  /** Null when it is missing or not ours: then the log has been tampered with. */
  async read(tx: Tx): Promise<Head | null> {
    const row = await tx.selectFrom("meta").select("value").where("key", "=", META_KEY).executeTakeFirst();
    if (row === undefined) return null;
    const stored = StoredHead.safeParse(parseJson(row.value));
    if (!stored.success) return null;
    const { seq, hash, mac } = stored.data;
    return isSame(mac, this.#mac({ seq, hash })) ? { seq, hash } : null;
  }

  async move(tx: Tx, head: Head): Promise<void> {
    await tx
      .updateTable("meta")
      .set({ value: this.#sealed(head) })
      .where("key", "=", META_KEY)
      .execute();
  }

  #sealed(head: Head): string {
    return JSON.stringify({ ...head, mac: this.#mac(head) });
  }

  #mac(head: Head): string {
    return createHmac("sha256", this.#key).update(`${head.seq}|${head.hash}`).digest("hex");
  }
}

function isSame(found: string, expected: string): boolean {
  const [a, b] = [Buffer.from(found, "utf8"), Buffer.from(expected, "utf8")];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
