import type { PersonId, UserId } from "@tandem/contracts/domain/ids.ts";

import type { Store } from "../../store/store.ts";
import { type KeptFinger, listKeptFingers } from "../../vault/kept-templates.ts";
import type { SealedTemplates } from "../../vault/sealed-templates.ts";
import type { FingerTemplate } from "../enrolments.ts";
import type { WhoIsWho } from "../plans/who-is-who.ts";

import { algorithmOf, versionOf } from "./algorithm.ts";
import type { Enrolment } from "./inventory.ts";
import type { CopyPerson } from "./plan-copy.ts";
import { digest } from "./read-inventory.ts";
import type { LoadSource, Material } from "./source.ts";

export interface VaultSourceParts {
  readonly store: Store;
  readonly templates: SealedTemplates;
  readonly who: WhoIsWho;
}

/** Kept copies belong to no copy. */
const KEPT = "";

/**
 * Kept copies as a source: people's fingers in the form that the terminal understands, under the ID that they have there.
 * There are no cards and no passwords in the vault.
 */
export function vaultSource({ store, templates, who }: VaultSourceParts): LoadSource {
  return async (request, actor) => {
    const kept = await listKeptFingers(store);
    const everybody = await who.people();
    const wanted = request.people === "all" ? [...new Set(kept.map(({ personId }) => personId))] : request.people;
    return {
      async for({ idSpace, zone, fingerprintVersion }) {
        const ids = await who.ids(idSpace, zone);
        const people: CopyPerson[] = [];
        const enrolments: Enrolment[] = [];
        const material = new Map<UserId, Material>();
        const named = new Map<PersonId, UserId | null>(
          wanted.map((personId) => [personId, ids.idsOf(personId, "new")[0] ?? ids.idsOf(personId)[0] ?? null]),
        );
        const consented = await who.consented(
          [...named.values()].filter((userId) => userId !== null),
          ids.personOf,
        );
        for (const [personId, userId] of named) {
          const mayCopyFingers = userId !== null && consented.has(userId);
          people.push({ personId, userId, mayCopyFingers });
          const own = inOneForm(
            kept.filter((finger) => finger.personId === personId),
            fingerprintVersion,
          );
          if (userId === null || own.length === 0) continue;
          const fingers = request.fingers && mayCopyFingers ? await readKept(own, actor) : [];
          const algorithm = versionOf(own[0]?.algorithm);
          const name = everybody.get(personId)?.name ?? null;
          const rest = { name, card: null, password: null, disabled: false, algorithm };
          material.set(userId, { ...rest, personId, fingers });
          enrolments.push({
            ...rest,
            userId,
            fingers: fingers.map(({ finger, flag, template }) => ({ finger, flag, digest: digest(template) })),
          });
        }
        return { idSpace: null, people, enrolments, material };
      },
    };
  };

  async function readKept(own: readonly KeptFinger[], actor: string): Promise<readonly FingerTemplate[]> {
    const fingers: FingerTemplate[] = [];
    for (const { personId, finger, algorithm } of own) {
      const template = await templates.get({ personId, kind: "finger", finger, algorithm }, KEPT, actor);
      fingers.push({ finger, flag: null, template });
    }
    return fingers;
  }
}

/** Those of the terminal's own algorithm, or of another one, which the plan then says. */
function inOneForm(kept: readonly KeptFinger[], fingerprintVersion: string | null): readonly KeptFinger[] {
  const own = algorithmOf(fingerprintVersion);
  const fitting = kept.filter(({ algorithm }) => algorithm === own);
  const other = kept[0]?.algorithm;
  return fitting.length > 0 ? fitting : kept.filter(({ algorithm }) => algorithm === other);
}
