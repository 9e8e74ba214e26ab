import { PairedClient } from "@tandem/contracts/domain/client.ts";
import type { ClientId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { StoredClient } from "../settings/settings-data.ts";
import type { Settings } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";

import type { OriginStanding } from "./guard.ts";

/** How exactly `lastSeenAt` is kept: a worker lives half a minute, and each write of the settings is a synced file. */
const SEEN_PRECISION_MS = 10 * 60_000;

export interface ClientsParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly settings: Settings;
  readonly clock: Clock;
}

/** The paired browser profiles: who they are, and withdrawing one. */
export class Clients {
  readonly #parts: ClientsParts;

  constructor(parts: ClientsParts) {
    this.#parts = parts;
  }

  /** Withdrawn ones included. */
  list(): PairedClient[] {
    return this.#parts.settings.clients.map(publicFacts);
  }

  get(clientId: ClientId): StoredClient | null {
    return this.#parts.settings.client(clientId);
  }

  /** How many may still ask. */
  get active(): number {
    return this.#parts.settings.clients.filter((client) => client.revokedAt === null).length;
  }

  standingOf(origin: string): OriginStanding {
    const known = this.#parts.settings.clients.filter((client) => client.origin === origin);
    if (known.some((client) => client.revokedAt === null)) return "paired";
    return known.length > 0 ? "former" : "stranger";
  }

  /** Keeps a newly paired client; the audit entry stands in the same transaction. */
  async add(client: StoredClient): Promise<void> {
    const { store, audit, settings } = this.#parts;
    await store.transaction(async (tx) => {
      await audit.append(tx, {
        actor: `client:${client.clientId}`,
        action: "clients.pair",
        subject: client.clientId,
        outcome: "succeeded",
        detail: { origin: client.origin, fingerprint: client.fingerprint },
      });
      // Last, so that a failure to write the settings takes the audit entry back as well.
      await settings.saveClient(client);
    });
  }

  async noteSeen(clientId: ClientId): Promise<void> {
    const { settings, clock } = this.#parts;
    const client = this.get(clientId);
    const last = client?.lastSeenAt ?? null;
    if (client === null || (last !== null && clock.now() - Date.parse(last) < SEEN_PRECISION_MS)) return;
    await settings.saveClient({ ...client, lastSeenAt: instantOf(clock.now()) });
  }

  /** Errors: `pairing.client-unknown`. Withdrawing twice is fine. */
  async revoke(clientId: ClientId, actor: string): Promise<PairedClient[]> {
    const { store, audit, settings, clock } = this.#parts;
    const client = this.get(clientId);
    if (client === null) throw new TandemError("pairing.client-unknown", { clientId });
    if (client.revokedAt === null) {
      const revokedAt = instantOf(clock.now());
      await store.transaction(async (tx) => {
        await audit.append(tx, { actor, action: "clients.revoke", subject: clientId, outcome: "succeeded" });
        await settings.saveClient({ ...client, revokedAt });
      });
    }
    return this.list();
  }
}

function publicFacts(client: StoredClient): PairedClient {
  return PairedClient.parse(client);
}
