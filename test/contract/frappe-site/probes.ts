import { CHECKIN_PROBES } from "./probes/checkin-probes.ts";
import { ERROR_PROBES } from "./probes/error-probes.ts";
import type { Probe, ProbeCredentials, ProbeResult, ProbeRun, Wanted } from "./probes/probe.ts";
import { ROUTE_PROBES } from "./probes/route-probes.ts";
import { SIGN_IN_PROBES } from "./probes/sign-in-probes.ts";
import { logIn, readCsrfToken } from "./support/signed-in.ts";
import { SiteClient } from "./support/site-client.ts";
import type { Reply } from "./support/site-client.ts";

/** The rows of `frappe-hr.md` §10.3, §14.1, §14.6 and §14.9, and both bodies of `insert_many` (§14.14). */
export const PROBES: readonly Probe[] = [...ROUTE_PROBES, ...SIGN_IN_PROBES, ...ERROR_PROBES, ...CHECKIN_PROBES];

/**
 * Runs the probe list against any site, the double or a real one. Makes its own Employee and removes everything it
 * made. The user needs HR Manager or HR User. A result that is not `ok` is a fault of the double, or of the probe.
 */
export async function runProbes(origin: string, credentials: ProbeCredentials): Promise<ProbeResult[]> {
  const run = await prepare(origin, credentials);
  const results: ProbeResult[] = [];
  try {
    for (const probe of PROBES) {
      if (probe.only !== undefined && !probe.only(run)) continue;
      const wanted = typeof probe.want === "function" ? probe.want(run) : probe.want;
      const reply = await probe.ask(run);
      const differences = compare(reply, wanted);
      results.push({ id: probe.id, what: probe.what, ok: differences.length === 0, differences });
    }
  } finally {
    await cleanUp(run);
  }
  return results;
}

async function prepare(origin: string, credentials: ProbeCredentials): Promise<ProbeRun> {
  const token = SiteClient.withToken(origin, credentials.apiKey, credentials.apiSecret);
  const versions = await token.get("/api/method/frappe.utils.change_log.get_versions");
  const apps = versions.body["message"] as Record<string, { version: string }>;
  const profile = Number(apps["frappe"]?.version.split(".")[0]);
  const made = await token.post("/api/resource/Employee", {
    first_name: "Probe",
    last_name: `Tandem ${String(process.pid)}`,
    gender: "Male",
    date_of_birth: "1990-01-01",
    date_of_joining: "2019-01-01",
  });
  const desk = profile === 16 ? "/desk" : "/app";
  const session = await logIn(origin, credentials.user, credentials.password);
  const csrfToken = await readCsrfToken(session, desk);
  return {
    origin,
    credentials,
    profile,
    hrms: apps["hrms"]?.version ?? "0",
    desk,
    token,
    guest: new SiteClient(origin),
    session,
    csrfToken,
    employee: nameOf(made.body["data"]),
    stamp: { year: "2019" },
  };
}

async function cleanUp(run: ProbeRun): Promise<void> {
  for (const employee of [run.employee, `${run.employee}-NOPE`]) {
    const query = { filters: [["employee", "=", employee]], limit_page_length: "0" };
    const logs = await run.token.get("/api/resource/Employee Checkin", query);
    for (const log of logs.body["data"] as unknown[])
      await run.token.delete(`/api/resource/Employee Checkin/${encodeURIComponent(nameOf(log))}`);
  }
  await run.token.delete(`/api/resource/Employee/${encodeURIComponent(run.employee)}`);
}

function nameOf(record: unknown): string {
  return (record as { name: string }).name;
}

function compare(reply: Reply, wanted: Wanted): string[] {
  const differences: string[] = [];
  const check = (part: string, seen: unknown, want: unknown): void => {
    const same = want instanceof RegExp ? want.test(String(seen)) : JSON.stringify(seen) === JSON.stringify(want);
    if (!same) differences.push(`${part}: ${JSON.stringify(seen)} instead of ${String(want)}`);
  };
  check("status", reply.status, wanted.status);
  if (wanted.excType !== undefined) check("exc_type", reply.excType, wanted.excType);
  if (wanted.message !== undefined) check("message", reply.messages.join(" | "), wanted.message);
  if (wanted.location !== undefined) check("Location", reply.location, wanted.location);
  if (wanted.contentType !== undefined) check("Content-Type", reply.contentType, wanted.contentType);
  if (wanted.keys !== undefined) check("keys", Object.keys(reply.body), wanted.keys);
  for (const [key, value] of Object.entries(wanted.body ?? {})) check(key, reply.body[key], value);
  for (const [key, value] of Object.entries(wanted.data ?? {}))
    check(`data.${key}`, (reply.body["data"] as Record<string, unknown> | undefined)?.[key], value);
  for (const [key, value] of Object.entries(wanted.cookies ?? {})) check(`cookie ${key}`, reply.cookies[key], value);
  return differences;
}
