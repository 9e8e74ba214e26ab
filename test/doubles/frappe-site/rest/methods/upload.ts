import { createHash, randomBytes } from "node:crypto";

import { buildRecord } from "../../documents/build-record.ts";
import { hasRight, noDocumentAccess } from "../../documents/permissions.ts";
import { present } from "../../documents/present.ts";
import { knownDocType } from "../doctype-of.ts";
import { crash, refuse } from "../frappe-error.ts";
import { textArgument } from "../site-request.ts";
import { sentence } from "../texts.ts";

import type { Method, MethodCall, MethodResult } from "./method.ts";

export const UPLOAD_METHODS: Readonly<Record<string, Method>> = {
  upload_file: { run: uploadFile },
  "frappe.handler.upload_file": { run: uploadFile },
};

const PICTURE = /\.(jpe?g|png|webp|gif)$/i;

/** Creates a File and attaches it; the target's `image` is left alone (`frappe-hr.md` §9.8). */
function uploadFile(call: MethodCall): MethodResult {
  const { args, files } = call.input;
  if (call.site.profile === 16 && files.length === 0 && textArgument(args, "file_url") === undefined)
    throw refuse(sentence(call.caller.language, "fileMandatory"), { type: "MandatoryError" });
  const target = textArgument(args, "doctype");
  const targetName = textArgument(args, "docname");
  if (target !== undefined && targetName !== undefined) requireWrite(target, call);
  const [file] = files;
  if (file === undefined) throw refuse(sentence(call.caller.language, "fileMandatory"), { type: "MandatoryError" });
  if (file.content.length > call.site.settings.maxFileSize) {
    const megabytes = (call.site.settings.maxFileSize / 1_048_576).toFixed(1);
    throw refuse(sentence(call.caller.language, "fileTooLarge", megabytes), {
      type: "MaxFileSizeReachedError",
      module: "frappe.core.doctype.file.exceptions.",
    });
  }
  if (PICTURE.test(file.filename) && !looksLikePicture(file.content))
    throw crash("UnidentifiedImageError", "cannot identify image file <_io.BytesIO object at 0x7f0000000000>", "PIL.");
  return { message: store(file.filename, file.content, target, targetName, call) };
}

function requireWrite(target: string, call: MethodCall): void {
  const doctype = knownDocType(target, call);
  if (!hasRight(doctype, call.caller, "write")) throw noDocumentAccess(doctype.name, call.caller);
}

function looksLikePicture(content: Buffer): boolean {
  const start = content.subarray(0, 4).toString("latin1");
  return (
    start.startsWith("\u00ff\u00d8\u00ff") || start === "\u0089PNG" || start === "RIFF" || start.startsWith("GIF8")
  );
}

function store(
  filename: string,
  content: Buffer,
  target: string | undefined,
  targetName: string | undefined,
  call: MethodCall,
): Record<string, unknown> {
  const { args } = call.input;
  const isPrivate = textArgument(args, "is_private") === "1";
  const name = freeName(filename, isPrivate, call);
  const url = `${isPrivate ? "/private" : ""}/files/${name}`;
  const record = buildRecord(call, {
    name: randomBytes(5).toString("hex"),
    file_name: name,
    is_private: isPrivate ? 1 : 0,
    file_type: (name.split(".").at(-1) ?? "").toUpperCase(),
    is_home_folder: 0,
    is_attachments_folder: 0,
    file_size: content.length,
    file_url: url,
    folder: textArgument(args, "folder") ?? "Home",
    is_folder: 0,
    attached_to_doctype: target ?? null,
    attached_to_name: targetName ?? null,
    attached_to_field: textArgument(args, "fieldname") ?? null,
    content_hash: createHash("md5").update(content).digest("hex"),
    uploaded_to_dropbox: 0,
    uploaded_to_google_drive: 0,
  });
  call.transaction.insert("File", record);
  call.site.data.fileContents.set(url, content);
  return present(knownDocType("File", call), record, call, { nulls: false, fieldLevels: false });
}

/** A name in use gets a random tail before its ending. */
function freeName(filename: string, isPrivate: boolean, call: MethodCall): string {
  const name = filename.replace(/[/\\]/g, "_");
  if (!call.site.data.fileContents.has(`${isPrivate ? "/private" : ""}/files/${name}`)) return name;
  const dot = name.lastIndexOf(".");
  const tail = randomBytes(3).toString("hex");
  return dot < 0 ? name + tail : name.slice(0, dot) + tail + name.slice(dot);
}
