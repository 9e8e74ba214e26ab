import type { ConnectorReport } from "@tandem/contracts/messages.ts";

import type { Explanation, Texts } from "./texts.ts";

/** How a state is drawn: green, amber, red, grey; grey too while it is being found out, and for what has not begun. */
export type Level = "ok" | "waiting" | "trouble" | "unknown" | "checking" | "idle";

/** A connector state in words. */
export interface ConnectorView {
  readonly level: Level;
  readonly title: string;
  readonly explanation: Explanation;
  /** Whether the set-up page is where the user gets on. */
  readonly needsSetup: boolean;
}

/** Puts a report into words; `null` while the first one is on its way. */
export function viewOfConnector(report: ConnectorReport | null, texts: Texts): ConnectorView {
  if (report === null) {
    return {
      level: "checking",
      title: texts.ui("state.checking"),
      explanation: { text: "", next: "" },
      needsSetup: false,
    };
  }
  const { state, status, problem } = report;
  if (state === "online") {
    const waiting = status !== null && status.quarantined + status.undelivered > 0;
    return {
      level: waiting ? "waiting" : "ok",
      title: texts.ui(waiting ? "state.waiting" : "state.online"),
      explanation: { text: texts.ui("state.online.text"), next: "" },
      needsSetup: false,
    };
  }
  const own: Record<typeof state, Explanation> = {
    offline: texts.problem({ code: "browser.connector-offline", details: {} }),
    blocked: texts.problem({ code: "browser.connector-blocked", details: {} }),
    unpaired: { text: texts.ui("state.unpaired.text"), next: texts.ui("state.unpaired.next") },
  };
  return {
    level: state === "unpaired" ? "unknown" : "trouble",
    title: texts.ui(`state.${state}`),
    explanation: problem === null ? own[state] : texts.problem(problem),
    needsSetup: true,
  };
}
