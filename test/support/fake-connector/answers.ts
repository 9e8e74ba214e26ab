import type { JobItem, JobView } from "@tandem/contracts/domain/job.ts";
import { JobView as JobSchema } from "@tandem/contracts/domain/job.ts";

import type { FakeConnector } from "./fake-connector.ts";

export const STATUS = {
  version: "0.1.0",
  port: 8470,
  ready: true,
  clients: 1,
  terminals: 3,
  quarantined: 0,
  undelivered: 0,
} as const;

const TERMINAL = {
  address: "tcp://192.168.1.201:4370",
  serial: "CKUH211960123",
  idSpace: "main",
  zone: "Asia/Ho_Chi_Minh",
  direction: "auto",
  machine: null,
  mode: "shadow",
  lastReadAt: null,
  lastError: null,
} as const;

/** A connector with three terminals that delivers to `hrOrigin`, and nothing going on. */
export function answerAsConnector(connector: FakeConnector, hrOrigin: string): void {
  connector.answer("status.get", () => ({ ...STATUS, port: connector.port }));
  connector.answer("jobs.list", () => ({ jobs: [] }));
  connector.answer("terminals.list", () => ({
    terminals: [
      { ...TERMINAL, name: "Cổng chính", lastReadAt: new Date(Date.now() - 300_000).toISOString() },
      { ...TERMINAL, name: "Xưởng 2", lastReadAt: new Date(Date.now() - 7_200_000).toISOString() },
      {
        ...TERMINAL,
        name: "Kho",
        lastError: { code: "terminal.unreachable", at: new Date(Date.now() - 60_000).toISOString() },
      },
    ],
  }));
  const site = {
    origin: hrOrigin,
    kind: "frappe",
    user: "tandem@company.vn",
    zone: "Asia/Ho_Chi_Minh",
    zoneSource: "page",
    version: "15.38.0",
    connectedAt: "2026-11-24T01:00:00.000Z",
  };
  connector.answer("hr.sites", () => ({ sites: [site] }));
  connector.answer("hr.zone", () => ({ sites: [site] }));
}

/** An item of a job; what is not said is as before its start. */
export function item(key: string, facts: Partial<JobItem> = {}): JobItem {
  return { key, state: "waiting", attempts: 0, done: 0, total: null, result: null, error: null, ...facts };
}

/** A reading of the terminals. */
export function pullJob(facts: { id?: string; state?: JobView["state"]; items: readonly JobItem[] }): JobView {
  const { id = "job-1", state = "running", items } = facts;
  const ended = state === "done" || state === "failed" || state === "cancelled";
  return JobSchema.parse({
    id,
    kind: "terminals.pull",
    state,
    createdAt: "2026-11-24T01:00:00.000Z",
    startedAt: "2026-11-24T01:00:00.100Z",
    finishedAt: ended ? new Date().toISOString() : null,
    actor: "Chrome, Windows",
    items,
    error: null,
  });
}

export const READ_RESULT = { read: 1248, added: 56, known: 1192, quarantined: 3, rejected: [] };
export const DELIVERY_RESULT = { delivered: 50, duplicate: 2, held: 1, refused: 0, failed: 0 };
