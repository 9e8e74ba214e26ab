import { z } from "zod";

import { Child } from "./child.ts";
import type { Reader, Sample } from "./reader.ts";

const Answer = z.object({ ms: z.number(), records: z.number() });

/** Another project's client in its own process: a line asks for one read, the answer says how long it took in there. */
export class ChildReader implements Reader {
  readonly name: string;
  readonly #child: Child;

  constructor(name: string, command: string, args: readonly string[], environment?: Readonly<Record<string, string>>) {
    this.name = name;
    this.#child = new Child(command, args, environment);
  }

  async read(): Promise<Sample> {
    this.#child.write("read");
    return Answer.parse(await this.#child.json());
  }

  close(): Promise<void> {
    return this.#child.end();
  }
}
