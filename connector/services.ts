import type { Audit } from "./audit/audit.ts";
import type { Delivery } from "./delivery/delivery.ts";
import type { HrSites } from "./hr/hr-sites.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Consents } from "./people/consents.ts";
import type { IdLinks } from "./people/id-links.ts";
import type { People } from "./people/people.ts";
import type { Clients } from "./server/clients.ts";
import type { Copies } from "./terminals/copy/copies.ts";
import type { PunchImport } from "./terminals/files/punch-import.ts";
import type { TemplateImport } from "./terminals/files/template-import.ts";
import type { FleetHealth } from "./terminals/fleet/fleet-health.ts";
import type { Fleet } from "./terminals/fleet/fleet.ts";
import type { Leavers } from "./terminals/leavers/leavers.ts";
import type { Moves } from "./terminals/move/moves.ts";
import type { PlanBook } from "./terminals/plans/plan-book.ts";
import type { WhoIsWho } from "./terminals/plans/who-is-who.ts";
import type { Terminals } from "./terminals/service.ts";
import type { SealedTemplates } from "./vault/sealed-templates.ts";
import type { VaultDesk } from "./vault/vault-desk.ts";

/** Everything the connector can do, whoever asks: API routes, the admin channel, jobs. */
export interface Services {
  readonly terminals: Terminals;
  readonly fleet: Fleet;
  readonly health: FleetHealth;
  readonly ledger: Ledger;
  readonly punchImport: PunchImport;
  readonly templateImport: TemplateImport;
  readonly people: People;
  readonly links: IdLinks;
  readonly consents: Consents;
  readonly who: WhoIsWho;
  readonly plans: PlanBook;
  readonly copies: Copies;
  readonly moves: Moves;
  readonly leavers: Leavers;
  readonly templates: SealedTemplates;
  readonly vault: VaultDesk;
  readonly hrSites: HrSites;
  readonly delivery: Delivery;
  readonly jobs: Jobs;
  readonly audit: Audit;
  readonly clients: Clients;
}
