import type { TerminalCapacity } from "@tandem/contracts/domain/terminal.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../platform/clock.ts";
import { readClockOffset } from "../clock-offset.ts";
import type { Terminal } from "../terminal.ts";

export interface Measured {
  readonly capacity: TerminalCapacity;
  readonly clockOffsetSeconds: number | null;
}

const UNTOLD: TerminalCapacity = {
  users: null,
  userCapacity: null,
  fingers: null,
  fingerCapacity: null,
  faces: null,
  faceCapacity: null,
  punches: null,
  punchCapacity: null,
};

/**
 * What a terminal holds and how its clock stands, for a visit that came for something else: what cannot be had is null,
 * because a log that was read completely must not be lost to it.
 */
export async function measure(terminal: Terminal, zone: Zone, clock: Clock): Promise<Measured> {
  const capacity = await orNull(terminal.capacity());
  const clockOffsetSeconds = await orNull(readClockOffset(terminal, zone, clock));
  return { capacity: capacity ?? UNTOLD, clockOffsetSeconds };
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TandemError && error.code.startsWith("terminal.")) return null;
    throw error;
  }
}
