import { statfs } from "node:fs/promises";

import { sql } from "kysely";

import type { AdminReply } from "@tandem/contracts/admin.ts";
import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { firstFailure } from "../hr/first-failure.ts";
import type { HrSites } from "../hr/hr-sites.ts";
import type { Store } from "../store/store.ts";
import type { Terminals } from "../terminals/service.ts";

type Finding = AdminReply<"doctor">["findings"][number];

export interface DoctorDeps {
  readonly folder: string;
  readonly store: Store;
  readonly audit: Audit;
  readonly hrSites: HrSites;
  readonly terminals: Terminals;
  /** Whether the extension has been built, and where. */
  readonly extension: () => Promise<{ readonly folder: string; readonly isBuilt: boolean }>;
}

/** A database, its journal and a backup of a large company together stay below this. */
const ROOM_BYTES = 1024 ** 3;

/** What is wrong with this PC, one finding after the other; a finding that fails never hides the next. */
export async function diagnose(deps: DoctorDeps): Promise<Finding[]> {
  const { folder, store, audit, hrSites, terminals } = deps;
  const findings = [
    await find("disk", { folder }, async () => {
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < ROOM_BYTES)
        throw new TandemError("store.disk-full", { freeMegabytes: megabytes(bavail * bsize) });
      return { freeMegabytes: megabytes(bavail * bsize) };
    }),
    await find("database", {}, async () => {
      const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(store.db);
      const finding = rows[0]?.quick_check ?? "no answer";
      if (finding !== "ok") throw new TandemError("store.damaged", { finding });
      return {};
    }),
    await find("audit", {}, async () => {
      const { ok, entries, brokenAt } = await audit.verify();
      if (!ok) throw new TandemError("store.audit-broken", { seq: brokenAt });
      return { entries };
    }),
    await find("extension", {}, async () => {
      const { folder: built, isBuilt } = await deps.extension();
      if (!isBuilt) throw new TandemError("cli.extension-missing", { folder: built });
      return { folder: built };
    }),
    await find("hr", { site: hrSites.current()?.origin ?? null }, async () => {
      const check = await hrSites.check();
      const failure = firstFailure(check);
      if (failure !== null) throw failure;
      return { user: check.user, version: check.versions.hrms, zone: check.zone };
    }),
  ];
  const named = (await terminals.list()).filter(({ address }) => address !== null);
  const checks = named.map(({ name }) =>
    find(`terminal ${name}`, {}, async () => {
      const { serial, clockOffsetSeconds, punches } = await terminals.check(name);
      return { serial, clockOffsetSeconds, punches };
    }),
  );
  return [...findings, ...(await Promise.all(checks))];
}

async function find(
  id: string,
  facts: Record<string, unknown>,
  look: () => Promise<Record<string, unknown>>,
): Promise<Finding> {
  try {
    return { id, ok: true, code: null, details: { ...facts, ...(await look()) } };
  } catch (error) {
    const { code, details } = toTandemError(error);
    return { id, ok: false, code, details: { ...facts, ...details } };
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
