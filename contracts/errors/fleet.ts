import { lasting } from "./spec.ts";

/** Refusals of looking for terminals on a network and of following one to a new address; what lists warn of. */
export const fleetErrors = {
  "fleet.network-invalid": lasting(400),
  "fleet.network-too-large": lasting(400),
  "fleet.network-public": lasting(400),
  "fleet.serial-unknown": lasting(409),
  "fleet.log-cleared": lasting(409),
  "fleet.log-overwrites": lasting(409),
  "fleet.log-nearly-full": lasting(409),
  "fleet.log-full": lasting(409),
  "fleet.silent": lasting(409),
  "fleet.clock-drift": lasting(409),
} as const;
