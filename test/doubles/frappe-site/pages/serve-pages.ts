import { readCookie } from "../auth/cookies.ts";
import { identifyByCookie } from "../auth/sign-in.ts";
import { answer, htmlAnswer, redirect } from "../rest/answer.ts";
import type { Answer } from "../rest/answer.ts";
import { pythonJson } from "../rest/python-json.ts";
import type { SiteRequest } from "../rest/site-request.ts";
import type { SiteContext } from "../site-context.ts";

import { BUNDLE_PATH, STYLE_PATH, deskBundle } from "./assets.ts";
import { deskPage } from "./desk-page.ts";
import { DESK_STYLE } from "./desk-style.ts";
import { loginPage, proxyLoginPage } from "./login-page.ts";

const PROXY_COOKIE = "proxy_session";

/** A proxy in front that wants its own sign-in answers everything itself until its cookie is there. */
export function proxyAnswer(request: SiteRequest, site: SiteContext): Answer | null {
  if (!site.faults.proxyLogin) return null;
  if (request.path === "/.proxy/sign-in")
    return { ...htmlAnswer(302, "", { Location: "/" }), cookies: [`${PROXY_COOKIE}=yes; Path=/`] };
  if (readCookie(request.headers.cookie, PROXY_COOKIE) === "yes") return null;
  return { ...htmlAnswer(200, proxyLoginPage()), cookies: [] };
}

/** Pages, their redirects and assets (`frappe-hr.md` §14.1). */
export async function servePage(request: SiteRequest, site: SiteContext): Promise<Answer> {
  if (request.path === BUNDLE_PATH) return asset("text/javascript; charset=utf-8", await deskBundle(site));
  if (request.path === STYLE_PATH) return asset("text/css; charset=utf-8", DESK_STYLE);
  const identity = identifyByCookie(request, site);
  return { ...pageFor(request, site, identity), cookies: identity.cookies };
}

function pageFor(request: SiteRequest, site: SiteContext, identity: ReturnType<typeof identifyByCookie>): Answer {
  const [first = ""] = request.segments;
  const home = site.profile === 16 ? "desk" : "app";
  if (first === "__stand-in") return changes(request, site);
  if (first === "login") return identity.session === null ? page(loginPage(), site) : redirect(`/${home}`);
  if (first === "" || (first === "apps" && site.profile !== 14)) return redirect(`/${home}`);
  if (first === "app" || first === "desk") {
    if (first !== home) return redirect(otherPrefix(request, home, site));
    if (identity.session === null) return redirect(`/login?redirect-to=${encodeURIComponent(request.rawPath)}`);
    if (site.data.get("User", identity.session.user)?.["desk_user"] === 0)
      return htmlAnswer(403, "<!DOCTYPE html>\n<title>Not Permitted</title>\n<h1>Not Permitted</h1>\n");
    return page(deskPage(identity.session, site), site);
  }
  return htmlAnswer(404, "<!DOCTYPE html>\n<title>Not Found</title>\n<h1>Not Found</h1>\n");
}

/** v15 drops the query when it sends `/desk…` to `/app…`; v16 keeps it the other way round. */
function otherPrefix(request: SiteRequest, home: string, site: SiteContext): string {
  const rest = request.rawPath.replace(/^\/(app|desk)/, "").replace(/\/$/, "");
  const query = request.query.size === 0 ? "" : `?${request.rawQuery}`;
  return site.profile === 16 ? `/${home}${rest}${query}` : `/${home}${rest}`;
}

/** What the page polls in place of a socket: how many writes each DocType has seen. */
function changes(request: SiteRequest, site: SiteContext): Answer {
  const doctype = request.query.get("doctype") ?? "";
  return answer(200, "application/json", pythonJson({ changes: site.data.changesOf(doctype) }));
}

function page(body: string, site: SiteContext): Answer {
  const policy = site.faults.contentSecurityPolicy;
  return htmlAnswer(200, body, policy === null ? {} : { "Content-Security-Policy": policy });
}

function asset(type: string, body: string): Answer {
  return { ...answer(200, type, body, { "Cache-Control": "no-store" }), cookies: [] };
}
