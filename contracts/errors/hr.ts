import { lasting, passing } from "./spec.ts";

/** Failures between the connector and the HR site. */
export const hrErrors = {
  "hr.not-connected": lasting(409),
  "hr.bad-url": lasting(400),
  "hr.unreachable": passing(502),
  "hr.timeout": passing(504),
  "hr.not-frappe": lasting(502),
  "hr.no-hrms": lasting(409),
  "hr.unsupported-version": lasting(409),
  "hr.bad-credentials": lasting(409),
  "hr.forbidden": lasting(409),
  "hr.permission-missing": lasting(409),
  "hr.time-replaced": lasting(409),
  "hr.clock-skew": lasting(409),
  "hr.zone-unknown": lasting(409),
  "hr.rate-limited": passing(503),
  "hr.maintenance": passing(503),
  "hr.server-error": passing(502),
  "hr.rejected": lasting(409),
  "hr.unknown-employee": lasting(409),
  "hr.inactive-employee": lasting(409),
  "hr.duplicate": lasting(409),
  "hr.log-type-required": lasting(409),
  "hr.geolocation-required": lasting(409),
  "hr.not-kept": passing(502),
} as const;
