export interface UploadedFile {
  readonly field: string;
  readonly filename: string;
  readonly content: Buffer;
}

/** Splits a multipart/form-data body into text fields and files. */
export function readMultipart(
  body: Buffer,
  contentType: string,
): { fields: Record<string, string>; files: UploadedFile[] } {
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return { fields, files };
  for (const part of partsOf(body, `--${boundary}`)) {
    const end = part.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const head = part.subarray(0, end).toString("utf8");
    const content = part.subarray(end + 4, part.length - 2);
    const field = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? "";
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    if (filename === undefined) fields[field] = content.toString("utf8");
    else files.push({ field, filename, content });
  }
  return { fields, files };
}

function* partsOf(body: Buffer, delimiter: string): Generator<Buffer> {
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    if (next < 0) return;
    yield body.subarray(at + delimiter.length + 2, next);
    at = next;
  }
}
