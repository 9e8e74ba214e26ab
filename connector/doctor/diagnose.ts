import { sql } from "kysely";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { firstFailure } from "../hr/first-failure.ts";
import type { HrSites } from "../hr/hr-sites.ts";
import type { Clock } from "../platform/clock.ts";
import type { FileRights } from "../platform/file-rights.ts";
import type { DataPaths } from "../store/data-folder.ts";
import type { Store } from "../store/store.ts";
import type { FleetHealth } from "../terminals/fleet/fleet-health.ts";
import { lookAtRecovery, type VaultSettings } from "../vault/vault-status.ts";

import { find, type Finding } from "./find.ts";
import { lookAtHrClock, lookAtTerminals } from "./fleet.ts";
import { lookAtClock, lookAtDisk, lookAtFolder, lookAtKey, lookAtPort } from "./this-pc.ts";

export interface DoctorDeps {
  readonly paths: DataPaths;
  readonly rights: FileRights;
  readonly clock: Clock;
  readonly store: Store;
  readonly audit: Audit;
  readonly settings: VaultSettings;
  readonly hrSites: HrSites;
  readonly health: FleetHealth;
  /** Port of the running API, and the one the settings name; null where there is none. */
  readonly ports: () => { readonly running: number | null; readonly saved: number | null };
  /** Whether the extension has been built, and where. */
  readonly extension: () => { readonly folder: string; readonly isBuilt: boolean };
}

/** What is wrong with this PC, one finding after the other; a finding that fails never hides the next. */
export async function diagnose(deps: DoctorDeps): Promise<Finding[]> {
  const { paths, rights, hrSites } = deps;
  const { running, saved } = deps.ports();
  return [
    await find("folder", { folder: paths.folder }, () => lookAtFolder(paths, rights)),
    await find("key", {}, () => lookAtKey(paths, rights)),
    await find("disk", { folder: paths.folder }, () => lookAtDisk(paths.folder)),
    await find("database", {}, () => lookAtDatabase(deps.store)),
    await find("audit", {}, () => lookAtAudit(deps.audit)),
    await find("recovery", {}, () => lookAtRecovery(deps.store, deps.settings)),
    await find("port", {}, () => lookAtPort(running, saved)),
    await find("clock", {}, () => lookAtClock(deps.clock)),
    await find("extension", {}, () => lookAtExtension(deps)),
    await find("hr", { site: hrSites.current()?.origin ?? null }, () => lookAtHrSite(hrSites)),
    await find("hr-clock", {}, () => lookAtHrClock(deps.health)),
    ...(await lookAtTerminals(deps.health)),
  ];
}

async function lookAtDatabase(store: Store): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(store.db);
  const finding = rows[0]?.quick_check ?? "no answer";
  if (finding !== "ok") throw new TandemError("store.damaged", { finding });
  return {};
}

async function lookAtAudit(audit: Audit): Promise<Record<string, unknown>> {
  const { ok, entries, brokenAt } = await audit.verify();
  if (!ok) throw new TandemError("store.audit-broken", { seq: brokenAt });
  return { entries };
}

function lookAtExtension({ extension }: DoctorDeps): Promise<Record<string, unknown>> {
  const { folder, isBuilt } = extension();
  return isBuilt ? Promise.resolve({ folder }) : Promise.reject(new TandemError("cli.extension-missing", { folder }));
}

async function lookAtHrSite(hrSites: HrSites): Promise<Record<string, unknown>> {
  const check = await hrSites.check();
  const failure = firstFailure(check);
  if (failure !== null) throw failure;
  return { user: check.user, version: check.versions.hrms, zone: check.zone, clockSkewSeconds: check.clockSkewSeconds };
}
