import type { Client } from "../device/client.ts";
import type { Modes, TransferFault } from "../device/modes.ts";
import type { TerminalState } from "../device/terminal-state.ts";
import { Reply } from "../wire/codes.ts";
import type { Packet } from "../wire/packet.ts";

/** What command handlers may see and do of the terminal they run in. */
export interface Machine {
  readonly state: TerminalState;
  readonly modes: Modes;
  readonly commKey: number;
  readonly firmware: string;
  /** Session for a client that connects; null while another one is served. */
  openSession(client: Client): number | null;
  /** Sends a live event to whoever registered for it. */
  emit(bit: number, payload: Buffer): void;
  /** Whether a fault with a limited number of strikes strikes now; counts the strike. */
  strikes(fault: TransferFault): boolean;
  /** Somebody punches, when the `growing` mode wants it. */
  grow(): void;
  restart(): void;
  startEnrolment(client: Client, userId: string, finger: number): void;
  cancelEnrolment(): void;
}

export interface Request {
  readonly packet: Packet;
  readonly client: Client;
  readonly machine: Machine;
}

/** One thing that the terminal does in answer to a packet, in order. */
export type Step =
  | {
      readonly send: Packet;
      /** What the TCP prefix says instead of the true length. */
      readonly prefix?: number;
      /** Only so much of the packet leaves the terminal, 0…1. */
      readonly portion?: number;
    }
  | { readonly hold: Packet; readonly ms: number }
  | { readonly end: "stall" | "reset" | "reboot" };

export type Answer = readonly Step[];
export type Handler = (request: Request) => Answer;

/** A packet that answers this request: same session, same reply id. */
export function replyPacket(
  request: Request,
  command: number,
  data: Buffer = Buffer.alloc(0),
  session?: number,
): Packet {
  const { packet, client } = request;
  return { command, session: session ?? client.session ?? packet.session, reply: packet.reply, data };
}

export function ok(request: Request, data?: Buffer): Answer {
  return [{ send: replyPacket(request, Reply.ok, data) }];
}

export function refuse(request: Request, code: number = Reply.error): Answer {
  return [{ send: replyPacket(request, code) }];
}

export function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeUInt32LE(value >>> 0, 4 * at));
  return bytes;
}
