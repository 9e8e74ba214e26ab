import type { Profile } from "./site-options.ts";

export interface Versions {
  readonly frappe: string;
  readonly erpnext: string;
  readonly hrms: string | null;
}

const RELEASES: Readonly<Record<Profile, { frappe: string; erpnext: string; hrms: string }>> = {
  14: { frappe: "14.93.2", erpnext: "14.81.0", hrms: "14.38.0" },
  15: { frappe: "15.55.1", erpnext: "15.84.0", hrms: "15.40.0" },
  16: { frappe: "16.4.1", erpnext: "16.2.0", hrms: "16.1.0" },
};

export function versionsOf(profile: Profile, hrms: string | null | undefined, frappe: string | undefined): Versions {
  const release = RELEASES[profile];
  return { frappe: frappe ?? release.frappe, erpnext: release.erpnext, hrms: hrms === undefined ? release.hrms : hrms };
}

/** Whether dotted version `version` is `least` or later. */
export function isAtLeast(version: string | null, least: string): boolean {
  if (version === null) return false;
  const have = version.split(".").map(Number);
  const want = least.split(".").map(Number);
  for (let part = 0; part < Math.max(have.length, want.length); part++) {
    const difference = (have[part] ?? 0) - (want[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
