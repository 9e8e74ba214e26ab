import { z } from "zod";

import { PairedClient } from "@tandem/contracts/domain/client.ts";
import { HrSite } from "@tandem/contracts/domain/hr-site.ts";
import { SecretRef } from "@tandem/contracts/domain/ids.ts";
import { Instant, Zone } from "@tandem/contracts/domain/time.ts";
import { Bytes32 } from "@tandem/contracts/protocol.ts";

/** What the connector knows of a paired browser profile; the key is its public half. */
export const StoredClient = z.strictObject({ ...PairedClient.shape, publicKey: Bytes32 });
export type StoredClient = z.infer<typeof StoredClient>;

/** A connected HR site; its credentials are sealed in the store under `credentialRef`. */
export const StoredHrSite = z.strictObject({ ...HrSite.shape, credentialRef: SecretRef });
export type StoredHrSite = z.infer<typeof StoredHrSite>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:mm");

/** Weekday it begins on (0 Sunday … 6 Saturday); ends on the next day where `to` is not after `from`. */
export const QuietWindow = z.strictObject({
  weekday: z.number().int().min(0).max(6),
  from: TimeOfDay,
  to: TimeOfDay,
});

export const SETTINGS_VERSION = 1;

/** The whole of `settings.json`. Strict: an unknown field is a typing mistake, or a secret where none may be. */
export const SettingsData = z.strictObject({
  version: z.literal(SETTINGS_VERSION),
  /** Null: the first free of the three usual ports. */
  port: z.number().int().min(1).max(65535).nullable(),
  /** Zone of a terminal that is added without one. */
  zone: Zone.nullable(),
  /** Fingerprints, faces and photos are neither read, copied nor stored on this site. */
  noBiometrics: z.boolean().default(false),
  /** Sealed templates are kept, so that a terminal added later needs nobody's finger; otherwise they go with their copy. */
  keepCopies: z.boolean().default(false),
  /** Minutes between two reads of every terminal; 0: only when somebody asks. */
  pullEveryMinutes: z.number().int().min(0).max(1440).default(5),
  /** When Tandem leaves the terminals alone, in each terminal's own time; what an operator asks for is done all the same. */
  quietWindows: z.array(QuietWindow).max(50).default([]),
  data: z.strictObject({ createdAt: Instant, database: z.literal("sqlite") }),
  clients: z.array(StoredClient).check(uniqueBy("clientId")),
  hrSites: z.array(StoredHrSite).check(uniqueBy("origin")),
});
export type SettingsData = z.infer<typeof SettingsData>;

export function freshSettings(createdAt: Instant): SettingsData {
  return {
    version: SETTINGS_VERSION,
    port: null,
    zone: null,
    noBiometrics: false,
    keepCopies: false,
    pullEveryMinutes: 5,
    quietWindows: [],
    data: { createdAt, database: "sqlite" },
    clients: [],
    hrSites: [],
  };
}

function uniqueBy<K extends string>(key: K): z.core.CheckFn<Record<K, string>[]> {
  return ({ value, issues }) => {
    value.forEach((entry, index) => {
      const first = value.findIndex((other) => other[key] === entry[key]);
      if (first !== index) {
        issues.push({ code: "custom", input: entry, path: [index, key], message: "stands here a second time" });
      }
    });
  };
}
