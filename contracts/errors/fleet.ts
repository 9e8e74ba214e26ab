import { lasting } from "./spec.ts";

/** Refusals of looking for terminals on a network and of following one to a new address. */
export const fleetErrors = {
  "fleet.network-invalid": lasting(400),
  "fleet.network-too-large": lasting(400),
  "fleet.network-public": lasting(400),
  "fleet.serial-unknown": lasting(409),
} as const;
