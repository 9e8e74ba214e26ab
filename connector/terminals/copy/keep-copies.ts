import type { CopyRequest } from "@tandem/contracts/domain/plan.ts";

import type { SealedTemplates } from "../../vault/sealed-templates.ts";
import type { Terminals } from "../service.ts";

import { algorithmOf } from "./algorithm.ts";
import type { LoadedSource } from "./source.ts";

/** Seals what was read, where the site keeps copies, so that a terminal added later needs nobody's finger. */
export type KeepCopies = (source: LoadedSource, request: CopyRequest, actor: string) => Promise<void>;

export interface KeepParts {
  readonly terminals: Terminals;
  readonly templates: SealedTemplates;
  readonly settings: { readonly keepCopies: boolean };
}

/** Errors: `consent.*`, `vault.*`. */
export function keepCopies({ terminals, templates, settings }: KeepParts): KeepCopies {
  return async (source, request, actor) => {
    if (!settings.keepCopies || !request.fingers || request.from === "vault") return;
    const terminal = await terminals.get(request.from);
    const { material } = await source.for({ ...terminal, fingerprintVersion: null });
    for (const { personId, algorithm: version, fingers } of material.values()) {
      const algorithm = algorithmOf(version);
      if (personId === null || algorithm === null) continue;
      for (const { finger, template } of fingers)
        await templates.put({ personId, kind: "finger", finger, algorithm }, template, "kept", actor);
    }
  };
}
