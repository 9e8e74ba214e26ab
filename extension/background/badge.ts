import { type Language, uiText } from "@tandem/contracts/catalogue/index.ts";
import type { ConnectorReport } from "@tandem/contracts/messages.ts";

/** What the toolbar button shows. */
export interface Badge {
  readonly text: string;
  readonly color: string;
  readonly title: string;
}

const COLORS = { waiting: "#b45309", trouble: "#b91c1c", unknown: "#6b7280" } as const;

/** Nothing while all is well; a number while punches wait; a mark while the connector is out of reach. */
export function badgeOf({ state, status }: ConnectorReport, language: Language): Badge {
  const title = `${uiText(language, "product.name")}: ${uiText(language, `state.${state}`)}`;
  if (state === "unpaired") return { text: "?", color: COLORS.unknown, title };
  if (state !== "online" || status === null) return { text: "!", color: COLORS.trouble, title };
  const waiting = status.quarantined + status.undelivered;
  return { text: waiting === 0 ? "" : short(waiting), color: COLORS.waiting, title };
}

/** The badge has room for four characters. */
function short(count: number): string {
  return count > 999 ? "999+" : String(count);
}
