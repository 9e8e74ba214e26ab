import { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { DeliverResult } from "@tandem/contracts/domain/punch.ts";

import type { JobHandler, JobItemContext } from "../jobs/jobs.ts";

import type { Terminals } from "./service.ts";

/** Item keys are `phase:name`: the delivery begins when every terminal has been read or has failed. */
const DELIVER = "deliver:hr";
const READ = "read:";

/** A log of years is held in memory while it is read, and the network of a branch is narrow. */
export const PULLS_AT_ONCE = 4;

export interface PullJobDeps {
  readonly terminals: Terminals;
  /** One delivery round; without an HR site it holds what was read. */
  readonly deliver: (context: JobItemContext) => Promise<DeliverResult>;
}

/** *Pull now*: every terminal by itself, so that a dead one delays only itself, then one delivery of what is waiting. */
export function pullJob({ terminals, deliver }: PullJobDeps): JobHandler<"terminals.pull"> {
  return {
    kind: "terminals.pull",
    concurrency: PULLS_AT_ONCE,
    async plan(params) {
      const known = (await terminals.list()).filter(({ address }) => address !== null);
      const wanted = params.terminals.length > 0 ? params.terminals : known.map(({ name }) => name);
      const reads = [...new Set(wanted)].map((name) => `${READ}${name}`);
      return params.deliver ? [...reads, DELIVER] : reads;
    },
    async run(_params, key, context) {
      if (key === DELIVER) return { ...(await deliver(context)) };
      const name = TerminalName.parse(key.slice(READ.length));
      const { signal } = context;
      return terminals.pull(name, { signal, progress: (done, total) => context.progress(done, total) });
    },
  };
}
