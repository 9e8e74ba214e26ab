import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { PullResult } from "@tandem/contracts/domain/terminal.ts";
import { type TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import { runLimited } from "../../jobs/run-limited.ts";
import type { Services } from "../../services.ts";
import { PULLS_AT_ONCE } from "../../terminals/pull-job.ts";
import { listUsers } from "../../terminals/user-list.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands =
  | "terminals.add"
  | "terminals.list"
  | "terminals.check"
  | "terminals.set-clock"
  | "terminals.set-mode"
  | "terminals.pull"
  | "terminals.pull-all"
  | "terminals.remove"
  | "users.list";

export function terminalHandlers({ terminals, health, who }: Services): HandlersOf<Commands> {
  const list = async () => ({ terminals: await health.list() });
  return {
    "terminals.add": (terminal, actor) => terminals.add(terminal, actor),
    "terminals.list": list,
    "terminals.check": ({ name }) => health.check(name),
    "terminals.set-clock": async ({ name }, actor) => {
      // A wrong time on a terminal is worse than its drift (`product.md` §6.1).
      await health.trustPcClock();
      return terminals.setClock(name, actor);
    },
    "terminals.set-mode": ({ name, mode }, actor) => terminals.setMode(name, mode, actor),
    "terminals.pull": ({ name }) => terminals.pull(name),
    // A dead terminal must not keep the others from being read.
    "terminals.pull-all": async () => {
      const names = (await terminals.list()).filter(({ address }) => address !== null).map(({ name }) => name);
      const pulls = new Map<TerminalName, PullResult>();
      const failed = new Map<TerminalName, TandemError>();
      await runLimited(
        names,
        PULLS_AT_ONCE,
        () => true,
        async (name) => {
          try {
            pulls.set(name, await terminals.pull(name));
          } catch (error) {
            failed.set(name, toTandemError(error));
          }
        },
      );
      return {
        pulls: names.flatMap((name) => pulls.get(name) ?? []),
        failed: names.flatMap((terminal) => {
          const failure = failed.get(terminal);
          return failure === undefined ? [] : [{ terminal, code: failure.code, details: { ...failure.details } }];
        }),
      };
    },
    "terminals.remove": async ({ name, giveUpMoves }, actor) => {
      await terminals.remove(name, actor, { giveUpMoves });
      return list();
    },
    "users.list": async ({ terminal, fingers }, actor) => ({
      users: await listUsers(terminals, terminal, fingers ? who.fingersOfAgreed(actor) : undefined),
    }),
  };
}
