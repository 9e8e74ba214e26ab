import { randomBytes } from "node:crypto";

import { textOf } from "../../data/value.ts";
import { FrappeError, crash } from "../frappe-error.ts";
import { textArgument } from "../site-request.ts";

import type { Method, MethodCall, MethodResult } from "./method.ts";

export const SYSTEM_METHODS: Readonly<Record<string, Method>> = {
  ping: { guests: true, run: () => ({ message: "pong" }) },
  "frappe.ping": { guests: true, run: () => ({ message: "pong" }) },
  "frappe.auth.get_logged_user": { run: (call) => ({ message: call.caller.user }) },
  "frappe.utils.change_log.get_versions": { run: getVersions },
  "frappe.core.doctype.user.user.switch_theme": { verbs: ["POST"], run: switchTheme },
  "frappe.core.doctype.user.user.generate_keys": { verbs: ["POST"], run: generateKeys },
};

function getVersions(call: MethodCall): MethodResult {
  const { versions } = call.site;
  const app = (title: string, description: string, version: string): Record<string, string> => ({
    title,
    description,
    branch: "",
    version,
  });
  return {
    message: {
      frappe: app(
        "Frappe Framework",
        "Full stack web framework with Python, Javascript, MariaDB, Redis, Node",
        versions.frappe,
      ),
      erpnext: app("ERPNext", "ERP made simple", versions.erpnext),
      ...(versions.hrms === null ? {} : { hrms: app("Frappe HR", "Modern HR and Payroll Software", versions.hrms) }),
    },
  };
}

function switchTheme(call: MethodCall): MethodResult {
  const user = call.transaction.find("User", call.caller.user);
  const theme = (textArgument(call.input.args, "theme") ?? "").toLowerCase();
  if (user !== undefined && ["light", "dark", "automatic"].includes(theme))
    call.transaction.update("User", user.name, { ...user, desk_theme: theme });
  return {};
}

/** System Manager only; the old secret is void at once, and only v16 shows the key too (`frappe-hr.md` §9.6). */
function generateKeys(call: MethodCall): MethodResult {
  if (call.caller.user !== "Administrator" && !call.caller.roles.has("System Manager"))
    throw new FrappeError({ status: 403, type: "PermissionError" });
  const name = textArgument(call.input.args, "user") ?? "";
  const user = call.transaction.find("User", name);
  if (user === undefined) throw crash("DoesNotExistError", `User ${name} not found`);
  const key = textOf(user["api_key"]) || randomBytes(8).toString("hex").slice(0, 15);
  const secret = randomBytes(8).toString("hex").slice(0, 15);
  call.transaction.update("User", user.name, { ...user, api_key: key });
  call.site.data.secrets.set(user.name, secret);
  return { message: call.site.profile === 16 ? { api_key: key, api_secret: secret } : { api_secret: secret } };
}
