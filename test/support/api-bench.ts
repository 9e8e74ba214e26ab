import { randomUUID } from "node:crypto";

import { TerminalExamination, TerminalListRow } from "@tandem/contracts/domain/fleet.ts";
import { IdLink } from "@tandem/contracts/domain/id-link.ts";
import { ClientId, JobId } from "@tandem/contracts/domain/ids.ts";
import { JobView } from "@tandem/contracts/domain/job.ts";
import { PlanId } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { instantOf } from "../../connector/platform/clock.ts";
import { type ApiServer, startApiServer } from "../../connector/server/api-server.ts";
import { Clients } from "../../connector/server/clients.ts";
import { loadIdentity } from "../../connector/server/identity.ts";
import type { HttpTimeouts } from "../../connector/server/listen.ts";
import type { RouteHandlers } from "../../connector/server/route-handlers.ts";
import { openSettings, type Settings } from "../../connector/settings/settings.ts";

import { PairedClient } from "./paired-client.ts";
import { openTempStore, type TempStore } from "./temp-store.ts";

export const CHROMIUM = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
export const FIREFOX = "moz-extension://8d1f0c5e-4b7a-4a52-9a51-6e6f5c2b7a10";

/** A handler's call, as the server hands it over. */
export interface RouteCall {
  readonly id: string;
  readonly input: unknown;
  readonly clientId: string;
}

const job = JobId.parse("job-1");
const NO_PLAN = PlanId.parse("P-0001");

/** The API on a real socket over a real data folder; the services behind it only note what they were asked. */
export class ApiBench {
  readonly calls: RouteCall[] = [];
  readonly logged: object[] = [];
  /** Thrown by the handler of `status.get`, to see what becomes of it. */
  failure: Error | null = null;

  private constructor(
    readonly data: TempStore,
    readonly settings: Settings,
    readonly clients: Clients,
    readonly timeouts: HttpTimeouts | undefined,
  ) {}

  #server: ApiServer | null = null;

  static async start(timeouts?: HttpTimeouts): Promise<ApiBench> {
    const data = await openTempStore();
    const settings = await openSettings(data.folder, data.clock);
    const clients = new Clients({ ...data, settings });
    const bench = new ApiBench(data, settings, clients, timeouts);
    await bench.startServer();
    return bench;
  }

  get clock(): TempStore["clock"] {
    return this.data.clock;
  }

  get now(): string {
    return instantOf(this.clock.now());
  }

  get server(): ApiServer {
    if (this.#server === null) throw new Error("the server is stopped");
    return this.#server;
  }

  get port(): number {
    return this.server.port;
  }

  /** As after a new start of the program: same folder, same port, no sessions. */
  async restartServer(): Promise<void> {
    const { port } = this;
    await this.server.stop();
    await this.startServer(port);
  }

  async startServer(port = 0): Promise<void> {
    const { data, settings, clients, timeouts } = this;
    this.#server = await startApiServer(
      {
        ...data,
        settings,
        clients,
        handlers: this.#handlers(),
        version: "1.2.3",
        log: { error: (facts) => this.logged.push(facts) },
        ...(timeouts === undefined ? {} : { timeouts }),
      },
      port,
    );
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.data.close();
  }

  /** A browser with what a pairing leaves on both sides, without the costly derivation, and with an open session. */
  async connected(origin = CHROMIUM): Promise<PairedClient> {
    const client = new PairedClient(this.port, origin);
    const clientId = ClientId.parse(randomUUID());
    await this.clients.add({
      clientId,
      label: "Test browser",
      origin,
      fingerprint: "acorn actor alpha amber",
      publicKey: await client.createIdentity(),
      pairedAt: instantOf(this.clock.now()),
      lastSeenAt: null,
      revokedAt: null,
    });
    client.adopt(clientId, (await loadIdentity({ ...this.data, settings: this.settings })).publicKey);
    const opened = await client.open(this.now);
    if (opened.status !== 200) throw new Error(`no session: ${opened.text}`);
    return client;
  }

