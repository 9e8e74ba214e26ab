import { TandemError } from "@tandem/contracts/errors.ts";

import type { Terminal, TerminalDriver, TerminalTarget } from "./terminal.ts";

/** The protocol families this connector speaks, by address scheme. */
export class TerminalDrivers {
  readonly #byScheme: ReadonlyMap<string, TerminalDriver>;

  constructor(drivers: readonly TerminalDriver[]) {
    this.#byScheme = new Map(drivers.flatMap((driver) => driver.schemes.map((scheme) => [scheme, driver] as const)));
  }

  /** Errors: `terminal.unsupported-address`. */
  driverOf(address: string): TerminalDriver {
    const driver = this.#byScheme.get(address.slice(0, address.indexOf(":")));
    if (driver === undefined) throw new TandemError("terminal.unsupported-address", { address });
    return driver;
  }

  /** Connects and authenticates. Errors: `terminal.*`. */
  open(target: TerminalTarget, signal?: AbortSignal): Promise<Terminal> {
    return this.driverOf(target.address).open(target, signal);
  }
}
