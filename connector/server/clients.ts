import type { PairedClient } from "@tandem/contracts/domain/client.ts";
import type { ClientId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { StoredClient } from "../settings/settings-data.ts";
import type { Settings } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";

/** The paired browser profiles: who they are, and withdrawing one. */
export class Clients {
  readonly #deps: { store: Store; audit: Audit; settings: Settings; clock: Clock };
  #onRevoked: (clientId: ClientId) => void = () => {};

  constructor(deps: { store: Store; audit: Audit; settings: Settings; clock: Clock }) {
    this.#deps = deps;
  }

  /** Called with each client that loses its pairing, so that its sessions end at once. */
  whenRevoked(listener: (clientId: ClientId) => void): void {
    this.#onRevoked = listener;
  }

  list(): PairedClient[] {
    return this.#deps.settings.clients.map(publicFacts);
  }

  get(clientId: ClientId): StoredClient | null {
    return this.#deps.settings.client(clientId);
  }

  isPairedOrigin(origin: string): boolean {
    return this.#deps.settings.clients.some((client) => client.origin === origin && client.revokedAt === null);
  }

  /** Keeps a newly paired client; the audit entry stands in the same transaction. */
  async add(client: StoredClient): Promise<void> {
    await this.#deps.store.transaction(async (tx) => {
      await this.#deps.audit.append(tx, {
        actor: `client:${client.clientId}`,
        action: "clients.pair",
        subject: client.clientId,
        outcome: "succeeded",
        detail: { origin: client.origin, label: client.label, fingerprint: client.fingerprint },
      });
      // Last, so that a failure to write the settings takes the audit entry back as well.
      await this.#deps.settings.saveClient(client);
    });
  }

  async seen(clientId: ClientId): Promise<void> {
    const client = this.get(clientId);
    if (client === null) return;
    await this.#deps.settings.saveClient({ ...client, lastSeenAt: instantOf(this.#deps.clock.now()) });
  }

  /** Errors: `pairing.client-unknown`. Revoking twice is fine. */
  async revoke(clientId: ClientId, actor: string): Promise<PairedClient[]> {
    const client = this.get(clientId);
    if (client === null) throw new TandemError("pairing.client-unknown", { clientId });
    if (client.revokedAt === null) {
      const revokedAt = instantOf(this.#deps.clock.now());
      await this.#deps.store.transaction(async (tx) => {
        await this.#deps.audit.append(tx, { actor, action: "clients.revoke", subject: clientId, outcome: "succeeded" });
        await this.#deps.settings.saveClient({ ...client, revokedAt });
      });
      this.#onRevoked(clientId);
    }
    return this.list();
  }
}

function publicFacts(client: StoredClient): PairedClient {
  const { clientId, label, origin, fingerprint, pairedAt, lastSeenAt, revokedAt } = client;
  return { clientId, label, origin, fingerprint, pairedAt, lastSeenAt, revokedAt };
}
