import type { TerminalDriver, TerminalTarget } from "../terminal.ts";

import { type ZkPullOptions, settingsOf } from "./options.ts";
import { PullTerminal } from "./pull-terminal.ts";
import { openWire } from "./wire/open-wire.ts";

/** Opens terminals of the 4370 protocol; as a `TerminalDriver`, and with what only this family can do. */
export interface ZkPullDriver extends TerminalDriver {
  open(target: TerminalTarget, signal?: AbortSignal): Promise<PullTerminal>;
}

/** The driver for `tcp://` and `udp://` addresses (`zk-pull.md`). */
export function zkPullDriver(options: ZkPullOptions): ZkPullDriver {
  const settings = settingsOf(options);
  return {
    schemes: ["tcp", "udp"],
    open: async (target, signal) => {
      const wire = await openWire(target, settings, signal);
      const terminal = new PullTerminal(wire, target, settings, signal);
      terminal.heedSignal();
      return terminal;
    },
  };
}
