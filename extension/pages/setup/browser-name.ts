const BROWSERS = [
  [/\bEdg\//, "Edge"],
  [/\bFirefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
] as const;

const SYSTEMS = [
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** A name by which somebody recognises this browser in the connector's list, for example `Edge, Windows`. */
export function browserName(userAgent: string): string {
  const find = (list: readonly (readonly [RegExp, string])[]): string[] =>
    list.filter(([pattern]) => pattern.test(userAgent)).map(([, name]) => name);
  return [find(BROWSERS)[0], find(SYSTEMS)[0]].filter((part) => part !== undefined).join(", ") || "Browser";
}
