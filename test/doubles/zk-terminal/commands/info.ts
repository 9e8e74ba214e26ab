import { Operation } from "../device/operation-log.ts";
import { Command, Reply } from "../wire/codes.ts";
import { textOf } from "../wire/user-row.ts";

import { ok, refuse, u32, type Handler, type Machine } from "./request.ts";

/** Version, options, counts, clock and the door (`zk-pull.md` §1.6, §2.6, §2.8, §2.9). */
export const info: Readonly<Record<number, Handler>> = {
  [Command.version]: (request) => ok(request, Buffer.from(`${request.machine.firmware}\0`, "latin1")),

  [Command.optionRead]: (request) => {
    const name = textOf(request.packet.data);
    const value = request.machine.state.options.get(name);
    return value === undefined ? refuse(request) : ok(request, Buffer.from(`${name}=${value}\0`, "latin1"));
  },

  [Command.optionWrite]: (request) => {
    const text = textOf(request.packet.data);
    const at = text.indexOf("=");
    if (at < 1) return refuse(request);
    request.machine.state.options.set(text.slice(0, at), text.slice(at + 1));
    request.machine.state.record(Operation.changeOption);
    return ok(request);
  },

  [Command.freeSizes]: (request) => {
    const { machine } = request;
    if (machine.modes.freeSizes === "unknown") return refuse(request, Reply.unknown);
    const answer = ok(request, freeSizes(machine));
    machine.grow();
    return answer;
  },

  [Command.pinWidth]: (request) => {
    const { state, modes } = request.machine;
    const width = state.options.get("~PIN2Width") ?? modes.pinWidth;
    return width === "unknown" ? refuse(request, Reply.unknown) : ok(request, Buffer.from([Number(width)]));
  },

  [Command.getTime]: (request) => ok(request, u32(request.machine.state.clock.value())),

  [Command.setTime]: (request) => {
    const { data } = request.packet;
    if (data.length < 4) return refuse(request);
    if (request.machine.modes.clockWrites === "lose") return ok(request);
    request.machine.state.clock.set(data.readUInt32LE(0));
    request.machine.state.record(Operation.setTime);
    return ok(request);
  },

  [Command.unlock]: (request) => {
    request.machine.state.record(Operation.unlock);
    return ok(request);
  },
  [Command.doorState]: (request) => ok(request, Buffer.from([0])),
  [Command.voice]: (request) => ok(request),
  [Command.writeLcd]: (request) => ok(request),
  [Command.clearLcd]: (request) => ok(request),
};

function freeSizes({ state, modes }: Machine): Buffer {
  if (modes.freeSizes === "empty") return Buffer.alloc(0);
  if (modes.freeSizes === "single-u32") return u32(0);
  if (modes.freeSizes === "zeros") return Buffer.alloc(92);
  // Access mode on SpeedFace and H5L: 120 bytes, and no word of the records (§2.8).
  const records = modes.freeSizes === "120" ? 0 : state.punches.count;
  const { capacity } = state;
  const words = new Array<number>(modes.freeSizes === "120" ? 30 : 23).fill(0);
  const counts: readonly (readonly [number, number])[] = [
    [16, state.users.count],
    [24, state.templates.count],
    [32, records],
    [40, state.operations.count],
    [48, state.users.all().filter(({ privilege }) => (privilege & 0x0e) !== 0).length],
    [52, state.users.all().filter(({ password }) => password !== "").length],
    [56, capacity.fingers],
    [60, capacity.users],
    [64, capacity.punches],
    [68, capacity.fingers - state.templates.count],
    [72, capacity.users - state.users.count],
    [76, capacity.punches - state.punches.count],
    [80, 0],
    [88, capacity.faces],
  ];
  for (const [at, count] of counts) words[at / 4] = count;
  return u32(...words).subarray(0, modes.freeSizes === "80" ? 80 : undefined);
}
