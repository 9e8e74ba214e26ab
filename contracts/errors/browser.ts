import { lasting, passing } from "./spec.ts";

/** Failures between the extension's own parts, and between the browser and the connector (`browser-and-localhost.md` §1.2). */
export const browserErrors = {
  "browser.connector-offline": passing(503),
  "browser.connector-blocked": lasting(503),
  "browser.message-refused": lasting(403),
  "browser.not-granted": lasting(403),
  "browser.reload-needed": lasting(409),
} as const;
