import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";

import type { RawPunch, TerminalTarget } from "../../../../connector/terminals/terminal.ts";
import { zkPullDriver } from "../../../../connector/terminals/zk-pull/driver.ts";
import type { ZkPullOptions } from "../../../../connector/terminals/zk-pull/options.ts";
import type { PullTerminal } from "../../../../connector/terminals/zk-pull/pull-terminal.ts";
import { decodeDeviceTime } from "../../../doubles/zk-terminal/wire/device-time.ts";
import type { Punch } from "../../../doubles/zk-terminal/wire/punch-row.ts";

/** Time-outs that fail in a moment, yet leave a busy machine time to answer. */
export const QUICK = { idleMs: 500, connectMs: 2_000, graceMs: 120, reconnectMs: 30 } as const;

export function targetOf(address: string, given: Partial<TerminalTarget> = {}): TerminalTarget {
  return {
    address: TerminalAddress.parse(address),
    commKey: 0,
    mode: "shadow",
    nameEncoding: "windows-1258",
    ...given,
  };
}

/** Opens a terminal with the product's driver, keeping what it dumps. */
export async function openTerminal(
  address: string,
  given: Partial<TerminalTarget> = {},
  options: Partial<ZkPullOptions> = {},
  signal?: AbortSignal,
): Promise<{ terminal: PullTerminal; dumps: Buffer[] }> {
  const dumps: Buffer[] = [];
  const dump = (_name: string, bytes: Buffer): Promise<string> => {
    dumps.push(bytes);
    return Promise.resolve("kept.bin");
  };
  const driver = zkPullDriver({ ...QUICK, dump, ...options });
  return { terminal: await driver.open(targetOf(address, given), signal), dumps };
}

/** What of a punch must come through, in the double's own terms. */
export interface PlainPunch {
  readonly userId: string;
  readonly time: string;
  readonly verify: number;
  readonly state: number;
}

export function truth(punches: readonly Punch[]): readonly PlainPunch[] {
  return punches.map(({ userId, time, verify, state }) => ({ userId, time: decodeDeviceTime(time), verify, state }));
}

export function seen(records: readonly RawPunch[]): readonly PlainPunch[] {
  return records.map(({ userId, at, verify, state }) => ({ userId, time: at ?? "impossible", verify, state }));
}
