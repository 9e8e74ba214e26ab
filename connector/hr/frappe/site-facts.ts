import { z } from "zod";

import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import type { FrappeClient } from "./client.ts";
import { listRecords, textOf } from "./list.ts";

export interface Versions {
  readonly frappe: string | null;
  readonly erpnext: string | null;
  readonly hrms: string | null;
}

/** Versions that the product is tested with. */
export const SUPPORTED_MAJORS = [14, 15, 16];

/** Throws `hr.not-frappe` when something else answers. */
export async function ping(client: FrappeClient): Promise<void> {
  try {
    const { body } = await client.get("/api/method/ping");
    if (body["message"] !== "pong") throw new TandemError("hr.not-frappe", { origin: client.origin, status: 200 });
  } catch (error) {
    // A wrong key is refused even here, and in Frappe's own words: so the site is there.
    if (!hasCode(error, "hr.bad-credentials")) throw error;
  }
}

/** Whom the key belongs to. Throws `hr.bad-credentials`, also where the site takes the caller for a guest. */
export async function readUser(client: FrappeClient): Promise<string> {
  const { body } = await client.get("/api/method/frappe.auth.get_logged_user");
  const { message } = body;
  if (typeof message !== "string" || message === "" || message === "Guest") {
    throw new TandemError("hr.bad-credentials", { origin: client.origin });
  }
  return message;
}

const App = z.object({ version: z.string() }).optional();
const Apps = z.object({ frappe: App, erpnext: App, hrms: App });

export async function readVersions(client: FrappeClient): Promise<Versions> {
  const { body } = await client.get("/api/method/frappe.utils.change_log.get_versions");
  const apps = Apps.safeParse(body["message"]);
  if (!apps.success) throw new TandemError("hr.not-frappe", { origin: client.origin, status: 200 });
  const { frappe, erpnext, hrms } = apps.data;
  return { frappe: frappe?.version ?? null, erpnext: erpnext?.version ?? null, hrms: hrms?.version ?? null };
}

/** The user's roles; null where the site does not show them to the user. */
export async function readRoles(client: FrappeClient, user: string): Promise<readonly string[] | null> {
  try {
    const rows = await listRecords(client, "Has Role", {
      fields: ["role"],
      filters: [
        ["parenttype", "=", "User"],
        ["parent", "=", user],
      ],
      orderBy: "role asc",
      length: 0,
      parent: "User",
    });
    return rows.map((row) => textOf(row, "role"));
  } catch (error) {
    if (error instanceof TandemError && error.code !== "hr.unreachable" && error.code !== "hr.timeout") return null;
    throw error;
  }
}

/** Says nothing about permission level 1 (`frappe-hr.md` §9.3). */
export async function hasRight(client: FrappeClient, doctype: string, right: string): Promise<boolean> {
  const query = { doctype, docname: "", perm_type: right };
  const { body } = await client.get("/api/method/frappe.client.has_permission", query);
  const { message } = body;
  return (
    typeof message === "object" && message !== null && "has_permission" in message && message.has_permission === true
  );
}
