import type { AdminReply } from "@tandem/contracts/admin.ts";
import { toTandemError } from "@tandem/contracts/errors.ts";

export type Finding = AdminReply<"doctor">["findings"][number];

/** Facts about what was looked at. A problem is thrown, as a TandemError. */
export type Look = () => Promise<Record<string, unknown>>;

/** Looks, and turns whatever comes of it into a finding. */
export async function find(id: string, facts: Record<string, unknown>, look: Look): Promise<Finding> {
  try {
    return { id, ok: true, code: null, details: { ...facts, ...(await look()) } };
  } catch (error) {
    const { code, details } = toTandemError(error);
    return { id, ok: false, code, details: { ...facts, ...details } };
  }
}
