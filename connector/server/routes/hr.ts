import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

export function hrRoutes({ hrSites }: Services): RoutesNamed<"hr.sites" | "hr.zone"> {
  return {
    "hr.sites": () => Promise.resolve({ sites: [...hrSites.list()] }),
    "hr.zone": async ({ body }, caller) => ({
      sites: [...(await hrSites.setZone(body.origin, body.zone, actorOf(caller)))],
    }),
  };
}
