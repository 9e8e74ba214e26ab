import { callerFor } from "../auth/sign-in.ts";
import { textOf } from "../data/value.ts";
import { hasRight } from "../documents/permissions.ts";
import type { SiteContext } from "../site-context.ts";
import type { Right } from "../site-options.ts";

import { deskMessages } from "./desk-messages.ts";

/** The boot data of a user's Desk: the keys that are worth reading, and enough ballast to reach the original's size. */
export function bootOf(user: string, site: SiteContext): Record<string, unknown> {
  const record = site.data.get("User", user);
  const language = textOf(record?.["language"]) || "en";
  const theme = textOf(record?.["desk_theme"]) || "light";
  const caller = callerFor(user, site, language === "vi" ? "vi" : "en");
  const able = (right: Right): string[] =>
    site.doctypes
      .all()
      .filter((doctype) => hasRight(doctype, caller, right))
      .map((doctype) => doctype.name);
  const hidden = new Set(site.settings.hiddenFromCanWrite);
  return {
    __messages: deskMessages(language),
    desk_theme: theme.charAt(0).toUpperCase() + theme.slice(1),
    developer_mode: null,
    lang: language,
    max_file_size: site.settings.maxFileSize,
    read_only: false,
    server_date: site.clock.today(),
    sitename: "hr.example.com",
    socketio_port: 9000,
    sysdefaults: {
      company: site.company,
      country: "Vietnam",
      date_format: "dd-mm-yyyy",
      time_format: "HH:mm:ss",
      time_zone: site.zone,
    },
    time_zone: { system: site.zone, user: site.zone },
    user: {
      can_create: able("create"),
      can_read: able("read"),
      can_write: able("write").filter((name) => !hidden.has(name)),
      email: user,
      first_name: textOf(record?.["first_name"]),
      name: user,
      roles: [...caller.roles],
      user_type: "System User",
    },
    versions: versionsShown(site),
  };
}

function versionsShown(site: SiteContext): Record<string, string> {
  const { erpnext, frappe, hrms } = site.versions;
  return { erpnext, frappe, ...(hrms === null ? {} : { hrms }) };
}
