import type { HrSite } from "@tandem/contracts/domain/hr-site.ts";
import type { TerminalRow } from "@tandem/contracts/domain/terminal.ts";
import type { ConnectorReport, GrantedSite, Pairing } from "@tandem/contracts/messages.ts";

import type { Store } from "../../ui/store.ts";
import type { PageContext } from "../page-context.ts";

/** Everything the set-up page shows. `null` = not known: the connector tells it only while it is online. */
export interface SetupFacts {
  readonly report: ConnectorReport;
  /** Firefox lets users take back even the permission for 127.0.0.1 (`browser-and-localhost.md` §1.1). */
  readonly mayReachPc: boolean;
  readonly pairing: Pairing | null;
  readonly sites: readonly GrantedSite[];
  readonly terminals: readonly TerminalRow[] | null;
  readonly hrSites: readonly HrSite[] | null;
}

/** The permission that lets the background reach the connector. */
export const PC_PERMISSION = "http://127.0.0.1/*";

/** Asks for all facts at once. */
export async function loadFacts({ send, hasPermission }: PageContext): Promise<SetupFacts> {
  const report = await send("state.get", {});
  const online = report.state === "online";
  const [mayReachPc, { pairing }, { sites }, terminals, hrSites] = await Promise.all([
    hasPermission(PC_PERMISSION),
    send("pairing.get", {}),
    send("sites.list", {}),
    online ? send("terminals.list", {}).then((reply) => reply.terminals) : null,
    online ? send("hr.sites", {}).then((reply) => reply.sites) : null,
  ]);
  return { report, mayReachPc, pairing, sites, terminals, hrSites };
}

const POLL_MS = 3_000;

/** Keeps the facts fresh while the page is open: what the user does on the connector shows up here by itself. */
export async function followFacts(context: PageContext, facts: Store<SetupFacts | null>): Promise<void> {
  while (!context.signal.aborted) {
    await refreshFacts(context, facts);
    await context.wait(POLL_MS, context.signal);
  }
}

/** One failed look changes nothing: the connector may have gone between two questions, and the next look says so. */
export async function refreshFacts(context: PageContext, facts: Store<SetupFacts | null>): Promise<void> {
  try {
    facts.set(await loadFacts(context));
  } catch {
    return;
  }
}
