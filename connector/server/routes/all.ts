import type { Clock } from "../../platform/clock.ts";
import type { Services } from "../../services.ts";
import type { RouteHandlers } from "../route-handlers.ts";

import { consentRoutes } from "./consents.ts";
import { hrRoutes } from "./hr.ts";
import { jobRoutes } from "./jobs.ts";
import { peopleRoutes } from "./people.ts";
import { planRoutes } from "./plans.ts";
import { punchRoutes } from "./punches.ts";
import { statusRoutes } from "./status.ts";
import { terminalRoutes } from "./terminals.ts";

/** The API's routes, answered by the services. `port` is where the API listens. */
export function routeHandlers(services: Services, port: () => number, clock: Clock): RouteHandlers {
  return {
    ...statusRoutes(services, port),
    ...terminalRoutes(services, clock),
    ...punchRoutes(services),
    ...peopleRoutes(services),
    ...consentRoutes(services),
    ...planRoutes(services),
    ...hrRoutes(services),
    ...jobRoutes(services),
  };
}
