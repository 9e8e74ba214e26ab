import { hasCode, toTandemError } from "@tandem/contracts/errors.ts";
import type { ConnectorReport } from "@tandem/contracts/messages.ts";

import type { ConnectorClient } from "./connection/client.ts";
import type { IdentityStore } from "./connection/identity.ts";
import { problemOf } from "./routing/problem.ts";

export interface ConnectorWatchDeps {
  readonly client: ConnectorClient;
  readonly identities: IdentityStore;
  /** Whether the browser forbids this extension to reach the own PC. */
  readonly isBlocked: () => Promise<boolean>;
}

/** Finds out how the connector is. Callers at the same time share one answer. */
export class ConnectorWatch {
  readonly #deps: ConnectorWatchDeps;
  #asking: Promise<ConnectorReport> | null = null;

  constructor(deps: ConnectorWatchDeps) {
    this.#deps = deps;
  }

  report(): Promise<ConnectorReport> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<ConnectorReport> {
    const { client, identities, isBlocked } = this.#deps;
    if ((await identities.load()) === null) {
      // A blocked browser cannot pair either, and the user has to hear that first.
      return (await isBlocked()) ? blocked : { state: "unpaired", status: null, problem: null };
    }
    try {
      return { state: "online", status: await client.call("status.get"), problem: null };
    } catch (error) {
      const problem = problemOf(toTandemError(error));
      if (hasCode(error, "pairing.client-unknown", "pairing.client-revoked")) {
        return { state: "unpaired", status: null, problem };
      }
      if (hasCode(error, "browser.connector-blocked")) return blocked;
      return { state: "offline", status: null, problem };
    }
  }
}

const blocked: ConnectorReport = { state: "blocked", status: null, problem: null };
