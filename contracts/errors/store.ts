import { lasting, passing } from "./spec.ts";

/** Failures of the data folder, the database, the key vault and the audit chain. */
export const storeErrors = {
  "store.folder-unusable": lasting(500),
  "store.folder-exposed": lasting(500),
  "store.clock-wrong": lasting(500),
  "store.network-drive": lasting(500),
  "store.cloud-folder": lasting(500),
  "store.read-only": lasting(500),
  "store.disk-full": passing(507),
  "store.in-use": passing(409),
  "store.newer-version": lasting(500),
  "store.damaged": lasting(500),
  "store.settings-damaged": lasting(500),
  "store.key-missing": lasting(500),
  "store.key-wrong": lasting(500),
  "store.key-exposed": lasting(500),
  "store.key-exists": lasting(409),
  "store.secret-missing": lasting(500),
  "store.audit-broken": lasting(500),
} as const;
