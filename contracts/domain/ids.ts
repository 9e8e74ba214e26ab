import { z } from "zod";

/**
 * Identifiers are strings everywhere (design §3.10) and branded, so that a terminal's user ID can never be passed where
 * a person's ID is wanted. The brand exists in the type only; the value is the plain string.
 */
const id = (max: number) => z.string().min(1).max(max);

/** The HR app's id of an employee, e.g. `HR-EMP-00012`. May hold spaces, slashes and non-ASCII letters; never parse it. */
export const PersonId = id(140).brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

/** What a terminal calls a user (the PIN on its screen). Leading zeros are significant. */
export const UserId = id(64).brand<"UserId">();
export type UserId = z.infer<typeof UserId>;

/** The scope in which a user ID means one person: terminals that share numbering. */
export const IdSpaceId = id(64).brand<"IdSpaceId">();
export type IdSpaceId = z.infer<typeof IdSpaceId>;

/** The operator's name for a terminal; unique on one connector, and the `device_id` of what is delivered. */
export const TerminalName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\s/\\:*?"<>|][^/\\:*?"<>|]*$/, "letters, digits, spaces, dots, dashes")
  .brand<"TerminalName">();
export type TerminalName = z.infer<typeof TerminalName>;

/** `~SerialNumber` of a terminal: the identity of the device itself. */
export const SerialNumber = id(64).brand<"SerialNumber">();
export type SerialNumber = z.infer<typeof SerialNumber>;

/** Origin of an HR site, e.g. `https://hr.company.vn`: lower case, no path, no trailing slash. */
export const HrSiteOrigin = z
  .string()
  .regex(/^https?:\/\/[^/\s?#@]+$/, "an origin such as https://hr.company.vn")
  .brand<"HrSiteOrigin">();
export type HrSiteOrigin = z.infer<typeof HrSiteOrigin>;

export const JobId = id(64).brand<"JobId">();
export type JobId = z.infer<typeof JobId>;

/** A paired browser profile. */
export const ClientId = id(64).brand<"ClientId">();
export type ClientId = z.infer<typeof ClientId>;

export const SessionId = id(64).brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

/** Name of a sealed secret in the store, e.g. `hr:https://hr.company.vn`; holds nothing secret itself. */
export const SecretRef = id(200).brand<"SecretRef">();
export type SecretRef = z.infer<typeof SecretRef>;
