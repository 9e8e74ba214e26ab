import { z } from "zod";

import { Child } from "./child.ts";

const Hello = z.object({ address: z.string(), port: z.number(), serial: z.string() });

/** The terminal double in a process of its own, so that it costs the readers no time and no memory. */
export interface DoubleProcess extends z.infer<typeof Hello> {
  end(): Promise<void>;
}

export async function startDouble(root: string, people: number, punches: number): Promise<DoubleProcess> {
  const program = ["test/support/run-ts.mjs", "test/doubles/zk-terminal/main.ts"].map((path) => `${root}/${path}`);
  const args = ["--port", "0", "--transport", "tcp", "--people", String(people), "--punches", String(punches)];
  const child = new Child(process.execPath, [...program, ...args]);
  return { ...Hello.parse(await child.json()), end: () => child.end() };
}
