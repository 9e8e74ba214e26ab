import { GUEST } from "../auth/caller.ts";

import { FrappeError, refuse } from "./frappe-error.ts";
import { CHECKIN_METHODS } from "./methods/checkin.ts";
import { CLIENT_METHODS } from "./methods/client.ts";
import type { Method, MethodCall, MethodResult } from "./methods/method.ts";
import { SYSTEM_METHODS } from "./methods/system.ts";
import { UPLOAD_METHODS } from "./methods/upload.ts";
import { sentence } from "./texts.ts";

const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...SYSTEM_METHODS, ...CLIENT_METHODS, ...CHECKIN_METHODS, ...UPLOAD_METHODS }),
);

/** `/api/method/<path>`: unknown path 417, guest 403, wrong HTTP method 403, else the method's own answer. */
export function callMethod(path: string, verb: string, call: MethodCall): MethodResult | Promise<MethodResult> {
  const method = path.startsWith("hrms.") && call.site.versions.hrms === null ? undefined : METHODS.get(path);
  if (method === undefined) throw unknownMethod(path, call);
  const { language, user } = call.caller;
  if (user === GUEST && method.guests !== true) {
    if (path === "upload_file") throw new FrappeError({ status: 403, type: "PermissionError" });
    throw notWhitelisted(path, call);
  }
  if (method.verbs !== undefined && !method.verbs.includes(verb))
    throw refuse(sentence(language, "notPermitted"), {
      status: 403,
      type: "PermissionError",
      title: sentence(language, "message"),
    });
  return method.run(call);
}

export function notWhitelisted(path: string, call: MethodCall): FrappeError {
  const { language, user } = call.caller;
  return refuse(sentence(language, "notWhitelisted", path), {
    status: 403,
    type: "PermissionError",
    title: sentence(language, "methodNotAllowed"),
    ...(call.site.profile === 16 && user === GUEST ? { withoutTraceback: true } : {}),
  });
}

function unknownMethod(path: string, call: MethodCall): FrappeError {
  const { language } = call.caller;
  const [app = "", ...rest] = path.split(".");
  const raised = (message: string): { message: string; title: string; raised: boolean } => ({
    message,
    title: sentence(language, "message"),
    raised: true,
  });
  const installed = app === "frappe" || app === "erpnext" || (app === "hrms" && call.site.versions.hrms !== null);
  const reason =
    rest.length === 0
      ? `'${path}'`
      : installed
        ? `module '${path.split(".").slice(0, -1).join(".")}' has no attribute '${rest.at(-1) ?? ""}'`
        : `App ${app} is not installed`;
  const text = sentence(language, "failedToGetMethod", path, reason);
  const messages = installed || rest.length === 0 ? [raised(text)] : [raised(reason), raised(text)];
  return new FrappeError({ status: 417, type: "ValidationError", text, messages });
}
