import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { CopyRequest, PlanItem, PlanPreview } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { runLimited } from "../../jobs/run-limited.ts";
import type { MakeContext } from "../plans/apply-plan.ts";
import type { PlanBook } from "../plans/plan-book.ts";
import { refuseTerminal } from "../plans/refuse-terminal.ts";
import type { WhoIsWho } from "../plans/who-is-who.ts";
import type { Terminals } from "../service.ts";

import { planCopy } from "./plan-copy.ts";
import { readHoldings, readNamedUsers, readTarget } from "./read-inventory.ts";
import type { LoadedSource, LoadSource } from "./source.ts";

/** Tables of several terminals are in memory at once. */
const READS_AT_ONCE = 4;

export interface CopyParts {
  readonly terminals: Terminals;
  readonly plans: PlanBook;
  readonly who: WhoIsWho;
  readonly loadSource: LoadSource;
}

/**
 * Compares the source with every terminal and keeps the preview. Nothing is written. A terminal that cannot be read is
 * told of for each person, and the others are compared. Errors: `plan.*`, `terminal.*` of the source,
 * `consent.biometrics-off`.
 */
export async function makeCopyPlan(
  parts: CopyParts,
  request: CopyRequest,
  actor: string,
  { signal, progress = () => undefined }: MakeContext = {},
): Promise<PlanPreview> {
  const { terminals, plans, who, loadSource } = parts;
  const targets = [...new Set(request.to)];
  const same = targets.find((name) => name === request.from);
  if (same !== undefined) throw new TandemError("plan.same-terminal", { name: same });
  for (const name of targets) await terminals.get(name);
  if (request.people !== "all") await who.refuseStrangers(request.people);
  const source = await loadSource(request, actor, signal);
  const compared = new Map<TerminalName, readonly PlanItem[]>();
  await runLimited(
    targets,
    READS_AT_ONCE,
    () => signal?.aborted !== true,
    async (name) => {
      compared.set(name, await compare(parts, source, request, name, { actor, signal }));
      progress(compared.size, targets.length);
    },
  );
  signal?.throwIfAborted();
  const items = targets.flatMap((name) => compared.get(name) ?? []);
  return { plan: await plans.enter("copy", request, items, actor), kind: "copy", items };
}

async function compare(
  { terminals, who }: CopyParts,
  source: LoadedSource,
  request: CopyRequest,
  name: TerminalName,
  { actor, signal }: { actor: string; signal: AbortSignal | undefined },
): Promise<readonly PlanItem[]> {
  const { fingers, cards, passwords } = request;
  try {
    return await terminals.visit(name, signal === undefined ? {} : { signal }, async (terminal, booked, identity) => {
      const { people, ...view } = await source.for({ ...booked, fingerprintVersion: identity.fingerprintVersion });
      const consented = new Set(
        people.flatMap(({ userId, mayCopyFingers }) => (mayCopyFingers && userId !== null ? userId : [])),
      );
      const wanted = {
        fingers: fingers ? consented : new Set<never>(),
        passwords: passwords ? new Set(view.material.keys()) : new Set<never>(),
      };
      const users = await readNamedUsers(terminal);
      const holdings = await readHoldings(terminal, users, wanted, (of) =>
        who.readFingers(terminal, of, { terminal: name, actor }),
      );
      const { personOf } = await who.ids(booked.idSpace, booked.zone);
      const target = await readTarget(terminal, booked, identity, holdings, personOf);
      const items = planCopy(view, target, { people, fingers, cards, passwords });
      return booked.mode === "active" ? items : items.map(refuseShadow);
    });
  } catch (error) {
    const { people } = await source.for({ ...(await terminals.get(name)), fingerprintVersion: null });
    return refuseTerminal(name, people, error);
  }
}

/** In shadow mode nothing may be written; what would be done is told so that the operator sees it before switching. */
function refuseShadow(item: PlanItem): PlanItem {
  const isDoing = item.action === "add" || item.action === "update";
  return isDoing ? { ...item, action: "refused", reason: "terminal.shadow-mode", fingers: [] } : item;
}
