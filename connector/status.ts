import type { Status } from "@tandem/contracts/domain/status.ts";

import { undeliveredIn } from "./ledger/undelivered.ts";
import type { Services } from "./services.ts";
import { VERSION } from "./version.ts";

/** The numbers of `tandem status`, the popup and the Tandem button. */
export async function readStatus({ clients, terminals, ledger }: Services, port: number): Promise<Status> {
  const states = await ledger.counts();
  return {
    version: VERSION,
    port,
    ready: true,
    clients: clients.list().filter(({ revokedAt }) => revokedAt === null).length,
    terminals: (await terminals.list()).length,
    quarantined: states["quarantined"] ?? 0,
    undelivered: undeliveredIn(states),
  };
}
