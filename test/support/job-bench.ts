import { type JobId, TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { JobView, NewJob } from "@tandem/contracts/domain/job.ts";

import type { JobItemContext } from "../../connector/jobs/jobs.ts";
import { StoredJobs } from "../../connector/jobs/stored-jobs.ts";
import { type Data, openData } from "../../connector/store/open-data.ts";

import { FakeClock } from "./fake-clock.ts";
import { NO_JOBS } from "./no-jobs.ts";
import { makeTempFolder } from "./temp-folder.ts";

type Work = (key: string, context: JobItemContext) => Promise<Record<string, unknown>>;

interface OpenItem {
  readonly context: JobItemContext;
  readonly resolve: (result: Record<string, unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/** The pull job of `names`, whose items a test ends by hand. */
export function pullOf(...names: string[]): NewJob {
  return { kind: "terminals.pull", terminals: names.map((name) => TerminalName.parse(name)), deliver: true };
}

/** Jobs on a real store, with handlers that do what a test says. */
export class JobBench {
  readonly clock = new FakeClock();
  readonly logged: { facts: object; text: string }[] = [];
  /** Keys in the order in which they were begun. */
  readonly begun: string[] = [];
  concurrency = 2;
  /** Thrown by the plan of the pull job. */
  planFailure: Error | null = null;
  #data: Data;
  #jobs: StoredJobs;
  #ids = 0;
  readonly #home: { path: string; remove: () => Promise<void> };
  readonly #open = new Map<string, OpenItem>();
  #whenBegun: (() => void)[] = [];

  private constructor(home: { path: string; remove: () => Promise<void> }, data: Data) {
    this.#home = home;
    this.#data = data;
    this.#jobs = this.#make();
  }

  static async open(): Promise<JobBench> {
    const home = await makeTempFolder();
    return new JobBench(home, await openData(home.path, { clock: new FakeClock() }));
  }

  get jobs(): StoredJobs {
    return this.#jobs;
  }

  get data(): Data {
    return this.#data;
  }

  /** A new process on the same data folder; nothing is resumed yet. */
  async restart(): Promise<void> {
    await this.#jobs.stop();
    await this.#data.close();
    this.#data = await openData(this.#home.path, { clock: this.clock });
    this.#jobs = this.#make();
  }

  async close(): Promise<void> {
    const stopped = this.#jobs.stop();
    for (const { reject } of this.#open.values()) reject(new Error("the test is over"));
    await stopped;
    await this.#data.close();
    await this.#home.remove();
  }

  /** Resolves with the item's context as soon as it is being worked on. */
  async working(key: string): Promise<JobItemContext> {
    for (;;) {
      const open = this.#open.get(key);
      if (open !== undefined) return open.context;
      await new Promise<void>((resolve) => this.#whenBegun.push(resolve));
    }
  }

  async end(key: string, result: Record<string, unknown> = {}): Promise<void> {
    await this.working(key);
    this.#take(key).resolve(result);
  }

  async fail(key: string, error: unknown): Promise<void> {
    await this.working(key);
    this.#take(key).reject(error);
  }

  /** Item key → state, with the code of a failure. */
  async states(id: JobId): Promise<Record<string, string>> {
    return statesOf(await this.jobs.get(id));
  }

  /** The audit entries about jobs: action, actor, outcome and detail. */
  async audited(): Promise<[string, string, string, unknown][]> {
    const rows = await this.#data.store.db
      .selectFrom("audit")
      .select(["action", "actor", "outcome", "detail"])
      .where("action", "like", "jobs.%")
      .orderBy("seq")
      .execute();
    return rows.map(({ action, actor, outcome, detail }) => [action, actor, outcome, JSON.parse(detail)]);
  }

  #take(key: string): OpenItem {
    const open = this.#open.get(key);
    if (open === undefined) throw new Error(`${key} is not being worked on`);
    this.#open.delete(key);
    return open;
  }

  readonly #work: Work = (key, context) => {
    this.begun.push(key);
    const ended = new Promise<Record<string, unknown>>((resolve, reject) => {
      this.#open.set(key, { context, resolve, reject });
      // As a driver does: it lets go of its connection and throws why.
      context.signal.addEventListener("abort", () => {
        this.#open.delete(key);
        reject(new Error("aborted"));
      });
    });
    for (const wake of this.#whenBegun.splice(0)) wake();
    return ended;
  };

  #make(): StoredJobs {
    const concurrency = (): number => this.concurrency;
    const single = { concurrency: 1, plan: () => Promise.resolve(["only"]) };
    return new StoredJobs({
      store: this.#data.store,
      audit: this.#data.audit,
      clock: this.clock,
      newId: () => `job-${(this.#ids += 1)}`,
      log: { error: (facts, text) => this.logged.push({ facts, text }) },
      handlers: {
        ...NO_JOBS,
        "terminals.pull": {
          kind: "terminals.pull",
          get concurrency() {
            return concurrency();
          },
          plan: ({ terminals, deliver }) =>
            this.planFailure === null
              ? Promise.resolve([...terminals.map((name) => `read:${name}`), ...(deliver ? ["deliver:hr"] : [])])
              : Promise.reject(this.planFailure),
          run: (_params, key, context) => this.#work(key, context),
        },
        "hr.deliver": { ...single, kind: "hr.deliver", run: (_params, key, context) => this.#work(key, context) },
        "people.sync": { ...single, kind: "people.sync", run: (_params, key, context) => this.#work(key, context) },
      },
    });
  }
}

export function statesOf({ items }: JobView): Record<string, string> {
  return Object.fromEntries(
    items.map(({ key, state, error }) => [key, error === null ? state : `${state} ${error.code}`]),
  );
}
