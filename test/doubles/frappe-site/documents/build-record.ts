import type { Doc, DocValues } from "../data/value.ts";

import type { DocumentCall } from "./call.ts";

/** A record with the standard columns of a new one, written by the caller now. */
export function buildRecord(call: DocumentCall, values: DocValues & { readonly name: string }): Doc {
  const now = call.site.clock.now();
  const { user } = call.caller;
  const record: Doc = {
    name: values.name,
    owner: user,
    creation: now,
    modified: now,
    modified_by: user,
    docstatus: 0,
    idx: 0,
  };
  for (const [name, value] of Object.entries(values)) if (value !== undefined) record[name] = value;
  return record;
}