  /** Audit entries, oldest first. */
  async audited(): Promise<{ action: string; outcome: string; subject: string; detail: string }[]> {
    const columns = ["action", "outcome", "subject", "detail"] as const;
    return this.data.store.db.selectFrom("audit").select(columns).orderBy("seq").execute();
  }

  #handlers(): RouteHandlers {
    const noted = <T>(id: string, reply: T) => {
      return (input: unknown, { clientId }: { readonly clientId: string }): Promise<T> => {
        this.calls.push({ id, input, clientId });
        return id === "status.get" && this.failure !== null ? Promise.reject(this.failure) : Promise.resolve(reply);
      };
    };
    const counts = { clients: 1, terminals: 1, quarantined: 0, undelivered: 0 };
    return {
      "status.get": noted("status.get", { version: "1.2.3", port: this.#server?.port ?? 0, ready: true, ...counts }),
      "terminals.list": noted("terminals.list", { terminals: [TERMINAL] }),
      "terminals.add": noted("terminals.add", TERMINAL),
      "terminals.remove": noted("terminals.remove", undefined),
      "terminals.check": noted("terminals.check", CHECK),
      "terminals.discover": noted("terminals.discover", { searched: 0, found: [] }),
      "punches.list": noted("punches.list", { punches: [] }),
      "quarantine.list": noted("quarantine.list", { ids: [] }),
      "people.list": noted("people.list", { people: [] }),
      "ids.list": noted("ids.list", { links: [] }),
      "ids.link": noted("ids.link", LINK),
      "consents.list": noted("consents.list", { consents: [] }),
      "consents.record": noted("consents.record", { recorded: 0, same: 0 }),
      "consents.withdraw": noted("consents.withdraw", { withdrawn: 0, none: 0, erased: 0 }),
      "plans.list": noted("plans.list", { plans: [] }),
      "plans.get": noted("plans.get", { plan: NO_PLAN, kind: "copy", done: 0, failed: 0, unfinished: 0, items: [] }),
      "hr.sites": noted("hr.sites", { sites: [] }),
      "hr.zone": noted("hr.zone", { sites: [] }),
      "jobs.start": noted("jobs.start", { jobId: job }),
      "jobs.list": noted("jobs.list", { jobs: [] }),
      "jobs.get": ({ params }) =>
        params.id === job ? Promise.resolve(JOB) : Promise.reject(new TandemError("jobs.unknown", { id: params.id })),
      "jobs.retry": noted("jobs.retry", { jobId: job }),
      "jobs.cancel": noted("jobs.cancel", { jobId: job }),
    };
  }
}

const AT = "2026-11-24T01:00:00.000Z";

/** With a field that the contract does not name: it must not leave. */
const TERMINAL = {
  ...TerminalListRow.parse({
    name: "Gate 1",
    address: "tcp://192.168.1.201:4370",
    serial: null,
    idSpace: "main",
    zone: "Asia/Ho_Chi_Minh",
    direction: "auto",
    machine: null,
    mode: "shadow",
    lastReadAt: null,
    lastError: null,
  }),
  commKeyRef: "terminal:Gate 1",
};

const CHECK = TerminalExamination.parse({
  serial: null,
  model: null,
  firmware: null,
  platform: null,
  fingerprintVersion: null,
  users: 0,
  fingers: 0,
  punches: 0,
  capacity: {
    users: 0,
    userCapacity: null,
    fingers: null,
    fingerCapacity: null,
    faces: null,
    faceCapacity: null,
    punches: 0,
    punchCapacity: null,
  },
  clockOffsetSeconds: 0,
});

const LINK = IdLink.parse({
  id: "link-1",
  idSpace: "main",
  userId: "7",
  personId: "HR-EMP-00001",
  scheme: "new",
  validFrom: null,
  validTo: null,
  setBy: "cli",
  setAt: AT,
  why: "",
});

const JOB = JobView.parse({
  id: job,
  kind: "hr.deliver",
  state: "done",
  createdAt: AT,
  startedAt: AT,
  finishedAt: AT,
  actor: "cli",
  items: [],
  error: null,
});
