import type { Profile } from "../site-options.ts";

const LIFETIME_SECONDS = 612_000;

export interface CookieOwner {
  readonly sid: string;
  readonly deskUser: boolean;
  readonly fullName: string;
  readonly user: string;
  readonly language: string;
}

export const GUEST_COOKIES: CookieOwner = {
  sid: "Guest",
  deskUser: false,
  fullName: "Guest",
  user: "Guest",
  language: "en",
};

/** The five cookies that every answer sets again (`frappe-hr.md` §9.4). */
export function cookieLines(owner: CookieOwner, profile: Profile, utc: number): string[] {
  const expires = new Date(utc + LIFETIME_SECONDS * 1000).toUTCString();
  return [
    `sid=${owner.sid}; Expires=${expires}; Max-Age=${LIFETIME_SECONDS}; HttpOnly; Path=/; SameSite=Lax`,
    `system_user=${owner.deskUser ? "yes" : "no"}; Path=/; SameSite=Lax`,
    `full_name=${encodeURIComponent(owner.fullName)}; Path=/; SameSite=Lax`,
    `user_id=${encodeURIComponent(owner.user)}; Path=/; SameSite=Lax`,
    profile === 16 ? `user_lang=${owner.language}; Path=/; SameSite=Lax` : "user_image=; Path=/; SameSite=Lax",
  ];
}

/** Takes the cookies away: after a wrong token, a dead session, a sign-out. */
export function deletingLines(profile: Profile, utc: number): string[] {
  const expires = new Date(utc - 86_400_000).toUTCString();
  const names = ["sid", "full_name", "user_id", "system_user", profile === 16 ? "user_lang" : "user_image"];
  return names.map((name) => `${name}=; Expires=${expires}; Path=/`);
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const [key = "", ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
