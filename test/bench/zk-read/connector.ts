import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile, readFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);
const POLL_MS = 5;
/** A plan of ten thousand items is a few megabytes. */
const OUTPUT_LIMIT = 64 * 1024 * 1024;
const START_LIMIT_MS = 30_000;
/** The process status counts in KiB, the bar in MB. */
const KIB_PER_MB = 1e6 / 1_024;

/** The built connector as customers run it, with its own data folder. */
export class ConnectorProcess {
  readonly #program: string;
  readonly #home: string;
  readonly #process: ChildProcess;
  /** From starting the process to the port that takes connections. */
  readonly startMs: number;

  private constructor(program: string, home: string, process: ChildProcess, startMs: number) {
    this.#program = program;
    this.#home = home;
    this.#process = process;
    this.startMs = startMs;
  }

  static async start(root: string, home: string): Promise<ConnectorProcess> {
    const program = `${root}/connector/bin/tandem.js`;
    const port = await freePort();
    const began = performance.now();
    const child = spawn(process.execPath, [program, "--home", home, "start", "--port", String(port)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    while (!(await accepts(port))) {
      if (child.exitCode !== null) throw new Error(`the connector ended with code ${child.exitCode}`);
      if (performance.now() - began > START_LIMIT_MS) throw new Error("the connector does not listen");
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return new ConnectorProcess(program, home, child, performance.now() - began);
  }

  /** Runs a command of the CLI against it. */
  async tandem(...args: readonly string[]): Promise<unknown> {
    const command = [this.#program, "--home", this.#home, "--json", ...args];
    const { stdout } = await run(process.execPath, command, { maxBuffer: OUTPUT_LIMIT });
    return JSON.parse(stdout) as unknown;
  }

  /** Memory in use now, MB. */
  async memory(): Promise<number> {
    return (await this.#status("VmRSS")) / KIB_PER_MB;
  }

  /** Forgets the peak so far. */
  async forgetPeak(): Promise<void> {
    await writeFile(`/proc/${this.#process.pid ?? 0}/clear_refs`, "5");
  }

  /** Largest memory in use since then, MB. */
  async peak(): Promise<number> {
    return (await this.#status("VmHWM")) / KIB_PER_MB;
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await ended;
  }

  async #status(field: string): Promise<number> {
    const text = await readFile(`/proc/${this.#process.pid ?? 0}/status`, "utf8");
    const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
    if (kib === undefined) throw new Error(`no ${field} in the process status`);
    return Number(kib);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
