import { z } from "zod";

import { makeTempFolder } from "../../support/temp-folder.ts";

import { ConnectorProcess } from "./connector.ts";
import { median } from "./figures.ts";

const STARTS = 5;
const SETTLE_MS = 2_000;
const Pulled = z.object({ read: z.number(), added: z.number() });

/** Milliseconds from process start to listening: with an empty data folder, and with one that exists. */
export async function startTimes(root: string): Promise<{ readonly fresh: number; readonly again: number }> {
  const fresh: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const folder = await makeTempFolder();
    for (const times of [fresh, again]) {
      const connector = await ConnectorProcess.start(root, folder.path);
      times.push(connector.startMs);
      await connector.end();
    }
    await folder.remove();
  }
  return { fresh: median(fresh), again: median(again) };
}

export interface PullMemory {
  /** MB at rest, the terminal added. */
  readonly idle: number;
  /** Largest MB while the whole log is read into the ledger for the first time. */
  readonly first: number;
  /** The same when nothing is new. */
  readonly again: number;
}

/** What a pull of `address` takes, as `tandem terminals pull` does it; checks that all `punches` were read. */
export async function pullMemory(root: string, address: string, punches: number): Promise<PullMemory> {
  const folder = await makeTempFolder();
  const connector = await ConnectorProcess.start(root, folder.path);
  try {
    await connector.tandem("terminals", "add", "bench", "--address", address);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const idle = await connector.memory();
    const pull = async (added: number): Promise<number> => {
      await connector.forgetPeak();
      const pulled = Pulled.parse(await connector.tandem("terminals", "pull", "bench"));
      if (pulled.read !== punches || pulled.added !== added) throw new Error(`pulled ${JSON.stringify(pulled)}`);
      return connector.peak();
    };
    const first = await pull(punches);
    const again = await pull(0);
    return { idle, first, again };
  } finally {
    await connector.end();
    await folder.remove();
  }
}
