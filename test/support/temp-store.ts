import type { Data } from "../../connector/store/open-data.ts";
import { openData } from "../../connector/store/open-data.ts";

import { FakeClock } from "./fake-clock.ts";
import { makeTempFolder } from "./temp-folder.ts";

export interface TempStore extends Data {
  readonly home: string;
  readonly clock: FakeClock;
}

/** A real data folder with its own database; `close` removes it. */
export async function openTempStore(clock = new FakeClock()): Promise<TempStore> {
  const folder = await makeTempFolder();
  const data = await openData(folder.path, { clock });
  return {
    ...data,
    home: folder.path,
    clock,
    close: async () => {
      await data.close();
      await folder.remove();
    },
  };
}
