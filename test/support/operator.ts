import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { Person } from "@tandem/contracts/domain/person.ts";
import { PunchRow } from "@tandem/contracts/domain/punch.ts";

import { tandem } from "./built-connector.ts";

const PairDocument = z.object({ code: z.string() });
const PeopleDocument = z.object({ people: z.array(Person) });
const PunchesDocument = z.object({ punches: z.array(PunchRow) });

/** What the person at the PC does with the command line; a command that fails throws with what it said. */
export class Operator {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  async connectHr(site: { origin: string; apiKey: string; apiSecret: string; zone?: string }): Promise<void> {
    const zone = site.zone === undefined ? [] : ["--zone", site.zone];
    const credentials = ["--api-key", site.apiKey, "--api-secret", site.apiSecret];
    await this.do("hr", "connect", "frappe", "--url", site.origin, ...credentials, ...zone);
    await this.do("people", "sync");
  }

  async addTerminal(name: string, address: string, ...options: string[]): Promise<void> {
    await this.do("terminals", "add", name, "--address", address, ...options);
  }

  async people(): Promise<Person[]> {
    return PeopleDocument.parse(await this.do("people", "list")).people;
  }

  async punches(): Promise<PunchRow[]> {
    return PunchesDocument.parse(await this.do("punches", "list")).punches;
  }

  /** Links every badge of the HR app to its person, through the ids file that the README describes. */
  async linkBadges(people: readonly Person[], idSpace = "main"): Promise<void> {
    const rows = people.flatMap(({ deviceId, personId }) =>
      deviceId === null ? [] : [`${idSpace},${deviceId},"${personId.replaceAll('"', '""')}",new,,`],
    );
    const file = join(this.#home, "ids.csv");
    await writeFile(file, ["id_space,user_id,person_id,scheme,valid_from,valid_to", ...rows, ""].join("\n"));
    await this.do("ids", "import", file);
  }

  async pairingCode(): Promise<string> {
    return PairDocument.parse(await this.do("pair")).code;
  }

  async do(...args: string[]): Promise<unknown> {
    const result = await tandem(this.#home, ...args);
    if (result.code !== 0) throw new Error(`tandem ${args.join(" ")} ended with ${result.code}:\n${result.stderr}`);
    return result.json();
  }
}
