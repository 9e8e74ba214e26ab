import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { type AppliedItem, CopyRequest, type PlanId } from "@tandem/contracts/domain/plan.ts";
import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { EnrolmentWish } from "../enrolments.ts";
import type { ApplyContext } from "../plans/apply-plan.ts";
import type { WhoIsWho } from "../plans/who-is-who.ts";

import { IdsHere } from "./ids-here.ts";
import type { CopyParts } from "./make-copy-plan.ts";
import { readNamedUsers } from "./read-inventory.ts";
import type { LoadedSource, Material } from "./source.ts";

type Outcome = readonly [AppliedItem, TandemError | null];

interface Wished {
  readonly item: AppliedItem;
  readonly wish: EnrolmentWish;
}

/**
 * Brings one terminal to what a plan shows, as far as it is not there yet. Consent, source and terminal are looked at
 * again, because days may have passed since the preview; more than the preview showed is never written. Every item ends
 * with a result, unless the work is stopped: then the rest stays unfinished. Errors: what ends the conversation.
 */
export async function applyCopy(
  { terminals, plans, who }: CopyParts,
  plan: PlanId,
  request: CopyRequest,
  name: TerminalName,
  load: () => Promise<LoadedSource>,
  { actor, signal, progress }: ApplyContext,
): Promise<void> {
  const open = new Map((await plans.open(plan, name)).map((item) => [item.userId, item]));
  const total = open.size;
  const settle = async (outcomes: readonly Outcome[]): Promise<void> => {
    await plans.settle(plan, outcomes, actor);
    for (const [{ userId }] of outcomes) open.delete(userId);
    progress(total - open.size, total);
  };
  try {
    const source = await load();
    await terminals.visit(name, {}, async (terminal, booked, { fingerprintVersion }) => {
      if (booked.mode === "shadow") throw new TandemError("terminal.shadow-mode", { name });
      const view = await source.for({ ...booked, fingerprintVersion });
      if (view.idSpace !== null && view.idSpace !== booked.idSpace)
        throw new TandemError("copy.other-id-space", { name });
      const agreed = new Set(view.people.filter(({ mayCopyFingers }) => mayCopyFingers).map(({ userId }) => userId));
      const userIds = (await readNamedUsers(terminal)).map(({ userId }) => userId);
      const { personOf } = await who.ids(booked.idSpace, booked.zone);
      const here = new IdsHere(userIds, personOf);
      const wished = new Map<UserId, Wished>();
      const refused: Outcome[] = [];
      for (const item of open.values()) {
        if (item.userId === null || personOf.get(item.userId) !== item.personId) {
          refused.push([item, new TandemError("copy.source-changed")]);
          continue;
        }
        const wish = wishFor(item, request, view.material, agreed, fingerprintVersion);
        const refusal = wish instanceof TandemError ? wish : refuseSecondId(item, wish, here);
        if (wish instanceof TandemError || refusal !== null) refused.push([item, refusal]);
        else wished.set(wish.userId, { item, wish });
      }
      await settle(refused);
      const everybody = [...new Set([...userIds, ...wished.keys()])];
      const consented = request.fingers ? await who.consented(everybody, personOf) : new Set<UserId>();
      const method = booked.uploadMethod;
      const worked = await terminal.enrolments.write(
        [...wished.values()].map(({ wish }) => wish),
        {
          method,
          consented,
          refusals: (userIds) => (request.fingers ? withdrawn(userIds, personOf, who) : Promise.resolve(new Map())),
          signal,
          settled: (outcomes) =>
            settle(
              [...outcomes].flatMap(([userId, failure]): readonly Outcome[] => {
                const item = wished.get(userId)?.item;
                return item === undefined ? [] : [[item, failure]];
              }),
            ),
        },
      );
      if (worked !== null && worked !== method) await terminals.noteUploadMethod(name, worked);
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = toTandemError(error);
    await settle([...open.values()].map((item) => [item, failure]));
    throw error;
  }
}

/** Who has withdrawn their consent while others were written. */
async function withdrawn(
  userIds: readonly UserId[],
  personOf: ReadonlyMap<UserId, PersonId>,
  who: WhoIsWho,
): Promise<ReadonlyMap<UserId, TandemError>> {
  const agreed = await who.consented(userIds, personOf);
  const missing = userIds.filter((userId) => !agreed.has(userId));
  const refusal = (userId: UserId): TandemError =>
    new TandemError("consent.missing", { personId: personOf.get(userId) ?? null, kind: "finger" });
  return new Map(missing.map((userId) => [userId, refusal(userId)]));
}

/** Somebody may have got another ID on the terminal since the preview. */
function refuseSecondId(
  { personId }: AppliedItem,
  { userId, fingers }: EnrolmentWish,
  here: IdsHere,
): TandemError | null {
  if (personId === null || fingers.length === 0) return null;
  const otherId = here.otherThan(userId, personId);
  if (otherId !== null) return new TandemError("copy.other-id-here", { otherId });
  here.add(userId, personId);
  return null;
}

/** What is to be written of one item, or why it no longer can be. */
function wishFor(
  { userId, personId, fingers: slots }: AppliedItem,
  request: CopyRequest,
  material: ReadonlyMap<UserId, Material>,
  consented: ReadonlySet<UserId | null>,
  fingerprintVersion: string | null,
): EnrolmentWish | TandemError {
  const held = userId === null ? undefined : material.get(userId);
  if (userId === null || held === undefined) return new TandemError("copy.source-changed", { userId });
  if (held.personId !== personId) return new TandemError("copy.not-linked", { userId });
  if (request.fingers && !consented.has(userId))
    return new TandemError("consent.missing", { personId, kind: "finger" });
  const fingers = held.fingers.filter(({ finger }) => slots.includes(finger));
  if (fingers.length > 0 && held.algorithm !== fingerprintVersion)
    return new TandemError("copy.other-algorithm", { userId });
  if (fingers.length < slots.length) return new TandemError("copy.source-changed", { userId });
  const { name, disabled, card, password } = held;
  return {
    userId,
    newUserName: name ?? userId,
    disabled,
    fingers,
    ...(request.cards && card !== null ? { card } : {}),
    ...(request.passwords && password !== null ? { password } : {}),
  };
}
