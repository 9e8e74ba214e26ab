import { textOf } from "../data/value.ts";

import { full, granting, level1 } from "./grants.ts";
import { field, fields } from "./meta.ts";
import type { DocType } from "./meta.ts";

const STANDARD_USERS = new Set(["Administrator", "Guest"]);

/** User: who is signed in reads all but the standard users and changes the own record; roles and keys are of permission level 1 (`frappe-hr.md` §9.6). */
export const USER: DocType = {
  name: "User",
  slug: "user",
  app: "frappe",
  fields: [
    field("enabled", "Check", "Enabled", { default: 1 }),
    ...fields("Data", "email", "first_name", "full_name", "username", "language", "time_zone", "desk_theme"),
    field("api_key", "Data", "API Key", { level: 1 }),
  ],
  grants: [
    ...full("System Manager"),
    ...granting(["read", "write"], "All"),
    ...level1(["read", "write"], "System Manager"),
  ],
  titleField: "full_name",
  childTables: ["roles"],
  autoname: (doc) => textOf(doc["email"]),
  mayRead: (doc) => !STANDARD_USERS.has(doc.name),
  mayWrite: (doc, call) => doc.name === call.caller.user || call.caller.roles.has("System Manager"),
};

/** Lines of User.roles; read through their parent (measured: own roles are readable this way). */
export const HAS_ROLE: DocType = {
  name: "Has Role",
  slug: "has-role",
  app: "frappe",
  fields: fields("Data", "role", "parent", "parenttype", "parentfield"),
  grants: [],
};

export const FILE: DocType = {
  name: "File",
  slug: "file",
  app: "frappe",
  fields: [
    field("file_name", "Data", "File Name"),
    field("is_private", "Check", "Is Private"),
    field("file_type", "Data", "File Type"),
    ...fields("Check", "is_home_folder", "is_attachments_folder"),
    ...fields("Int", "file_size"),
    field("file_url", "Text", "File URL"),
    field("folder", "Data", "Folder"),
    ...fields("Check", "is_folder"),
    ...fields("Data", "attached_to_doctype", "attached_to_name", "attached_to_field", "content_hash"),
    ...fields("Check", "uploaded_to_dropbox", "uploaded_to_google_drive"),
  ],
  grants: [...full("System Manager", "HR Manager", "HR User", "Employee")],
  titleField: "file_name",
};

export const COMMENT: DocType = {
  name: "Comment",
  slug: "comment",
  app: "frappe",
  fields: fields("Data", "comment_type", "reference_doctype", "reference_name", "content"),
  grants: [...full("System Manager")],
};

export const SYSTEM_SETTINGS: DocType = {
  name: "System Settings",
  slug: "system-settings",
  app: "frappe",
  fields: [...fields("Data", "time_zone", "language"), ...fields("Check", "allow_error_traceback")],
  grants: [...full("System Manager")],
};

/** The list of DocTypes itself; only an administrator may see it, so an unknown DocType is 403 for others (measured). */
export const DOCTYPE: DocType = {
  name: "DocType",
  slug: "doctype",
  app: "frappe",
  fields: fields("Data", "module"),
  grants: [...full("System Manager")],
};

export const ROLE: DocType = {
  name: "Role",
  slug: "role",
  app: "frappe",
  fields: fields("Data", "role_name"),
  grants: [...full("System Manager")],
};
