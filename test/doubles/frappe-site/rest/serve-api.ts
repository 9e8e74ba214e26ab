import { cookieLines, deletingLines, GUEST_COOKIES } from "../auth/cookies.ts";
import { callerFor, checkCsrf, identifyByCookie, identifyByToken, logIn, sessionCookies } from "../auth/sign-in.ts";
import type { Identity } from "../auth/sign-in.ts";
import { Transaction } from "../data/transaction.ts";
import { textOf } from "../data/value.ts";
import type { SiteContext } from "../site-context.ts";

import { answer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { callMethod } from "./call-method.ts";
import { errorAnswer, serverMessages } from "./error-answer.ts";
import { FrappeError, notFound } from "./frappe-error.ts";
import type { MethodCall } from "./methods/method.ts";
import { pythonJson } from "./python-json.ts";
import { serveResource } from "./resource.ts";
import { readArguments, textArgument } from "./site-request.ts";
import type { CallInput, SiteRequest } from "./site-request.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** What is known of a request for the log, filled in while it is served. */
export interface RequestNotes {
  user: string;
  rows: number;
}

/** Serves everything below `/api`: sign-in, arguments, one transaction, and the answer or the error's body. */
export async function serveApi(request: SiteRequest, site: SiteContext, notes: RequestNotes): Promise<Answer> {
  let identity = identifyByCookie(request, site);
  if (request.method === "OPTIONS") return withCookies(answer(200, "text/plain; charset=utf-8", ""), identity.cookies);
  try {
    const input = readArguments(request);
    notes.rows = rowsIn(request, input);
    const method = methodPath(request, site);
    if (method === "login") return signIn(input, identity, site, notes);
    checkCsrf(request, input.args, identity);
    identity = spoken(identifyByToken(request, identity, site), input);
    notes.user = identity.caller.user;
    if (method === "logout") return signOut(identity, site);
    return withCookies(await inTransaction(request, site, identity, input, method), identity.cookies);
  } catch (error) {
    if (!(error instanceof FrappeError)) throw error;
    const body = errorAnswer(error, site, {
      accept: request.headers.accept ?? "",
      sessionExpired: identity.sessionExpired,
    });
    const unauthorized = error.spec.status === 401;
    if (unauthorized && error.spec.extra !== undefined) return withCookies(body, []);
    // A wrong token takes the cookies away, whosever they are (`frappe-hr.md` §9.6 trap 2).
    return withCookies(
      body,
      unauthorized ? [...identity.cookies, ...deletingLines(site.profile, site.clock.utc())] : identity.cookies,
    );
  }
}

async function inTransaction(
  request: SiteRequest,
  site: SiteContext,
  identity: Identity,
  input: CallInput,
  method: string | null,
): Promise<Answer> {
  const transaction = new Transaction(site.data);
  const call: MethodCall = { site, caller: identity.caller, transaction, before: null, input };
  try {
    const reply =
      method === null
        ? await serveResourcePath(request, site, call)
        : await serveMethod(method, request, identity, call);
    // Only writing requests are committed: a GET that runs a method leaves no trace.
    if (READS.has(request.method)) transaction.rollBack();
    else transaction.commit();
    return reply;
  } catch (error) {
    transaction.rollBack();
    throw error;
  }
}

async function serveMethod(
  method: string,
  request: SiteRequest,
  identity: Identity,
  call: MethodCall,
): Promise<Answer> {
  const { message, shown } = await callMethod(method, request.method, call);
  const body: Record<string, unknown> = identity.sessionExpired ? { session_expired: 1 } : {};
  if (message !== undefined) body["message"] = message;
  if (shown !== undefined) body["_server_messages"] = serverMessages(shown, call.site);
  return answer(200, "application/json", pythonJson(body));
}

function serveResourcePath(request: SiteRequest, site: SiteContext, call: MethodCall): Promise<Answer> {
  const [family, doctype, ...name] = apiSegments(request, site);
  if (family !== "resource" || doctype === undefined || doctype === "") throw notFound();
  const id = name.filter((part) => part !== "").join("/");
  return serveResource(request.method, doctype, id === "" ? undefined : id, call);
}

/** Path parts after `/api` and, where the version knows it, `/v1`. */
function apiSegments(request: SiteRequest, site: SiteContext): readonly string[] {
  const [, version] = request.segments;
  return version === "v1" && site.profile !== 14 ? request.segments.slice(2) : request.segments.slice(1);
}

function methodPath(request: SiteRequest, site: SiteContext): string | null {
  const [family, name] = apiSegments(request, site);
  return family === "method" && name !== undefined ? name : null;
}

function spoken(identity: Identity, input: CallInput): Identity {
  const wanted = textArgument(input.args, "_lang");
  if (wanted !== "en" && wanted !== "vi") return identity;
  return { ...identity, caller: { ...identity.caller, language: wanted } };
}

function signIn(input: CallInput, identity: Identity, site: SiteContext, notes: RequestNotes): Answer {
  const session = logIn(input.args, site);
  notes.user = session.user;
  const caller = callerFor(session.user, site, identity.caller.language);
  const body = {
    message: "Logged In",
    home_page: site.profile === 16 ? "/desk" : "/app",
    full_name: textOf(site.data.get("User", caller.user)?.["full_name"]) || caller.user,
  };
  return withCookies(answer(200, "application/json", pythonJson(body)), sessionCookies(session, site));
}

function signOut(identity: Identity, site: SiteContext): Answer {
  if (identity.session !== null) site.data.sessions.delete(identity.session.sid);
  const utc = site.clock.utc();
  const body = { message: "No App", home_page: "/login", full_name: "Guest" };
  return withCookies(answer(200, "application/json", pythonJson(body)), [
    ...cookieLines(GUEST_COOKIES, site.profile, utc),
    ...deletingLines(site.profile, utc),
  ]);
}

function withCookies(reply: Answer, cookies: readonly string[]): Answer {
  return { ...reply, cookies };
}

/** How many new records a request carries. */
function rowsIn(request: SiteRequest, input: CallInput): number {
  if (request.method !== "POST" && request.method !== "PUT") return 0;
  const docs = input.args["docs"];
  if (Array.isArray(docs)) return docs.length;
  if (typeof docs === "string") return docs.split('"doctype"').length - 1;
  return request.method === "POST" &&
    (request.segments[1] === "resource" || request.path.endsWith("add_log_based_on_employee_field"))
    ? 1
    : 0;
}
