/** The keys of `frappe.boot` that Tandem keeps; the rest, above all the user's own data, is dropped at once. */
export interface FrappeBoot {
  readonly versions: { readonly frappe: string | null; readonly erpnext: string | null; readonly hrms: string | null };
  readonly siteName: string | null;
  readonly language: string | null;
  readonly zone: string | null;
  readonly canRead: readonly string[];
  readonly canWrite: readonly string[];
  readonly canCreate: readonly string[];
  readonly theme: string | null;
  readonly readOnly: boolean;
  readonly maxFileSize: number | null;
}

/**
 * Reads the boot data out of the inline scripts of a Desk page (`frappe-hr.md` §11.3), or null where there is none. The
 * JSON is cut out by its own brackets: its texts may hold anything, also what looks like the code that follows it.
 */
export function parseBoot(scripts: Iterable<string>): FrappeBoot | null {
  for (const script of scripts) {
    const start = /\bfrappe\.boot\s*=\s*(?=\{)/.exec(script);
    if (start === null) continue;
    const text = objectAt(script, start.index + start[0].length);
    const boot = text === null ? null : parseObject(text);
    if (boot !== null) return pick(boot);
  }
  return null;
}

/** The text from the bracket at `from` to the one that closes it. */
function objectAt(script: string, from: number): string | null {
  const token = /["{}]/g;
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(script); found !== null; found = token.exec(script)) {
    if (found[0] === '"') {
      const end = endOfString(script, found.index);
      if (end === null) return null;
      token.lastIndex = end;
    } else {
      depth += found[0] === "{" ? 1 : -1;
      if (depth === 0) return script.slice(from, found.index + 1);
    }
  }
  return null;
}

function endOfString(script: string, open: number): number | null {
  const token = /\\.|"/gs;
  token.lastIndex = open + 1;
  for (let found = token.exec(script); found !== null; found = token.exec(script)) {
    if (found[0] === '"') return found.index + 1;
  }
  return null;
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    // Not JSON: then it is not a Desk page, whatever it looks like.
    return null;
  }
}

function pick(boot: Fields): FrappeBoot {
  const versions = fieldsOf(boot["versions"]);
  const user = fieldsOf(boot["user"]);
  return {
    versions: {
      frappe: textOf(versions["frappe"]),
      erpnext: textOf(versions["erpnext"]),
      hrms: textOf(versions["hrms"]),
    },
    siteName: textOf(boot["sitename"]),
    language: textOf(boot["lang"]),
    zone: textOf(fieldsOf(boot["time_zone"])["system"]),
    canRead: listOf(user["can_read"]),
    canWrite: listOf(user["can_write"]),
    canCreate: listOf(user["can_create"]),
    theme: textOf(boot["desk_theme"]),
    readOnly: boot["read_only"] === true || boot["read_only"] === 1,
    maxFileSize: typeof boot["max_file_size"] === "number" ? boot["max_file_size"] : null,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
