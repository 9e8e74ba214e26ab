import type { SetupFacts } from "./setup-facts.ts";

export type StepId = "pair" | "site" | "terminals" | "hr";

/** `later` = another step has to be done first; `attention` = was done, and something is wrong with it now. */
export type StepState = "done" | "open" | "later" | "attention";

export const STEPS: readonly StepId[] = ["pair", "site", "terminals", "hr"];

/** How far set-up is. */
export function stepStates(facts: SetupFacts): Readonly<Record<StepId, StepState>> {
  return { pair: pairState(facts), site: siteState(facts), terminals: terminalsState(facts), hr: hrState(facts) };
}

function pairState({ report, pairing, mayReachPc }: SetupFacts): StepState {
  if (report.state === "online") return "done";
  if (report.state === "blocked" || !mayReachPc) return "attention";
  return pairing === null ? "open" : "attention";
}

function siteState({ sites }: SetupFacts): StepState {
  if (sites.length === 0) return "open";
  return sites.every((site) => site.granted) ? "done" : "attention";
}

function terminalsState({ terminals }: SetupFacts): StepState {
  if (terminals === null) return "later";
  return terminals.length > 0 ? "done" : "open";
}

function hrState({ hrSites, sites }: SetupFacts): StepState {
  if (hrSites === null) return "later";
  const [hrSite] = hrSites;
  if (hrSite === undefined) return "open";
  const allowed = sites.some((site) => site.granted && site.origin === hrSite.origin);
  return allowed && hrSite.zone !== null ? "done" : "attention";
}
