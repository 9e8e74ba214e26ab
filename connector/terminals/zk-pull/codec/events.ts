import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { Packet } from "../frame.ts";

import { plainText } from "./text.ts";
import { decodeEventTime } from "./time.ts";

/** Event code of a punch, in the session field (`zk-pull.md` §2.10). */
export const PUNCH_EVENT = 1;

/** A punch as it happens: a hint that the log has grown, never a record. */
export interface PunchEvent {
  readonly userId: string;
  readonly verify: number;
  readonly state: number;
  readonly at: LocalDateTime | null;
}

/** Payload lengths and where their fields stand. Longest first: a payload may hold several records. */
const LAYOUTS = [52, 37, 36, 32, 14, 12, 10] as const;
type Layout = (typeof LAYOUTS)[number];

/** Punches of an event packet; empty for other events and for payloads that are none. */
export function decodePunchEvents(packet: Packet): readonly PunchEvent[] {
  if (packet.session !== PUNCH_EVENT) return [];
  const { data } = packet;
  const exact = LAYOUTS.find((size) => size === data.length);
  if (exact !== undefined) return [decodeOne(data, exact)];
  const divisors = LAYOUTS.filter((size) => data.length > 0 && data.length % size === 0);
  const readings = divisors.map((size) =>
    Array.from({ length: data.length / size }, (_, index) =>
      decodeOne(data.subarray(index * size, (index + 1) * size), size),
    ),
  );
  const plausible = readings.find((punches) => punches.every(({ at }) => at !== null));
  if (plausible !== undefined) return plausible;
  // Firmware adds to the tail; the beginning has stayed the same.
  return data.length > 52 ? [decodeOne(data.subarray(0, 52), 52)] : [];
}

function decodeOne(data: Buffer, size: Layout): PunchEvent {
  const at = size === 12 ? 4 : size < 32 ? 2 : 24;
  const userId =
    size === 12
      ? String(data.readUInt32LE(0))
      : size < 32
        ? String(data.readUInt16LE(0))
        : plainText(data.subarray(0, 24));
  const state = data.readUInt8(at + 1);
  // In the two-byte-id form the high half says whether the state is in effect ([MAN], §2.10).
  return {
    userId,
    verify: data.readUInt8(at),
    state: size === 10 && state !== 0xff ? state & 0x0f : state,
    at: decodeEventTime(data.subarray(at + 2, at + 8)),
  };
}
