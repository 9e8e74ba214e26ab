import { identifyByCookie, identifyByToken } from "../auth/sign-in.ts";
import { Transaction } from "../data/transaction.ts";
import { textOf } from "../data/value.ts";
import { hasRight } from "../documents/permissions.ts";
import type { SiteContext } from "../site-context.ts";

import { answer, htmlAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { FrappeError } from "./frappe-error.ts";
import type { SiteRequest } from "./site-request.ts";

const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  txt: "text/plain; charset=utf-8",
};

/** `/files/…` for everybody, `/private/files/…` for those who may read the record it is attached to (§9.8). */
export function serveFile(request: SiteRequest, site: SiteContext): Answer {
  let identity = identifyByCookie(request, site);
  try {
    identity = identifyByToken(request, identity, site);
  } catch (error) {
    if (!(error instanceof FrappeError)) throw error;
    return errorAnswer(error, site, { accept: request.headers.accept ?? "", sessionExpired: identity.sessionExpired });
  }
  const content = site.data.fileContents.get(request.path);
  if (request.path.startsWith("/private/") && !mayRead(request.path, site, identity))
    return forbidden(identity.cookies);
  if (content === undefined)
    return { ...htmlAnswer(404, "<!DOCTYPE html>\n<title>Not Found</title>\n"), cookies: identity.cookies };
  const ending = request.path.split(".").at(-1)?.toLowerCase() ?? "";
  return { ...answer(200, TYPES[ending] ?? "application/octet-stream", content), cookies: identity.cookies };
}

function mayRead(
  url: string,
  site: SiteContext,
  identity: { readonly caller: Parameters<typeof hasRight>[1] },
): boolean {
  const { caller } = identity;
  for (const file of new Transaction(site.data).lookUp("File", "file_url", url)) {
    if (file["owner"] === caller.user) return true;
    const target = site.doctypes.find(textOf(file["attached_to_doctype"]));
    if (target !== undefined && hasRight(target, caller, "read")) return true;
  }
  return false;
}

function forbidden(cookies: readonly string[]): Answer {
  const page =
    "<!doctype html>\n<html lang=en>\n<title>403 Forbidden</title>\n<h1>Forbidden</h1>\n<p>You don&#39;t have permission to access this file</p>\n";
  return { ...htmlAnswer(403, page), cookies };
}
