import { lasting, passing } from "./spec.ts";

/** Refusals of the request guard and of request validation (`browser-and-localhost.md` §9.4). */
export const requestErrors = {
  "request.host": lasting(421),
  "request.navigation": lasting(403),
  "request.destination": lasting(403),
  "request.upgrade": lasting(403),
  "request.origin": lasting(403),
  "request.origin-missing": lasting(403),
  "request.fetch-site": lasting(403),
  "request.content-type": lasting(415),
  "request.malformed": lasting(400),
  "request.too-large": lasting(413),
  "request.headers-too-large": lasting(431),
  "request.timeout": passing(408),
  "request.not-http": lasting(400),
  "request.invalid": lasting(400),
  "request.not-found": lasting(404),
  "request.method": lasting(405),
  "request.rate": passing(429),
  "internal.unexpected": passing(500),
} as const;
