import { z } from "zod";

import { PersonId } from "./ids.ts";
import { Instant } from "./time.ts";

/** Class of biometric data; each needs a consent of its own (`product.md` §8.1 V2). */
export const BiometricKind = z.enum(["finger", "face", "photo"]);
export type BiometricKind = z.infer<typeof BiometricKind>;

/** What the data are used for; a consent to one purpose says nothing about another (`product.md` §8.1 V3). */
export const ConsentPurpose = z.enum(["attendance", "door", "payroll"]);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** How the person agreed. */
export const ConsentMethod = z.enum(["paper", "esign", "tick"]);
export type ConsentMethod = z.infer<typeof ConsentMethod>;

/** Language of the text that the person was shown. */
export const ConsentLanguage = z.enum(["vi", "en"]);
export type ConsentLanguage = z.infer<typeof ConsentLanguage>;

/** Version of the text that the person was shown, e.g. `2026-01`. */
export const ConsentText = z.string().trim().min(1).max(100);

/** People by name, or `all`: whoever has not left. */
const Whom = z.union([z.literal("all"), z.array(PersonId).min(1).max(50_000)]);

export const NewConsent = z.object({
  people: Whom,
  kind: BiometricKind,
  purpose: ConsentPurpose.default("attendance"),
  method: ConsentMethod,
  text: ConsentText,
  language: ConsentLanguage.default("vi"),
});
export type NewConsent = z.infer<typeof NewConsent>;

export const Withdrawal = z.object({
  people: z.array(PersonId).min(1).max(50_000),
  kind: BiometricKind,
  purpose: ConsentPurpose.default("attendance"),
  why: z.string().max(500).default(""),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

export const ConsentQuery = z.object({ personId: PersonId.optional(), kind: BiometricKind.optional() });
export type ConsentQuery = z.infer<typeof ConsentQuery>;

/** One record, as it was written; a withdrawal has no text, language and method of its own. */
export const Consent = z.object({
  id: z.number().int(),
  personId: PersonId,
  kind: BiometricKind,
  purpose: ConsentPurpose,
  action: z.enum(["given", "withdrawn"]),
  text: ConsentText.nullable(),
  language: ConsentLanguage.nullable(),
  method: ConsentMethod.nullable(),
  at: Instant,
  actor: z.string(),
  why: z.string(),
  /** Whether this record is what permits the use of these data now. */
  inForce: z.boolean(),
});
export type Consent = z.infer<typeof Consent>;

/** `same` = people whose consent to that text was on record already. */
export const ConsentCounts = z.object({ recorded: z.number().int(), same: z.number().int() });
export type ConsentCounts = z.infer<typeof ConsentCounts>;

/** `none` = people who had no consent in force; `erased` = sealed copies destroyed with it. */
export const WithdrawalCounts = z.object({
  withdrawn: z.number().int(),
  none: z.number().int(),
  erased: z.number().int(),
});
export type WithdrawalCounts = z.infer<typeof WithdrawalCounts>;
