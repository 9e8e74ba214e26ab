import type { TransferFault } from "../device/modes.ts";
import { Command, EventBit, Reply } from "../wire/codes.ts";
import { HEADER_LENGTH, type Packet } from "../wire/packet.ts";
import { encodePunchEvent } from "../wire/punch-row.ts";

import { replyPacket, u32, type Answer, type Request, type Step } from "./request.ts";

/** UDP packets carry at most so much data (`zk-pull.md` §2.1); TCP usually has one packet per chunk. */
const UDP_PACKET = 1_024;
const MANY_PACKET = 4_096;

/** PREPARE, DATA, OK with `bytes`, and whatever goes wrong with them. `last`: nothing follows in this read. */
export function transfer(request: Request, bytes: Buffer, last: boolean): Answer {
  const { modes } = request.machine;
  const hit = struck(request);
  const short = hit === "short-chunk" || has(request, "short-chunks");
  const sent = short ? bytes.subarray(0, Math.max(0, bytes.length - request.machine.state.sizes.punch)) : bytes;
  const data = disorder(request, dataPackets(request, sent));
  const [only] = data;
  if (has(request, "bare-data") && last && only !== undefined && data.length === 1 && hit === null)
    return [dataStep(request, only)];

  const steps: Step[] = [
    { send: replyPacket(request, Command.prepareData, u32(announced(request, bytes), UDP_PACKET)) },
  ];
  const okPacket = replyPacket(request, Reply.ok);
  const event = eventStep(request);
  data.forEach((packet, at) => {
    if (has(request, "ok-before-data") && at === data.length - 1) steps.push({ send: okPacket });
    steps.push(...event, dataStep(request, packet));
  });
  if (hit !== null && hit !== "short-chunk") return broken(steps, hit);
  if (has(request, "ok-before-data") && data.length > 0) return steps;
  steps.push(...event);
  steps.push(has(request, "late-ok") ? { hold: okPacket, ms: modes.lateOkMs } : { send: okPacket });
  return steps;
}

/** A small data set in one DATA packet, with no PREPARE and no OK. */
export function inline(request: Request, bytes: Buffer): Answer {
  const hit = struck(request);
  const step = dataStep(request, replyPacket(request, Command.data, bytes));
  if (hit === "short-chunk" || hit === null) return [...eventStep(request), step];
  return broken([step], hit);
}

export function has(request: Request, fault: TransferFault): boolean {
  return request.machine.modes.transfer.includes(fault);
}

const STRIKING = ["stall", "reset", "reboot", "short-chunk"] as const;
type Striking = (typeof STRIKING)[number];

function struck(request: Request): Striking | null {
  const { client, machine } = request;
  const index = client.dataAnswers++;
  if (index !== machine.modes.faultChunk) return null;
  return STRIKING.find((fault) => has(request, fault) && machine.strikes(fault)) ?? null;
}

/** Keeps everything before the last packet, sends half of that, and ends. */
function broken(steps: readonly Step[], end: Exclude<Striking, "short-chunk">): Answer {
  const at = steps.findLastIndex((step) => "send" in step && step.send.command === Command.data);
  const victim = steps[at];
  if (victim === undefined || !("send" in victim)) return [...steps, { end }];
  return [...steps.slice(0, at), { ...victim, portion: 0.5 }, { end }];
}

function dataPackets(request: Request, bytes: Buffer): readonly Packet[] {
  const udp = request.client.transport === "udp";
  const size = udp ? UDP_PACKET : has(request, "many-data") ? MANY_PACKET : Math.max(bytes.length, 1);
  const packets: Packet[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    // Over UDP the session field counts the packets, so that gaps can be seen (§2.1).
    const session = udp ? packets.length : undefined;
    packets.push(replyPacket(request, Command.data, bytes.subarray(at, at + size), session));
  }
  return packets;
}

function disorder(request: Request, packets: readonly Packet[]): readonly Packet[] {
  const [first, second, third, ...rest] = packets;
  const { datagrams } = request.machine.modes;
  if (request.client.transport === "tcp" || first === undefined || second === undefined) return packets;
  const tail = third === undefined ? [] : [third, ...rest];
  if (datagrams === "lost") return [first, ...tail];
  if (datagrams === "doubled") return [first, second, second, ...tail];
  if (datagrams === "swapped") return third === undefined ? [second, first] : [first, third, second, ...rest];
  return packets;
}

function dataStep(request: Request, packet: Packet): Step {
  if (!has(request, "short-prefix") || packet.data.length < 2) return { send: packet };
  return { send: packet, prefix: HEADER_LENGTH + packet.data.length - Math.min(16, packet.data.length >> 1) };
}

function announced(request: Request, bytes: Buffer): number {
  if (!has(request, "short-announcement")) return bytes.length;
  return bytes.length - Math.min(16, bytes.length >> 1);
}

function eventStep(request: Request): readonly Step[] {
  if (!has(request, "event-inside")) return [];
  const { state } = request.machine;
  const user = state.users.all()[0];
  const punch = {
    uid: user?.uid ?? 0,
    userId: user?.userId ?? "1",
    time: state.clock.value(),
    verify: 1,
    state: 0,
    workCode: 0,
  };
  const payload = encodePunchEvent(punch, state.sizes.event);
  return [{ send: { command: Command.event, session: EventBit.punch, reply: 0, data: payload } }];
}
