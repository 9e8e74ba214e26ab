import type { HrCheck, HrFinding } from "@tandem/contracts/domain/hr-site.ts";
import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { type ErrorCode, TandemError } from "@tandem/contracts/errors.ts";

import type { FrappeClient } from "./client.ts";
import { readOneEmployee } from "./employees.ts";
import { probeTime, type ProbeResult } from "./probe.ts";
import { hasRight, ping, readRoles, readUser, readVersions, SUPPORTED_MAJORS, type Versions } from "./site-facts.ts";
import { readZone } from "./zone-guess.ts";

/** Beyond this the clock is reported; delivery goes on, because a punch carries its terminal's time. */
const SKEW_SECONDS = 60;

/** What delivery and people sync ask of the site. Level 1 of Employee Checkin is proven by the probe. */
const RIGHTS = [
  ["Employee", "read"],
  ["Employee Checkin", "create"],
  ["Employee Checkin", "read"],
  ["Shift Type", "read"],
] as const;

const ENTRANCE: readonly HrFinding["id"][] = ["reachable", "credentials", "version"];

export interface CheckOptions {
  /** The zone so far known, from the operator or the HR page. */
  readonly zone: Zone | null;
  readonly zoneSource: "page" | "clock" | "operator" | null;
  /** This PC's zone: the first guess where the site's is not known. */
  readonly localZone: Zone;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

/** Proves by asking that the site can be delivered to. Never throws `hr.*`: what fails is a finding with its code. */
export async function checkSite(client: FrappeClient, options: CheckOptions): Promise<HrCheck> {
  const check = new Check(client.origin);
  await check.step("reachable", async () => {
    await ping(client);
    return { encrypted: client.origin.startsWith("https:") };
  });
  await check.step("credentials", async () => {
    check.user = await readUser(client);
    check.found("user", true, null, { user: check.user });
    return {};
  });
  await check.step("version", async () => {
    check.versions = await readVersions(client);
    refuseVersions(check.versions);
    return { ...check.versions };
  });
  const { user } = check;
  if (check.isBlocked() || user === null) return check.result(null, null);
  await check.step("roles", async () => {
    const roles = await readRoles(client, user);
    check.roles = roles ?? [];
    return roles === null ? null : { roles: [...roles] };
  });
  const missing = await missingRights(client, check);
  const canProbe = !missing.has("Employee read") && !missing.has("Employee Checkin create");
  return clockFindings(check, canProbe ? await probeSite(client, check, options) : null, options);
}

async function missingRights(client: FrappeClient, check: Check): Promise<ReadonlySet<string>> {
  const missing = new Set<string>();
  for (const [doctype, right] of RIGHTS) {
    await check.step("permission", async () => {
      if (await hasRight(client, doctype, right)) return { doctype, right };
      missing.add(`${doctype} ${right}`);
      throw new TandemError("hr.permission-missing", { doctype, right });
    });
  }
  return missing;
}

async function probeSite(client: FrappeClient, check: Check, options: CheckOptions): Promise<ProbeResult | null> {
  const results: ProbeResult[] = [];
  const work = async (): Promise<Details | null> => {
    const employee = await readOneEmployee(client);
    if (employee === null) return null;
    const probe = await probeTime(client, employee, options.random);
    results.push(probe);
    const { record, left, timeKept } = probe;
    if (!timeKept) throw new TandemError("hr.time-replaced", { records: record ?? "", left: left.join(", ") });
    return { record, removed: left.length === 0, left: [...left] };
  };
  await check.step("time-kept", work, "hr.no-employees");
  return results[0] ?? null;
}

/** Zone and clock skew, from the moment the site says it wrote the probe. */
function clockFindings(check: Check, probe: ProbeResult | null, options: CheckOptions): HrCheck {
  const { zone, zoneSource } = options;
  if (probe?.clock === null || probe?.clock === undefined) {
    const code = zone === null ? "hr.zone-unknown" : null;
    check.found("zone", zone === null ? null : true, code, { zone, source: zoneSource, proven: false });
    check.found("clock", null, null, {});
    return check.result(zone, null);
  }
  const reading = readZone(probe.clock, zone, options.localZone);
  const { verdict, offsetMinutes, skewSeconds } = reading;
  const source = zone !== null ? zoneSource : reading.zone !== null ? "clock" : null;
  const details = { zone: reading.zone, source, offsetMinutes, proven: verdict === "proven" };
  if (verdict === "mismatch") check.found("zone", false, "hr.zone-mismatch", details);
  // Not known is no fault of the site: its own page may still tell the zone.
  else if (verdict === "unknown") check.found("zone", null, "hr.zone-unknown", details);
  else check.found("zone", verdict === "proven" ? true : null, null, details);
  const steady = skewSeconds === null ? null : Math.abs(skewSeconds) <= SKEW_SECONDS;
  check.found("clock", steady, steady === false ? "hr.clock-skew" : null, { seconds: skewSeconds });
  return check.result(reading.zone, skewSeconds);
}

function refuseVersions({ frappe, hrms }: Versions): void {
  const major = Number(frappe?.split(".")[0]);
  if (!SUPPORTED_MAJORS.includes(major)) throw new TandemError("hr.unsupported-version", { version: frappe ?? "?" });
  if (hrms === null) throw new TandemError("hr.no-hrms");
}

type FindingId = HrFinding["id"];
type Details = HrFinding["details"];

/** Collects findings; while one of the first three has failed nothing more can be found out. */
class Check {
  user: string | null = null;
  roles: readonly string[] = [];
  versions: Versions = { frappe: null, erpnext: null, hrms: null };
  readonly #origin: HrSiteOrigin;
  readonly #findings: HrFinding[] = [];

  constructor(origin: HrSiteOrigin) {
    this.#origin = origin;
  }

  found(id: FindingId, ok: boolean | null, code: ErrorCode | null, details: Details): void {
    this.#findings.push({ id, ok, code, details });
  }

  /** Runs one step unless the site could not be entered. `work` gives details, or null: could not be found out. */
  async step(id: FindingId, work: () => Promise<Details | null>, unknown: ErrorCode | null = null): Promise<void> {
    if (this.isBlocked()) return;
    try {
      const details = await work();
      if (details === null) this.found(id, null, unknown, {});
      else this.found(id, true, null, details);
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      this.found(id, false, error.code, { ...error.details });
    }
  }

  isBlocked(): boolean {
    return this.#findings.some(({ id, ok }) => ok === false && ENTRANCE.includes(id));
  }

  result(zone: Zone | null, clockSkewSeconds: number | null): HrCheck {
    return {
      origin: this.#origin,
      // A wrong clock is worth knowing but stops nothing.
      ok: this.#findings.every(({ id, ok }) => ok !== false || id === "clock"),
      user: this.user,
      roles: [...this.roles],
      versions: this.versions,
      zone,
      clockSkewSeconds,
      findings: this.#findings,
    };
  }
}
