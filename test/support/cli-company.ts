import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ZkTerminal } from "../doubles/zk-terminal/index.ts";

import {
  type CommandResult,
  type ConnectorProcess,
  runTandem,
  startConnectorProcess,
  tandem,
} from "./built-connector.ts";
import { Operator } from "./operator.ts";
import { makeTempFolder } from "./temp-folder.ts";

type Given = Parameters<typeof ZkTerminal.start>[0];

/** A company that is run from the command line alone, with terminals that are doubles on real sockets. */
export class CliCompany {
  readonly #home: Awaited<ReturnType<typeof makeTempFolder>>;
  readonly #doubles: ZkTerminal[] = [];
  #connector: ConnectorProcess | null = null;

  private constructor(home: Awaited<ReturnType<typeof makeTempFolder>>) {
    this.#home = home;
  }

  static async open(): Promise<CliCompany> {
    return new CliCompany(await makeTempFolder());
  }

  get operator(): Operator {
    return new Operator(this.#home.path);
  }

  /** One command with `--json`. */
  run(...args: string[]): Promise<CommandResult> {
    return tandem(this.#home.path, ...args);
  }

  /** One command as a person types it. */
  type(language: "vi" | "en", ...args: string[]): Promise<CommandResult> {
    return runTandem(["--home", this.#home.path, "--lang", language, ...args]);
  }

  async start(): Promise<void> {
    this.#connector = await startConnectorProcess(this.#home.path);
  }

  async close(): Promise<void> {
    await this.#connector?.stop();
    await Promise.all(this.#doubles.map((double) => double.stop()));
    await this.#home.remove();
  }

  /** A terminal that Tandem may change; its serial number is its name. */
  async terminal(name: string, given: Given = {}): Promise<ZkTerminal> {
    const double = await ZkTerminal.start({ serial: name, ...given });
    this.#doubles.push(double);
    await this.operator.addTerminal(name, double.address, "--mode", "active");
    return double;
  }

  /** Rows of the people file after `person_id`: `name,department,branch,status,joined,left`. */
  async people(rows: Readonly<Record<string, string>>): Promise<void> {
    const header = "person_id,name,department,branch,status,joined,left";
    const lines = Object.entries(rows).map(([personId, row]) => `${personId},${row}`);
    await this.#import("people", header, lines);
  }

  /** Rows of the ids file after `id_space`, which is `main`: `user_id,person_id,scheme,valid_from,valid_to`. */
  async ids(...rows: readonly string[]): Promise<void> {
    const header = "id_space,user_id,person_id,scheme,valid_from,valid_to";
    await this.#import(
      "ids",
      header,
      rows.map((row) => `main,${row}`),
    );
  }

  async consent(...people: readonly string[]): Promise<void> {
    const words = ["--kind", "finger", "--method", "paper", "--text", "2026-01"];
    await this.operator.do("consent", "record", "--people", people.join(","), ...words);
  }

  async #import(what: "people" | "ids", header: string, rows: readonly string[]): Promise<void> {
    const file = join(this.#home.path, `${what}.csv`);
    await writeFile(file, [header, ...rows, ""].join("\n"));
    await this.operator.do(what, "import", file);
  }
}
