import { randomBytes } from "node:crypto";

import type { SiteContext } from "../site-context.ts";

import { answer, htmlAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { FrappeError } from "./frappe-error.ts";
import type { ServerMessage } from "./frappe-error.ts";
import { pythonJson } from "./python-json.ts";

/** The error's answer: JSON, or a page when the request's `Accept` starts with `text` (`frappe-hr.md` §10.1). */
export function errorAnswer(
  error: FrappeError,
  site: SiteContext,
  request: { readonly accept: string; readonly sessionExpired: boolean },
): Answer {
  const { spec } = error;
  if (request.accept.startsWith("text")) return htmlAnswer(spec.status, errorPage(spec.status, spec.type));
  const body: Record<string, unknown> = {};
  if (request.sessionExpired) body["session_expired"] = 1;
  Object.assign(body, spec.extra);
  const traced = site.settings.allowErrorTraceback && spec.withoutTraceback !== true;
  const raised = `${spec.module ?? "frappe.exceptions."}${spec.type}${spec.text === undefined ? "" : `: ${spec.text}`}`;
  if (traced) body["exception"] = raised;
  body["exc_type"] = spec.type;
  if (traced && spec.source !== undefined) body["_exc_source"] = `${spec.source} (app)`;
  if (traced)
    body["exc"] = pythonJson(
      [`Traceback (most recent call last):\n  File "apps/stand-in.py", line 1, in application\n${raised}\n`],
      true,
    );
  if (spec.messages !== undefined) body["_server_messages"] = serverMessages(spec.messages, site);
  if (spec.errorMessage !== undefined) body["_error_message"] = spec.errorMessage;
  return answer(spec.status, "application/json", pythonJson(body));
}

export function serverMessages(messages: readonly ServerMessage[], site: SiteContext): string {
  return pythonJson(
    messages.map((one) => pythonJson(messageObject(one, site), true)),
    true,
  );
}

function messageObject(one: ServerMessage, site: SiteContext): Record<string, unknown> {
  const shown: Record<string, unknown> = { message: one.message, title: one.title };
  if (site.profile === 16) shown["as_table"] = 0;
  if (one.alert === true) return { ...shown, indicator: "green", alert: 1 };
  if (!one.raised) return shown;
  return { ...shown, indicator: "red", raise_exception: 1, __frappe_exc_id: randomBytes(28).toString("hex") };
}

function errorPage(status: number, type: string): string {
  const title =
    status === 404
      ? "Not Found"
      : status === 403
        ? "Not Permitted"
        : status === 401
          ? "Session Expired"
          : "Server Error";
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body data-path="message"><h1>${title}</h1><p>${type}</p></body></html>\n`;
}
