/** JSON as the original writes it: non-ASCII characters escaped; inside `_server_messages` with blanks after `,` and `:`. */
export function pythonJson(value: unknown, spaced = false): string {
  return escapeNonAscii(spaced ? spacedJson(value) : JSON.stringify(value));
}

function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spacedJson(inner)}`);
    return `{${pairs.join(", ")}}`;
  }
  return JSON.stringify(value);
}

function escapeNonAscii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
