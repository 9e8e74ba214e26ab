import type { Grant } from "../site-options.ts";
import { isAtLeast } from "../versions.ts";
import type { Versions } from "../versions.ts";

import { ATTENDANCE } from "./attendance.ts";
import { EMPLOYEE_CHECKIN } from "./employee-checkin.ts";
import { EMPLOYEE } from "./employee.ts";
import { LEAVE_APPLICATION, LEAVE_TYPE } from "./leave.ts";
import { MASTERS } from "./masters.ts";
import type { DocType } from "./meta.ts";
import { SHIFT_ASSIGNMENT, SHIFT_LOCATION } from "./shift-assignment.ts";
import { SHIFT_TYPE } from "./shift-type.ts";
import { COMMENT, DOCTYPE, FILE, HAS_ROLE, ROLE, SYSTEM_SETTINGS, USER } from "./system.ts";

const ALL: readonly DocType[] = [
  EMPLOYEE,
  EMPLOYEE_CHECKIN,
  SHIFT_TYPE,
  SHIFT_ASSIGNMENT,
  SHIFT_LOCATION,
  ATTENDANCE,
  LEAVE_TYPE,
  LEAVE_APPLICATION,
  ...MASTERS,
  USER,
  HAS_ROLE,
  FILE,
  COMMENT,
  SYSTEM_SETTINGS,
  DOCTYPE,
  ROLE,
];

/** The DocTypes of one site: those of the installed apps, with the fields of their release. */
export class DocTypes {
  readonly #known = new Map<string, DocType>();

  constructor(versions: Versions, extraGrants: Readonly<Record<string, readonly Grant[]>>) {
    for (const doctype of ALL) {
      if (doctype.app === "hrms" && versions.hrms === null) continue;
      this.#known.set(doctype.name, {
        ...doctype,
        fields: doctype.fields.filter((field) => field.since === undefined || isAtLeast(versions.hrms, field.since)),
        grants: [...doctype.grants, ...(extraGrants[doctype.name] ?? [])],
      });
    }
  }

  find(name: string): DocType | undefined {
    return this.#known.get(name);
  }

  bySlug(slug: string): DocType | undefined {
    return [...this.#known.values()].find((doctype) => doctype.slug === slug);
  }

  all(): DocType[] {
    return [...this.#known.values()];
  }
}
