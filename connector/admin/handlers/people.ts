import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands = "people.import" | "people.sync" | "people.list" | "ids.import" | "ids.link" | "ids.unlink" | "ids.list";

export function peopleHandlers({ people, links, hrSites }: Services): HandlersOf<Commands> {
  return {
    "people.import": ({ file, text }, actor) => people.importFile(file, text, actor),
    "people.sync": async (_request, actor) => {
      const { origin } = hrSites.requireCurrent();
      return people.sync(origin, await hrSites.directoryFor({ origin }), actor);
    },
    "people.list": async () => ({ people: [...(await people.list())] }),
    "ids.import": ({ file, text }, actor) => links.importFile(file, text, actor),
    "ids.link": (link, actor) => links.link(link, actor),
    "ids.unlink": (link, actor) => links.unlink(link, actor),
    "ids.list": async () => ({ links: [...(await links.list())] }),
  };
}
