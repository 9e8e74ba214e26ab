import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

type Ids = "consents.list" | "consents.record" | "consents.withdraw";

export function consentRoutes({ consents }: Services): RoutesNamed<Ids> {
  return {
    "consents.list": async ({ query }) => ({ consents: [...(await consents.list(query))] }),
    "consents.record": ({ body }, caller) => consents.record(body, actorOf(caller)),
    "consents.withdraw": ({ body }, caller) => consents.withdraw(body, actorOf(caller)),
  };
}
