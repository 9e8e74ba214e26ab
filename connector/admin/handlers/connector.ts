import type { Status } from "@tandem/contracts/domain/status.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { diagnose, type DoctorDeps } from "../../doctor/diagnose.ts";
import type { ApiServer } from "../../server/api-server.ts";
import type { Services } from "../../services.ts";
import { readStatus } from "../../status.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands =
  | "status"
  | "pair"
  | "clients.list"
  | "clients.revoke"
  | "jobs.list"
  | "jobs.show"
  | "jobs.retry"
  | "jobs.cancel"
  | "audit.verify"
  | "doctor";

export interface ConnectorParts {
  readonly services: Services;
  readonly doctor: DoctorDeps;
  /** Null while a command runs without a running connector. */
  readonly server: () => ApiServer | null;
}

export function connectorHandlers({ services, doctor, server }: ConnectorParts): HandlersOf<Commands> {
  const { clients, jobs, audit } = services;
  const running = (): ApiServer => {
    const api = server();
    if (api === null) throw new TandemError("cli.not-running");
    return api;
  };
  return {
    status: (): Promise<Status> => readStatus(services, running().port),
    pair: () => Promise.resolve(running().pairing.open()),
    "clients.list": () => Promise.resolve({ clients: clients.list() }),
    "clients.revoke": async ({ clientId }, actor) => ({ clients: await clients.revoke(clientId, actor) }),
    "jobs.list": async () => ({ jobs: [...(await jobs.list())] }),
    "jobs.show": ({ id }) => jobs.get(id),
    "jobs.retry": async ({ id }, actor) => ({ jobId: await jobs.retry(id, actor) }),
    "jobs.cancel": async ({ id }, actor) => {
      await jobs.cancel(id, actor);
      return { jobId: id };
    },
    "audit.verify": () => audit.verify(),
    doctor: async () => ({ findings: await diagnose(doctor) }),
  };
}
