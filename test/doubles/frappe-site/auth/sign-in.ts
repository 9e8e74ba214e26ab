import { randomBytes } from "node:crypto";

import type { LoginSession } from "../data/site-data.ts";
import { textOf } from "../data/value.ts";
import { FrappeError, refuse } from "../rest/frappe-error.ts";
import { textArgument } from "../rest/site-request.ts";
import type { Arguments, SiteRequest } from "../rest/site-request.ts";
import { sentence } from "../rest/texts.ts";
import type { SiteContext } from "../site-context.ts";
import type { Language } from "../site-options.ts";

import { GUEST } from "./caller.ts";
import type { Caller } from "./caller.ts";
import { GUEST_COOKIES, cookieLines, deletingLines, readCookie } from "./cookies.ts";

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** What sign-in found out about one request. */
export interface Identity {
  readonly caller: Caller;
  /** The live session of the request's cookie. */
  readonly session: LoginSession | null;
  /** The request carried a `sid` that is not (any more) a session. */
  readonly sessionExpired: boolean;
  /** `Set-Cookie` lines of the answer. */
  readonly cookies: readonly string[];
}

/** Finds out the session from the cookie. A token is looked at later: the cookie wins (`frappe-hr.md` §9.6). */
export function identifyByCookie(request: SiteRequest, site: SiteContext): Identity {
  const sid = readCookie(request.headers.cookie, "sid");
  const session = sid === undefined ? undefined : site.data.sessions.get(sid);
  const expired = session === undefined && sid !== undefined && sid !== "" && sid !== "Guest";
  const user = session?.user ?? GUEST;
  const utc = site.clock.utc();
  return {
    caller: callerFor(user, site, languageOf(user, site)),
    session: session ?? null,
    sessionExpired: expired,
    cookies:
      session === undefined
        ? [...cookieLines(GUEST_COOKIES, site.profile, utc), ...(expired ? deletingLines(site.profile, utc) : [])]
        : sessionCookies(session, site),
  };
}

/** For writes with a session that has loaded a Desk page, the CSRF token must be in the header or the form. */
export function checkCsrf(request: SiteRequest, args: Arguments, identity: Identity): void {
  const expected = identity.session?.csrfToken ?? null;
  if (!UNSAFE.has(request.method) || expected === null) return;
  const header = request.headers["x-frappe-csrf-token"];
  if (header === expected || textArgument(args, "csrf_token") === expected) return;
  throw refuse(sentence(identity.caller.language, "invalidRequest"), {
    status: 400,
    type: "CSRFTokenError",
    title: sentence(identity.caller.language, "message"),
    withoutTraceback: true,
  });
}

/** Reads `Authorization`. A wrong token ends the request with 401, whatever the cookie says. */
export function identifyByToken(request: SiteRequest, identity: Identity, site: SiteContext): Identity {
  const parts = (request.headers.authorization ?? "").split(" ");
  const [scheme = "", value = ""] = parts;
  if (parts.length !== 2 || scheme === "") return identity;
  const pair = scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString("utf8") : value;
  const known = scheme.toLowerCase() === "token" || scheme.toLowerCase() === "basic";
  if (!known && identity.session !== null) return identity;
  const user = known ? userOfToken(pair, site) : null;
  if (user === null) throw new FrappeError({ status: 401, type: "AuthenticationError" });
  if (identity.session !== null) return identity;
  return { ...identity, caller: callerFor(user, site, tokenLanguage(request, site)) };
}

function userOfToken(pair: string, site: SiteContext): string | null {
  const colon = pair.indexOf(":");
  if (colon <= 0) return null;
  const key = pair.slice(0, colon);
  const user = site.data.rows("User").find((one) => textOf(one["api_key"]) === key);
  if (user === undefined || site.data.secrets.get(user.name) !== pair.slice(colon + 1)) return null;
  return site.profile === 16 && user["enabled"] !== 1 ? null : user.name;
}

/** A token call is answered in the site's language up to v15, in that of `Accept-Language` from v16 (§10.2). */
function tokenLanguage(request: SiteRequest, site: SiteContext): Language {
  if (site.profile !== 16) return site.settings.siteLanguage;
  return (request.headers["accept-language"] ?? "").startsWith("vi") ? "vi" : "en";
}

export function callerFor(user: string, site: SiteContext, language: Language): Caller {
  const roles = site.data
    .rows("Has Role")
    .filter((row) => row["parent"] === user)
    .map((row) => textOf(row["role"]));
  return { user, roles: new Set(user === GUEST ? [GUEST] : [...roles, "All", GUEST]), language };
}

function languageOf(user: string, site: SiteContext): Language {
  const own = textOf(site.data.get("User", user)?.["language"]);
  return own === "vi" || own === "en" ? own : site.settings.siteLanguage;
}

/** Starts a session for a name and password, or says that they are wrong. */
export function logIn(args: Arguments, site: SiteContext): LoginSession {
  const user = textArgument(args, "usr") ?? "";
  const password = textArgument(args, "pwd") ?? "";
  if (user === "" || password === "") throw loginFailure("incompleteLogin");
  const record = site.data.get("User", user);
  const right = record?.["enabled"] === 1 && site.data.passwords.get(record.name) === password;
  if (!right) throw loginFailure("invalidLogin");
  const session: LoginSession = { sid: randomBytes(28).toString("hex"), user: record.name, csrfToken: null };
  site.data.sessions.set(session.sid, session);
  return session;
}

function loginFailure(key: "incompleteLogin" | "invalidLogin"): FrappeError {
  return new FrappeError({ status: 401, type: "AuthenticationError", extra: { message: sentence("en", key) } });
}

/** One token per session, made when its first Desk page is rendered. */
export function csrfTokenOf(session: LoginSession): string {
  session.csrfToken ??= randomBytes(28).toString("hex");
  return session.csrfToken;
}

export function sessionCookies(session: LoginSession, site: SiteContext): string[] {
  const user = site.data.get("User", session.user);
  return cookieLines(
    {
      sid: session.sid,
      deskUser: user?.["desk_user"] !== 0,
      fullName: textOf(user?.["full_name"]) || session.user,
      user: session.user,
      language: languageOf(session.user, site),
    },
    site.profile,
    site.clock.utc(),
  );
}
