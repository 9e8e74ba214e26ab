import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../platform/clock.ts";
import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";
import { SlidingLimit } from "../sliding-limit.ts";

type Ids = "terminals.list" | "terminals.add" | "terminals.remove" | "terminals.check" | "terminals.discover";

/** A browser needs a search or two while it is set up, and must never become a scanner. */
const SEARCHES = 6;
const WINDOW_MS = 10 * 60_000;
const WAIT = { retryAfterSeconds: 60 };

export function terminalRoutes({ terminals, fleet, health }: Services, clock: Clock): RoutesNamed<Ids> {
  const searches = new SlidingLimit(clock, SEARCHES, WINDOW_MS);
  let isSearching = false;
  return {
    "terminals.list": async () => ({ terminals: await health.list() }),
    "terminals.add": ({ body }, caller) => terminals.add(body, actorOf(caller)),
    "terminals.remove": async ({ params }, caller) => {
      await terminals.remove(params.name, actorOf(caller));
      return undefined;
    },
    "terminals.check": ({ params }) => health.check(params.name),
    "terminals.discover": async ({ body }, caller) => {
      // One at a time, whoever asks: the network is everybody's.
      if (isSearching || !searches.take("all")) throw new TandemError("request.rate", WAIT);
      isSearching = true;
      try {
        return await fleet.discover(body, actorOf(caller));
      } finally {
        isSearching = false;
      }
    },
  };
}
