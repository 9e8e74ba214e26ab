import { sleep } from "../../platform/clock.ts";
import type { LivePunch } from "../terminal.ts";

import type { Settings } from "./options.ts";
import type { Wire } from "./wire/wire.ts";

/**
 * Registers for punches and asks for the time now and then, because a terminal that restarted says nothing
 * (`zk-pull.md` §2.10). Ends at once when the signal does. Errors: `terminal.*` when the connection is lost.
 */
export async function listenForPunches(
  wire: Wire,
  { clock, keepAliveMs }: Pick<Settings, "clock" | "keepAliveMs">,
  listener: (punch: LivePunch) => void,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const listen = async (): Promise<never> => {
    await wire.getRealTimeLogs((punch) => {
      if (!signal.aborted) listener(punch);
    });
    for (;;) {
      await sleep(clock, keepAliveMs, signal);
      await wire.getTime();
    }
  };
  await Promise.race([ended, listen()]);
}
