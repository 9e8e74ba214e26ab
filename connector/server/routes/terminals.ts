import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

type Ids = "terminals.list" | "terminals.add" | "terminals.remove" | "terminals.check";

export function terminalRoutes({ terminals }: Services): RoutesNamed<Ids> {
  return {
    "terminals.list": async () => ({ terminals: await terminals.list() }),
    "terminals.add": ({ body }, caller) => terminals.add(body, actorOf(caller)),
    "terminals.remove": async ({ params }, caller) => {
      await terminals.remove(params.name, actorOf(caller));
      return undefined;
    },
    "terminals.check": ({ params }) => terminals.check(params.name),
  };
}
