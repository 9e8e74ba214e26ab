import { Operation } from "../device/operation-log.ts";
import { Command } from "../wire/codes.ts";
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
    change(machine, () => {
      machine.state.removeUser(uid);
      machine.state.record(Operation.deleteUser, uid);
    });
    return ok(request);
  },

  [Command.deleteUserTemp]: (request) => {
    const { data } = request.packet;
    if (data.length !== 3) return refuse(request);
    return deleteTemplate(request, data.readUInt16LE(0), data.readUInt8(2));
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
export function mayWriteUser({ state }: Machine, row: Buffer): boolean {
  if (row.length !== state.sizes.user || state.sizes.user === 120) return false;
  const { uid, userId } = decodeUser(row);
  if (uid < 1 || uid > 65_534) return false;
  if (state.users.row(uid) === null && state.users.count >= state.capacity.users) return false;
  const letters = state.options.get("~IsABCPinEnable") === "1";
  const shape = letters ? /^[0-9A-Za-z][0-9A-Za-z_-]*$/ : /^\d+$/;
  return shape.test(userId) && userId.length <= Number(state.options.get("~PIN2Width") ?? 24);
}

export function writeUserRow({ state }: Machine, row: Buffer): void {
  state.users.write(row);
  state.record(Operation.enrolUser, row.readUInt16LE(0));
}

export function change(machine: Machine, apply: () => void): void {
  machine.state.change(apply, machine.modes.refresh === "required");
}

function deleteTemplate(request: Request, uid: number, finger: number): ReturnType<Handler> {
  const { machine } = request;
  if (machine.state.templates.get(uid, finger) === null) return refuse(request);
  change(machine, () => {
    machine.state.templates.remove(uid, finger);
    machine.state.record(Operation.deleteFinger, uid, finger);
  });
  return ok(request);
}
