import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import type { Grant } from "../site-options.ts";

export type FieldType =
  | "Data"
  | "Link"
  | "Select"
  | "Date"
  | "Datetime"
  | "Time"
  | "Check"
  | "Int"
  | "Float"
  | "Text"
  | "Attach Image"
  | "Password";

/** One column of a DocType. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  /** Link: the DocType; Select: the choices, one a line (a leading empty line = may be empty). */
  readonly options?: string;
  readonly required?: true;
  readonly unique?: true;
  readonly default?: string | number;
  /** Permission level; 0 unless told. */
  readonly level?: 1;
  /** `link field.column`: copied from the linked record at each save. */
  readonly fetchFrom?: string;
  readonly readOnly?: true;
  /** HRMS release that brought the field; always there unless told. */
  readonly since?: string;
}

export interface DocType {
  readonly name: string;
  readonly slug: string;
  /** The app that raises its errors (`_exc_source`). */
  readonly app: "frappe" | "erpnext" | "hrms";
  readonly fields: readonly Field[];
  readonly grants: readonly Grant[];
  /** Names a new record; without it `name` must be given. */
  readonly autoname?: (doc: Doc, call: DocumentCall) => string;
  readonly titleField?: string;
  /** Whether its records can be submitted; only then does a right to submit count. */
  readonly submittable?: true;
  /** Child tables that a single record shows. */
  readonly childTables?: readonly string[];
  readonly validate?: (doc: Doc, call: DocumentCall) => void;
  readonly beforeDelete?: (doc: Doc, call: DocumentCall) => void;
  /** Methods that `run_method` may call. */
  readonly methods?: Readonly<Record<string, (doc: Doc, call: DocumentCall) => void>>;
  /** Reads of this DocType that its rights do not tell (User: one's own record). */
  readonly mayRead?: (doc: Doc, call: DocumentCall) => boolean;
  readonly mayWrite?: (doc: Doc, call: DocumentCall) => boolean;
}

/** Columns that every DocType has, in the order the original prints them. */
export const STANDARD_COLUMNS = ["name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"] as const;

type Extra = Omit<Field, "name" | "type" | "label">;

export function field(name: string, type: FieldType, label: string, extra: Extra = {}): Field {
  return { name, type, label, ...extra };
}

/** Several plain fields of one type; the label is made from the name. */
export function fields(type: FieldType, ...names: string[]): Field[] {
  return names.map((name) => field(name, type, labelFrom(name)));
}

function labelFrom(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

export function fieldOf(doctype: DocType, name: string): Field | undefined {
  return doctype.fields.find((candidate) => candidate.name === name);
}

export function isColumn(doctype: DocType, name: string): boolean {
  return (STANDARD_COLUMNS as readonly string[]).includes(name) || fieldOf(doctype, name) !== undefined;
}

export function columnsOf(doctype: DocType): string[] {
  return [...STANDARD_COLUMNS, ...doctype.fields.map((one) => one.name)];
}

export function slugOf(doctype: string): string {
  return doctype.toLowerCase().replaceAll(" ", "-");
}
