import { TandemError } from "@tandem/contracts/errors.ts";

import { detectUserSize } from "../zk-pull/codec/user-size.ts";

import { attlogPrefix } from "./file-name.ts";
import { isTemplateTable } from "./template-table.ts";
import { decodeText } from "./text-encoding.ts";

/** `template.dat`, `template.fp10`, `template.fp10.1`, `ssrface7.dat`, … (`formats.md` §1.4). */
const TEMPLATE_NAME = /^template\.(dat|fp.*)$|face.*\.dat$/i;
/** Enrolments of the makers of AGL files. */
const ENROLMENTS = ["ZoucqEnrollData", "ZoucqFaceEnData"];
/** Templates as text: base64 or hexadecimal digits. Looked for from the start of a run only, or long runs take minutes. */
const BLOB = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{401}/;
const USERS_NAME = /^user\.dat$/i;
const USERS_TEXT = /^[ -~\t]*\bPIN=/;
/** Short messages, and who gets which. */
const NOT_NEEDED_NAME = /^(sms|udata)\.dat$/i;

/**
 * Keeps files with fingerprints or faces out, by name and by content (`formats.md` §1.4); nothing of them is shown or
 * stored. Throws `import.template-file`.
 */
export function refuseTemplates(file: string, bytes: Buffer): void {
  const isNamedSo = TEMPLATE_NAME.test(file) && attlogPrefix(file) === null;
  const isEnrolment = ENROLMENTS.includes(bytes.toString("latin1", 0, 15));
  if (isNamedSo || isEnrolment || isTemplateTable(bytes) || isMostlyBlobs(bytes))
    throw new TandemError("import.template-file", { file });
}

/** Refuses the other files of a USB export, which hold no punches. Throws `import.users-file`, `import.not-needed`. */
export function refuseOtherExports(file: string, bytes: Buffer): void {
  if (NOT_NEEDED_NAME.test(file)) throw new TandemError("import.not-needed", { file });
  if (USERS_NAME.test(file) || isUserTable(bytes) || isUserText(bytes))
    throw new TandemError("import.users-file", { file });
}

/** Some tools write the user list as text under the same name (`formats.md` §3.2). */
export function isUserText(bytes: Buffer): boolean {
  return USERS_TEXT.test(bytes.toString("latin1", 0, 64));
}

function isUserTable(bytes: Buffer): boolean {
  // No text has zero bytes, and UTF-16 begins with its mark or a letter: a table begins with a slot and a privilege.
  return bytes.includes(0) && detectUserSize(bytes, null) !== null;
}

function isMostlyBlobs(bytes: Buffer): boolean {
  const lines = decodeText(bytes)
    .text.split(/\r\n|\n|\r/)
    .filter((line) => line !== "");
  return lines.filter((line) => BLOB.test(line)).length * 2 > lines.length;
}
