import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** npm runs tests and programs in the project's root. */
const ROOT = process.cwd();
const BIN = join(ROOT, "connector/bin/tandem.js");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The document that `--json` printed. */
  readonly json: () => unknown;
}

/** Runs one `tandem` command in its own process, with `--json`. `npm test` has built the bundle. */
export async function tandem(home: string, ...args: string[]): Promise<CommandResult> {
  return runTandem(["--home", home, "--json", ...args]);
}

/** Runs the command line exactly as given; `input` is piped into it. */
export async function runTandem(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = "",
): Promise<CommandResult> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "", LC_MESSAGES: "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that reads nothing may be over before all is written.
  child.stdin.on("error", () => undefined).end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}

/** One command in its own process, which a test may kill. */
export function spawnTandem(args: readonly string[]): {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Exit code and signal. */
  readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
} {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: "ignore" });
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  return { kill: (signal) => void child.kill(signal), ended };
}

export interface ConnectorProcess {
  readonly port: number;
  readonly pid: number;
  /** SIGKILL: as a power cut. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** `tandem start` as a child process; resolves when it listens. */
export async function startConnectorProcess(home: string, port: number | null = null): Promise<ConnectorProcess> {
  const args = ["--home", home, "--json", "start", ...(port === null ? [] : ["--port", String(port)])];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), ended.then(() => null)]);
  if (first === null) throw new Error(`the connector did not start: ${stderr}`);
  const { port: listening } = JSON.parse(String(first[0])) as { port: number };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  return {
    port: listening,
    pid: child.pid ?? 0,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

/** A free port of this machine, for a connector whose port must stay the same over a restart. */
export function freePort(): number {
  const script =
    "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";
  return Number(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout);
}
