import type { Services } from "../../services.ts";
import type { RoutesNamed } from "../route-handlers.ts";

export function punchRoutes({ ledger }: Services): RoutesNamed<"punches.list" | "quarantine.list"> {
  return {
    "punches.list": async ({ query }) => ({ punches: [...(await ledger.list(query))] }),
    "quarantine.list": async () => ({ ids: [...(await ledger.quarantine())] }),
  };
}
