import type { TemplateEntry } from "./templates.ts";

const MARK = 2;
const FINGER_BASE = 0x10;
const TABLE_ENTRY = 8;

/**
 * Users and templates for command 110 (`zk-pull.md` §3.2): three u32 lengths, the users, a table of 8 bytes a template,
 * the templates. The form has no place for a template's flag: the terminal takes all of them as valid (1). `rows` are
 * user rows of the terminal's own length, because it writes them anew.
 */
export function encodeBulkUpload(rows: readonly Buffer[], templates: readonly TemplateEntry[]): Buffer {
  const users = Buffer.concat(rows.flatMap((row) => [Buffer.from([MARK]), row]));
  const table = Buffer.alloc(templates.length * TABLE_ENTRY);
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [index, { uid, finger, template }] of templates.entries()) {
    const at = index * TABLE_ENTRY;
    table.writeUInt8(MARK, at);
    table.writeUInt16LE(uid, at + 1);
    table.writeUInt8(FINGER_BASE + finger, at + 3);
    table.writeUInt32LE(offset, at + 4);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(template.length, 0);
    parts.push(length, template);
    offset += length.length + template.length;
  }
  const head = Buffer.alloc(12);
  head.writeUInt32LE(users.length, 0);
  head.writeUInt32LE(table.length, 4);
  head.writeUInt32LE(offset, 8);
  return Buffer.concat([head, users, table, ...parts]);
}
