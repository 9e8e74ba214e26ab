import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

export function peopleRoutes({ people, links }: Services): RoutesNamed<"people.list" | "ids.list" | "ids.link"> {
  return {
    "people.list": async () => ({ people: [...(await people.list())] }),
    "ids.list": async () => ({ links: [...(await links.list())] }),
    "ids.link": ({ body }, caller) => links.link(body, actorOf(caller)),
  };
}
