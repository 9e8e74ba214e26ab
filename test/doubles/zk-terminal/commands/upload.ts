import { Operation } from "../device/operation-log.ts";
import type { Template } from "../device/template-store.ts";
import { Command, Reply } from "../wire/codes.ts";

import { ok, refuse, u32, type Handler, type Machine, type Request } from "./request.ts";
import { change, mayWriteUser, writeUserRow } from "./write.ts";

const LARGEST_PART = 1_024;
const BULK_MARK = 2;
const FINGER_BASE = 0x10;

/** Uploads of templates: 1500, 1501…, then 87, 110 or 119; 10 for small ones (`zk-pull.md` §3.2). */
export const uploading: Readonly<Record<number, Handler>> = {
  [Command.prepareData]: (request) => {
    const { client, packet } = request;
    if (packet.data.length < 4) return refuse(request);
    client.upload = { size: packet.data.readUInt32LE(0), parts: [] };
    return ok(request);
  },

  [Command.data]: (request) => {
    const { client, packet } = request;
    if (client.upload === null || packet.data.length > LARGEST_PART) return refuse(request);
    client.upload.parts.push(Buffer.from(packet.data));
    return ok(request);
  },

  // How real terminals compute it is unknown (§3.2).
  [Command.checksumBuffer]: (request) => {
    const bytes = uploaded(request);
    return bytes === null ? refuse(request) : ok(request, u32(bytes.reduce((sum, byte) => sum + byte, 0)));
  },

  [Command.templateWrite]: (request) => {
    const { data } = request.packet;
    const bytes = uploaded(request);
    if (bytes === null || data.length !== 6 || data.readUInt16LE(4) !== bytes.length) return refuse(request);
    return store(request, [{ uid: data.readUInt16LE(0), finger: data.readUInt8(2), flag: data.readUInt8(3), bytes }]);
  },

  [Command.userTempWrite]: (request) => {
    const { data } = request.packet;
    if (data.length < 7 || data.length > LARGEST_PART || data.readUInt16LE(0) !== data.length) return refuse(request);
    return store(request, [
      { uid: data.readUInt16LE(2), finger: data.readUInt8(4), flag: data.readUInt8(5), bytes: data.subarray(6) },
    ]);
  },

  [Command.saveTemplates]: (request) => {
    const { machine } = request;
    if (machine.modes.bulkUpload === "unknown") return refuse(request, Reply.unknown);
    const bytes = uploaded(request);
    const bulk = bytes === null ? null : readBulk(bytes, machine.state.sizes.user);
    if (bulk === null || !bulk.rows.every((row) => mayWriteUser(machine, row))) return refuse(request);
    const uids = new Set(bulk.rows.map((row) => row.readUInt16LE(0)));
    if (!bulk.templates.every((template) => mayStore(machine, template, uids))) return refuse(request);
    if (machine.modes.bulkUpload === "lose") return ok(request);
    if (machine.modes.userWrites === "save")
      for (const row of bulk.rows) change(machine, () => writeUserRow(machine, row));
    save(machine, bulk.templates);
    return ok(request);
  },

  /** Answers with the slot that already holds this template (§4). */
  [Command.testTemplate]: (request) => {
    const known = request.machine.state.templates.findEqual(request.packet.data);
    return known === null ? refuse(request) : ok(request, u32(known.uid));
  },
};

/** The finished upload; null while bytes are missing. */
function uploaded({ client }: Request): Buffer | null {
  if (client.upload === null) return null;
  const bytes = Buffer.concat(client.upload.parts);
  return bytes.length === client.upload.size ? bytes : null;
}

function store(request: Request, templates: readonly Template[]): ReturnType<Handler> {
  const { machine } = request;
  if (!templates.every((template) => mayStore(machine, template, new Set()))) return refuse(request);
  save(machine, templates);
  return ok(request);
}

function mayStore({ state, modes }: Machine, template: Template, newUsers: ReadonlySet<number>): boolean {
  if (template.finger > 9 || template.bytes.length === 0) return false;
  if (state.users.row(template.uid) === null && !newUsers.has(template.uid)) return false;
  const occupied = state.templates.get(template.uid, template.finger) !== null;
  if (!occupied && state.templates.count >= state.capacity.fingers) return false;
  return !(occupied && modes.occupiedSlots === "refuse");
}

function save(machine: Machine, templates: readonly Template[]): void {
  if (machine.modes.templateWrites === "lose") return;
  change(machine, () => {
    for (const template of templates) {
      machine.state.templates.put({ ...template, bytes: Buffer.from(template.bytes) });
      machine.state.record(Operation.enrolFinger, template.uid, template.finger);
    }
  });
}

interface Bulk {
  readonly rows: readonly Buffer[];
  readonly templates: readonly Template[];
}

/** Users, table and templates of command 110; null when they do not fit together. */
function readBulk(bytes: Buffer, userSize: number): Bulk | null {
  if (bytes.length < 12) return null;
  const [usersLength, tableLength, templatesLength] = [0, 4, 8].map((at) => bytes.readUInt32LE(at));
  if (usersLength === undefined || tableLength === undefined || templatesLength === undefined) return null;
  if (12 + usersLength + tableLength + templatesLength !== bytes.length) return null;
  const users = bytes.subarray(12, 12 + usersLength);
  const table = bytes.subarray(12 + usersLength, 12 + usersLength + tableLength);
  const templates = bytes.subarray(12 + usersLength + tableLength);
  const rows = slices(users, userSize + 1);
  const entries = slices(table, 8);
  if (rows === null || entries === null) return null;
  const stored = entries.map((entry) => readEntry(entry, templates));
  if (stored.includes(null)) return null;
  return { rows: rows.map((row) => row.subarray(1)), templates: stored.filter((template) => template !== null) };
}

function slices(bytes: Buffer, size: number): readonly Buffer[] | null {
  if (bytes.length % size !== 0) return null;
  const parts = Array.from({ length: bytes.length / size }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
  return parts.every((part) => part[0] === BULK_MARK) ? parts : null;
}

function readEntry(entry: Buffer, templates: Buffer): Template | null {
  const offset = entry.readUInt32LE(4);
  if (offset + 2 > templates.length) return null;
  const end = offset + 2 + templates.readUInt16LE(offset);
  if (end > templates.length) return null;
  const finger = entry.readUInt8(3) - FINGER_BASE;
  if (finger < 0) return null;
  return { uid: entry.readUInt16LE(1), finger, flag: 1, bytes: Buffer.from(templates.subarray(offset + 2, end)) };
}
