import { TandemError } from "@tandem/contracts/errors.ts";

/** The text of an interchange file, with or without a byte order mark. Throws `import.encoding` with the line. */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const lossy = new TextDecoder("utf-8").decode(bytes);
    const line = lossy.slice(0, lossy.indexOf("\ufffd")).split("\n").length;
    throw new TandemError("import.encoding", { line }, { cause: error });
  }
}
