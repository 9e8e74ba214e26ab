import { Operation } from "../device/operation-log.ts";
import { Command, Reply } from "../wire/codes.ts";
import { decodeUser, textOf } from "../wire/user-row.ts";

import { ok, refuse, type Handler, type Machine, type Request } from "./request.ts";

/** User rows, verify modes and deletions (`zk-pull.md` §3.3, §5). */
export const writing: Readonly<Record<number, Handler>> = {
  [Command.userWrite]: (request) => {
    const { machine, packet } = request;
    if (!mayWriteUser(machine, packet.data)) return refuse(request);
    const row = Buffer.from(packet.data);
    if (machine.modes.userWrites === "save") change(machine, () => writeUserRow(machine, row));
    return ok(request);
  },

  [Command.deleteUser]: (request) => {
    const { machine, packet } = request;
    if (packet.data.length < 2) return refuse(request);
    const uid = packet.data.readUInt16LE(0);
    if (machine.state.users.row(uid) === null) return refuse(request);
    const { userDeletes } = machine.modes;
    if (userDeletes === "lose") return ok(request);
    change(machine, () => {
      if (userDeletes === "save") machine.state.removeUser(uid);
      else machine.state.users.remove(uid);
      machine.state.record(Operation.deleteUser, uid);
    });
    return ok(request);
  },

  [Command.deleteUserTemp]: (request) => {
    const { data } = request.packet;
    if (request.machine.modes.templateDeletes === "unknown") return refuse(request, Reply.unknown);
    if (data.length !== 3) return refuse(request);
    const [uid, finger] = [data.readUInt16LE(0), data.readUInt8(2)];
    if (request.machine.modes.templateDeletes !== "zero-is-all" || finger !== 0)
      return deleteTemplate(request, uid, finger);
    change(request.machine, () => request.machine.state.templates.removeAll(uid));
    return ok(request);
  },

  [Command.deleteTemplateById]: (request) => {
    const { data } = request.packet;
    if (data.length !== 25) return refuse(request);
    const user = request.machine.state.users.byUserId(textOf(data.subarray(0, 24)));
    return user === null ? refuse(request) : deleteTemplate(request, user.uid, data.readUInt8(24));
  },

  [Command.verifyWrite]: (request) => {
    const { machine, packet } = request;
    if (packet.data.length < 3) return refuse(request);
    const uid = packet.data.readUInt16LE(0);
    if (machine.state.users.row(uid) === null) return refuse(request);
    machine.state.verifyModes.set(uid, packet.data.readUInt8(2));
    return ok(request);
  },

  [Command.verifyRead]: (request) => {
    const { machine, packet } = request;
    if (packet.data.length < 2) return refuse(request);
    const uid = packet.data.readUInt16LE(0);
    if (machine.state.users.row(uid) === null) return refuse(request);
    const data = Buffer.alloc(24);
    data.writeUInt16LE(uid, 0);
    data.writeUInt8(machine.state.verifyModes.get(uid) ?? 0, 2);
    return ok(request, data);
  },

  [Command.clearAttendance]: (request) => {
    request.machine.state.punches.clear();
    request.machine.state.record(Operation.clearAttendance);
    return ok(request);
  },

  // Without data everything goes (§1.6).
  [Command.deleteAll]: (request) => {
    const { state } = request.machine;
    const kind = request.packet.data[0];
    if (kind === undefined || kind === 1) state.punches.clear();
    if (kind === undefined || kind === 2 || kind === 5) state.templates.clear();
    if (kind === undefined || kind === 4) state.operations.clear();
    if (kind === undefined || kind === 5) state.users.clear();
    state.record(Operation.clearData);
    return ok(request);
  },

  [Command.clearAdmins]: (request) => {
    const { state } = request.machine;
    for (const { uid } of state.users.all()) state.users.row(uid)?.writeUInt8((state.users.row(uid)?.[2] ?? 0) & 1, 2);
    state.record(Operation.clearAdmins);
    return ok(request);
  },

  [Command.clearOperations]: (request) => {
    request.machine.state.operations.clear();
    return ok(request);
  },
};

/** Whether the row has this terminal's length, a possible slot, and an id that the firmware takes. */
export function mayWriteUser({ state, modes }: Machine, row: Buffer): boolean {
  if (row.length !== state.sizes.user || state.sizes.user === 120) return false;
  const { uid, userId } = decodeUser(row);
  if (uid < 1 || uid > 65_534) return false;
  if (state.users.row(uid) === null && state.users.count >= state.capacity.users) return false;
  const shape = takesLetters(state) ? /^[0-9A-Za-z][0-9A-Za-z_-]*$/ : /^\d+$/;
  const width = modes.pinWidth === "unknown" ? 24 : modes.pinWidth;
  return shape.test(userId) && userId.length <= Number(state.options.get("~PIN2Width") ?? width);
}

export function writeUserRow({ state, modes }: Machine, row: Buffer): void {
  const isStripped = modes.leadingZeros === "strip" && !takesLetters(state);
  state.users.write(isStripped ? withoutLeadingZeros(row) : row);
  state.record(Operation.enrolUser, row.readUInt16LE(0));
}

function takesLetters({ options }: Machine["state"]): boolean {
  return options.get("~IsABCPinEnable") === "1";
}

/** Numeric firmware keeps the ID as a number; 28-byte rows hold one anyway. */
function withoutLeadingZeros(row: Buffer): Buffer {
  if (row.length !== 72) return row;
  const { userId } = decodeUser(row);
  const stripped = Buffer.from(row).fill(0, 48, 72);
  stripped.write(userId.replace(/^0+(?=\d)/, ""), 48, "latin1");
  return stripped;
}

export function change(machine: Machine, apply: () => void): void {
  machine.state.change(apply, machine.modes.refresh === "required");
}

function deleteTemplate(request: Request, uid: number, finger: number): ReturnType<Handler> {
  const { machine } = request;
  if (machine.state.templates.get(uid, finger) === null) return refuse(request);
  if (machine.modes.templateDeletes === "lose") return ok(request);
  change(machine, () => {
    machine.state.templates.remove(uid, finger);
    machine.state.record(Operation.deleteFinger, uid, finger);
  });
  return ok(request);
}
