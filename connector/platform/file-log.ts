import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { type Logger, pino } from "pino";

import { loggableError } from "./loggable-error.ts";
import { RotatingFile } from "./rotating-file.ts";

const LARGEST_BYTES = 5 * 1024 * 1024;

/** Keys whose values are secrets or personal wherever they stand in a logged object. */
const REDACTED = ["apiKey", "apiSecret", "commKey", "key", "secret", "name", "authorization", "signature"];

/** The log below the data folder: no personal data, no secret, and at most two files of 5 MiB. */
export async function openFileLog(home: string): Promise<{ log: Logger; close: () => void }> {
  const folder = join(home, "logs");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = new RotatingFile(join(folder, "tandem.log"), join(folder, "tandem.1.log"), LARGEST_BYTES);
  const paths = REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const log = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: "[redacted]" },
      serializers: { err: (error: unknown) => loggableError(error) },
    },
    file,
  );
  return { log, close: () => file.close() };
}
