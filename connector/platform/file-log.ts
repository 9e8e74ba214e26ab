import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";

import { destination, type Logger, pino } from "pino";

const LARGEST_BYTES = 5 * 1024 * 1024;

/** Keys whose values are secrets or personal wherever they stand in a logged object. */
const REDACTED = ["apiKey", "apiSecret", "commKey", "key", "secret", "code", "name", "authorization", "signature"];

/**
 * The log of one run below the data folder: no personal data, no secret, and at most two files of 5 MiB. `flush` before
 * the process ends.
 */
export async function openFileLog(home: string): Promise<{ log: Logger; flush: () => void }> {
  const folder = join(home, "logs");
  const file = join(folder, "tandem.log");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await sizeOf(file)) > LARGEST_BYTES) await rename(file, join(folder, "tandem.1.log"));
  const target = destination({ dest: file, sync: true, mode: 0o600 });
  const paths = REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: "[redacted]" } },
    target,
  );
  return { log, flush: () => target.flushSync() };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    // No log yet.
    return 0;
  }
}
