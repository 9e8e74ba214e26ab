import { Command, Reply } from "../wire/codes.ts";
import { provesCommKey } from "../wire/comm-key.ts";

import { ok, refuse, replyPacket, type Handler } from "./request.ts";

const STATE_WAITING = 0;

/** Connect, key, disconnect, enable and disable, restart (`zk-pull.md` §1.3–1.6). */
export const session: Readonly<Record<number, Handler>> = {
  [Command.connect]: (request) => {
    const { client, machine } = request;
    if (machine.modes.connect === "secured") return refuse(request, Reply.secured);
    client.session ??= machine.openSession(client);
    // Whoever comes second is not refused but left without an answer (§1.7).
    if (client.session === null) return [];
    client.authorised ||= machine.commKey === 0;
    return client.authorised ? ok(request) : refuse(request, Reply.unauthorised);
  },

  [Command.auth]: (request) => {
    const { client, machine, packet } = request;
    client.authorised = provesCommKey(packet.data, machine.commKey, client.session ?? 0);
    return client.authorised ? ok(request) : refuse(request, Reply.unauthorised);
  },

  [Command.exit]: (request) => {
    const answer = ok(request);
    request.client.end();
    return answer;
  },

  [Command.enable]: (request) => {
    request.machine.state.enable();
    return ok(request);
  },

  [Command.disable]: (request) => {
    const { data } = request.packet;
    const seconds = data.length >= 4 ? data.readUInt32LE(0) : 0;
    request.machine.state.disable(seconds > 0 ? seconds : null);
    return ok(request);
  },

  // A restart is not acknowledged (§1.6).
  [Command.restart]: (request) => {
    request.machine.restart();
    return [];
  },

  [Command.powerOff]: (request) => [...ok(request), { end: "reboot" }],

  [Command.state]: (request) => [{ send: replyPacket(request, Reply.ok, undefined, STATE_WAITING) }],

  [Command.refreshData]: (request) => {
    request.machine.state.refresh();
    return ok(request);
  },

  [Command.refreshOptions]: ok0,
  [Command.startVerify]: ok0,

  [Command.cancelCapture]: (request) => {
    request.machine.cancelEnrolment();
    return ok(request);
  },

  [Command.event]: (request) => {
    const { client, packet } = request;
    if (packet.data.length < 4) return refuse(request);
    client.eventMask = packet.data.readUInt32LE(0);
    return ok(request);
  },

  [Command.startEnroll]: (request) => {
    const { client, machine, packet } = request;
    const text = packet.data.length >= 25;
    if (!text && packet.data.length < 5) return refuse(request);
    const userId = text ? packet.data.toString("latin1", 0, 24).split("\0", 1)[0] : String(packet.data.readUInt32LE(0));
    machine.startEnrolment(client, userId ?? "", packet.data.readUInt8(text ? 24 : 4));
    return ok(request);
  },
};

function ok0(request: Parameters<Handler>[0]): ReturnType<Handler> {
  return ok(request);
}
