import type { ServerResponse } from "node:http";

import type { FaultKind } from "../faults.ts";
import { htmlAnswer } from "../rest/answer.ts";
import type { Answer } from "../rest/answer.ts";
import { errorAnswer } from "../rest/error-answer.ts";
import { FrappeError } from "../rest/frappe-error.ts";
import type { SiteContext } from "../site-context.ts";

/** What a fault makes of a request before any work is done: an answer, silence, or `null` = go on. */
export function strikeBefore(fault: FaultKind, response: ServerResponse, site: SiteContext): Answer | "silence" | null {
  switch (fault.kind) {
    case "reset":
      response.destroy();
      return "silence";
    case "hang-before-commit":
      return "silence";
    case "bad-gateway":
      return proxyPage(502, "Bad Gateway");
    case "too-many-requests": {
      const headers = { "Retry-After": String(fault.retryAfterSeconds), "X-RateLimit-Remaining": "0" };
      const body = siteError(new FrappeError({ status: 429, type: "TooManyRequests" }), site);
      return { ...body, headers: { ...body.headers, ...headers } };
    }
    case "session-stopped":
      return fault.page === true
        ? proxyPage(503, "Updating")
        : siteError(new FrappeError({ status: 503, type: "SessionStopped" }), site);
    case "read-only":
      return siteError(new FrappeError({ status: 503, type: "InReadOnlyMode" }), site);
    case "deadlock":
      return siteError(
        new FrappeError({
          status: 500,
          type: "QueryDeadlockError",
          text: "(1213, 'Deadlock found when trying to get lock; try restarting transaction')",
        }),
        site,
      );
    default:
      return null;
  }
}

/** What a fault makes of a finished, committed answer. */
export function strikeAfter(fault: FaultKind, reply: Answer, response: ServerResponse): Answer | "silence" {
  switch (fault.kind) {
    case "reset-after-commit":
      response.destroy();
      return "silence";
    case "hang-after-commit":
      return "silence";
    case "gateway-timeout-after-commit":
      return proxyPage(504, "Gateway Time-out");
    case "cut-answer": {
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, "Content-Length": body.length });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return "silence";
    }
    default:
      return reply;
  }
}

function proxyPage(status: number, title: string): Answer {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n`;
  return { ...htmlAnswer(status, page), headers: { "Content-Type": "text/html" }, cookies: [] };
}

function siteError(error: FrappeError, site: SiteContext): Answer {
  return { ...errorAnswer(error, site, { accept: "", sessionExpired: false }), cookies: [] };
}
