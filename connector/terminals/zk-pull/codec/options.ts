import { untilNul } from "./text.ts";

/** Data of OPTIONS_RRQ. */
export function encodeOptionRequest(name: string): Buffer {
  return Buffer.from(`${name}\0`, "latin1");
}

/** Value in `name=value\0`; an answer without the name is the value itself (`zk-pull.md` §2.9). */
export function decodeOption(name: string, data: Buffer): string {
  const text = untilNul(data).toString("utf8");
  const at = text.indexOf("=");
  return at !== -1 && text.slice(0, at) === name ? text.slice(at + 1).trim() : text.trim();
}
