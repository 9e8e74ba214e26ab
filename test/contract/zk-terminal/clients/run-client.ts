import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { pythonWithPyzk } from "../../../support/pyzk/pyzk.ts";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
/** Shorter than a test may take, so that a client that hangs is ended and its output shown. */
const CLIENT_MS = 18_000;
const MARK = "\nREPORT ";

/** Time as a client decoded it; node-zklib has no call for it, so there it is the raw number. */
export interface PunchSeen {
  readonly userId: string;
  readonly at: string;
  readonly verify?: number;
  readonly state?: number;
}

export interface ClientReport {
  readonly transport: string;
  readonly info: { readonly userCounts: number; readonly logCounts: number; readonly logCapacity: number };
  readonly serial?: string;
  readonly firmware?: string;
  readonly time?: string | number;
  readonly users: readonly { readonly uid: number; readonly userId: string; readonly name: string }[];
  readonly punches: readonly PunchSeen[];
  readonly live: PunchSeen;
}

export async function runJsClient(name: string, port: number, transport: "tcp" | "udp"): Promise<ClientReport> {
  return runClient<ClientReport>(process.execPath, [join(here, "js-client.mjs"), name, String(port), transport]);
}

export async function runPyzk<T>(script: string, ...args: readonly string[]): Promise<T> {
  return runClient<T>(await pythonWithPyzk(), [join(here, script), ...args]);
}

/** In a folder of its own, because zklib-js writes error logs into the working directory; in UTC, because the JavaScript clients build dates in the host's zone. */
async function runClient<T>(program: string, args: readonly string[]): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "zk-client-"));
  try {
    const { stdout } = await run(program, args, {
      cwd: folder,
      env: { ...process.env, TZ: "UTC" },
      maxBuffer: 64 << 20,
      timeout: CLIENT_MS,
    });
    const at = stdout.lastIndexOf(MARK);
    if (at === -1) throw new Error(`no report: ${stdout}`);
    return JSON.parse(stdout.slice(at + MARK.length)) as T;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
