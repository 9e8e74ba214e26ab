import { lasting, passing } from "./spec.ts";

/** Failures of the command line and of starting the connector. */
export const cliErrors = {
  "cli.usage": lasting(400),
  "cli.not-running": passing(503),
  "cli.already-running": lasting(409),
  "cli.port-in-use": passing(409),
  "cli.extension-missing": lasting(409),
} as const;
