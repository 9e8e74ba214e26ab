import type { IdSpaceId, PersonId, UserId } from "@tandem/contracts/domain/ids.ts";
import type { CopyRequest } from "@tandem/contracts/domain/plan.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";

import type { FingerTemplate } from "../enrolments.ts";

import type { SourceInventory } from "./inventory.ts";
import type { CopyPerson } from "./plan-copy.ts";

/** What is copied of one user, with its bytes. Held in memory while a plan is made or applied, and nowhere else. */
export interface Material {
  readonly personId: PersonId | null;
  readonly name: string | null;
  readonly disabled: boolean;
  readonly card: string | null;
  readonly password: Uint8Array | null;
  readonly algorithm: string | null;
  readonly fingers: readonly FingerTemplate[];
}

/** A source as one terminal to copy to sees it. */
export interface SourceView extends SourceInventory {
  readonly people: readonly CopyPerson[];
  readonly material: ReadonlyMap<UserId, Material>;
}

/** What a source must know of a terminal to copy to. */
export interface TargetFacts {
  readonly idSpace: IdSpaceId;
  readonly zone: Zone;
  readonly fingerprintVersion: string | null;
}

/** Enrolments that were read and may be copied now: consent is asked for at the moment of reading. */
export interface LoadedSource {
  for(target: TargetFacts): Promise<SourceView>;
}

/** Reads a source. `actor` is named in the audit. Errors: `terminal.*`, `consent.biometrics-off`, `plan.no-people`. */
export type LoadSource = (request: CopyRequest, actor: string, signal?: AbortSignal) => Promise<LoadedSource>;

/** The source that a request names. */
export function anySource(terminal: LoadSource, vault: LoadSource): LoadSource {
  return (request, actor, signal) => (request.from === "vault" ? vault : terminal)(request, actor, signal);
}
