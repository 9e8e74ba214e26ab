import type { ErrorCode } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Store } from "../store/store.ts";

/** Records failed attempts to pair or to open a session, by origin. Their number is limited before they come here. */
export class Refusals {
  readonly #store: Store;
  readonly #audit: Audit;

  constructor(parts: { readonly store: Store; readonly audit: Audit }) {
    this.#store = parts.store;
    this.#audit = parts.audit;
  }

  record(action: "clients.pair" | "session.open", origin: string, code: ErrorCode): Promise<void> {
    return this.#store.transaction((tx) =>
      this.#audit.append(tx, { actor: "connector", action, subject: origin, outcome: "refused", detail: { code } }),
    );
  }
}
