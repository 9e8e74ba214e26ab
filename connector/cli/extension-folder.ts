import { fileURLToPath } from "node:url";

export const BROWSERS = ["chrome", "edge", "firefox"] as const;

/** Where the built extension lies: beside the connector, both from the sources and from the bundle in `dist/`. */
export function extensionFolder(): string {
  return fileURLToPath(new URL("../../extension/build", import.meta.url));
}
