import { Command, Reply } from "../wire/codes.ts";

import { ok, refuse, u32, type Answer, type Handler, type Request } from "./request.ts";
import { has, inline, transfer } from "./transfer.ts";

/** Data sets up to this length come inline (`zk-pull.md` §2.1). */
const LARGEST_INLINE = 1_024;
const FUNCTION = { templates: 2, users: 5 } as const;

/** Reading of users, punches, templates and the operation log: buffered (1503/1504) and legacy (§2.1, §2.3, §3.1). */
export const reading: Readonly<Record<number, Handler>> = {
  [Command.bufferedRead]: (request) => {
    const { client, machine, packet } = request;
    client.dataAnswers = 0;
    client.buffer = null;
    if (machine.modes.bufferedRead === "unknown") return refuse(request, Reply.unknown);
    if (machine.modes.bufferedRead === "error") return refuse(request);
    if (packet.data.length !== 11 || packet.data[0] !== 1) return refuse(request);
    const bytes = dataSet(request, packet.data.readUInt16LE(1), packet.data.readUInt32LE(3));
    if (bytes === null) return refuse(request);
    if (bytes.length <= 4 && machine.modes.emptyTable === "error") return refuse(request);
    if (has(request, "direct-prepare")) return transfer(request, bytes, true);
    if (bytes.length <= LARGEST_INLINE) return inline(request, bytes);
    client.buffer = bytes;
    const total = has(request, "short-total") ? bytes.length - machine.state.sizes.punch : bytes.length;
    return ok(request, Buffer.concat([Buffer.from([1]), u32(total, total, 0)]));
  },

  [Command.chunkRead]: (request) => {
    const { client, machine, packet } = request;
    if (client.buffer === null || packet.data.length !== 8) return refuse(request);
    const start = packet.data.readUInt32LE(0);
    const end = start + packet.data.readUInt32LE(4);
    if (end > client.buffer.length || end === start) return refuse(request);
    const answer = transfer(request, client.buffer.subarray(start, end), end === client.buffer.length);
    machine.grow();
    return answer;
  },

  [Command.freeData]: (request) => {
    request.client.buffer = null;
    request.client.upload = null;
    return ok(request);
  },

  [Command.attendanceRead]: (request) => legacy(request, Command.attendanceRead, 0),
  [Command.operationRead]: (request) => legacy(request, Command.operationRead, 0),
  [Command.dbRead]: (request) => legacy(request, Command.dbRead, request.packet.data[0] ?? 0),
  [Command.userTempRead]: (request) => {
    const { data } = request.packet;
    const { shortRead } = request.machine.modes;
    if (data.length === 1 || shortRead === "first-byte") return legacy(request, Command.userTempRead, data[0] ?? 0);
    return shortRead === "unknown" ? refuse(request, Reply.unknown) : oneTemplate(request, Buffer.alloc(0));
  },
  // The answer carries one byte more than the template, and six zeros before it on some firmware (§3.1).
  [Command.templateRead]: (request) => {
    const { longRead } = request.machine.modes;
    if (longRead === "unknown") return refuse(request, Reply.unknown);
    return oneTemplate(request, Buffer.alloc(longRead === "six-zeros" ? 7 : 1));
  },
};

function legacy(request: Request, command: number, fct: number): Answer {
  request.client.dataAnswers = 0;
  const bytes = dataSet(request, command, fct);
  if (bytes === null) return refuse(request);
  if (bytes.length <= 4 && request.machine.modes.emptyTable === "error") return refuse(request);
  return transfer(request, bytes, true);
}

function oneTemplate(request: Request, tail: Buffer): Answer {
  const { data } = request.packet;
  if (data.length !== 3) return refuse(request);
  request.client.dataAnswers = 0;
  const template = request.machine.state.templates.get(data.readUInt16LE(0), data.readUInt8(2));
  if (template !== null) return transfer(request, Buffer.concat([template.bytes, tail]), true);
  const { emptySlots } = request.machine.modes;
  if (emptySlots === "no-bytes") return transfer(request, Buffer.alloc(0), true);
  return refuse(request, emptySlots === "4993" ? Reply.emptySlot : Reply.error);
}

/** The u32 length of the records, then the records; null for what this terminal does not keep. */
function dataSet(request: Request, command: number, fct: number): Buffer | null {
  const { state } = request.machine;
  const rows =
    command === Command.userTempRead && fct === FUNCTION.users
      ? state.users.rows()
      : command === Command.attendanceRead
        ? state.punches.rows()
        : command === Command.dbRead && fct === FUNCTION.templates
          ? state.templates.rows()
          : command === Command.operationRead
            ? state.operations.rows()
            : null;
  if (rows === null) return null;
  const claimed = has(request, "long-length") ? rows.length + 2 * state.sizes.punch : rows.length;
  return Buffer.concat([u32(claimed), rows]);
}
