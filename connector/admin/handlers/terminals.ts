import { toTandemError } from "@tandem/contracts/errors.ts";

import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands =
  | "terminals.add"
  | "terminals.list"
  | "terminals.check"
  | "terminals.pull"
  | "terminals.pull-all"
  | "terminals.remove"
  | "users.list";

export function terminalHandlers({ terminals }: Services): HandlersOf<Commands> {
  const list = async () => ({ terminals: await terminals.list() });
  return {
    "terminals.add": (terminal, actor) => terminals.add(terminal, actor),
    "terminals.list": list,
    "terminals.check": ({ name }) => terminals.check(name),
    "terminals.pull": ({ name }) => terminals.pull(name),
    // A dead terminal must not keep the others from being read.
    "terminals.pull-all": async () => {
      const names = (await terminals.list()).filter(({ address }) => address !== null).map(({ name }) => name);
      const pulls = await Promise.allSettled(names.map((name) => terminals.pull(name)));
      return {
        pulls: pulls.flatMap((pull) => (pull.status === "fulfilled" ? [pull.value] : [])),
        failed: pulls.flatMap((pull, at) => {
          const terminal = names[at];
          if (pull.status === "fulfilled" || terminal === undefined) return [];
          const { code, details } = toTandemError(pull.reason);
          return [{ terminal, code, details: { ...details } }];
        }),
      };
    },
    "terminals.remove": async ({ name }, actor) => {
      await terminals.remove(name, actor);
      return list();
    },
    "users.list": async ({ terminal }) => ({ users: await terminals.users(terminal) }),
  };
}
