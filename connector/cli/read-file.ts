import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";

import { TandemError } from "@tandem/contracts/errors.ts";

import { decodeCsv } from "../people/csv-text.ts";

const MOST_MEGABYTES = 20;

/** A CSV file as the import commands take it. Errors: `import.file-missing`, `import.too-large`, `import.encoding`. */
export async function readCsvFile(path: string): Promise<{ file: string; text: string }> {
  return { file: basename(path), text: decodeCsv(await readSmall(path)) };
}

/** Any file, its bytes in base64. Errors: `import.file-missing`, `import.too-large`. */
export async function readFileBytes(path: string): Promise<{ file: string; bytes: string }> {
  return { file: basename(path), bytes: (await readSmall(path)).toString("base64") };
}

async function readSmall(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MOST_MEGABYTES * 1024 ** 2) throw new TandemError("import.too-large", { limit: MOST_MEGABYTES });
    return await readFile(path);
  } catch (error) {
    if (error instanceof TandemError) throw error;
    throw new TandemError("import.file-missing", { file: path }, { cause: error });
  }
}
