import type { Reply, SiteClient } from "../support/site-client.ts";

export interface ProbeCredentials {
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What a probe has to work with. */
export interface ProbeRun {
  readonly origin: string;
  readonly credentials: ProbeCredentials;
  /** Major version of the framework, and the HRMS release. */
  readonly profile: number;
  readonly hrms: string;
  /** `/app` or `/desk`. */
  readonly desk: string;
  /** By API key, without cookies. */
  readonly token: SiteClient;
  readonly guest: SiteClient;
  /** By cookie, of a session that has loaded a Desk page. */
  readonly session: SiteClient;
  readonly csrfToken: string;
  /** An Employee of the run's own, Active, without a shift. */
  readonly employee: string;
  readonly stamp: { readonly year: string };
}

type Expected = string | number | RegExp | null | undefined;

/** What the answer must show; what is left out may be anything. */
export interface Wanted {
  readonly status: number;
  readonly excType?: string;
  /** All messages, joined with ` | `. */
  readonly message?: string | RegExp;
  readonly location?: string | RegExp;
  readonly contentType?: string | RegExp;
  /** Top-level keys of the body, in order. */
  readonly keys?: readonly string[];
  readonly body?: Readonly<Record<string, Expected>>;
  /** Members of `data`. */
  readonly data?: Readonly<Record<string, Expected>>;
  readonly cookies?: Readonly<Record<string, string>>;
}

/** One row of the list: a request and its answer. */
export interface Probe {
  readonly id: string;
  readonly what: string;
  readonly only?: (run: ProbeRun) => boolean;
  readonly ask: (run: ProbeRun) => Promise<Reply>;
  readonly want: Wanted | ((run: ProbeRun) => Wanted);
}

export interface ProbeResult {
  readonly id: string;
  readonly what: string;
  readonly ok: boolean;
  readonly differences: readonly string[];
}

export const CHECKIN = "/api/resource/Employee Checkin";
export const EMPLOYEE = "/api/resource/Employee";
export const INSERT_MANY = "/api/method/frappe.client.insert_many";
export const LOGGED_USER = "/api/method/frappe.auth.get_logged_user";
export const ADD_LOG = "/api/method/hrms.hr.doctype.employee_checkin.employee_checkin.add_log_based_on_employee_field";

/** A body for a new log of the run's employee. */
export function log(
  run: ProbeRun,
  time: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { employee: run.employee, time, _lang: "en", ...more };
}
