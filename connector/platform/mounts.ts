import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** One line of the operating system's mount table. */
export interface Mount {
  readonly source: string;
  readonly point: string;
  readonly type: string;
}

/** The mount table of this machine; empty on Windows, where a path itself tells whether it is on the network. */
export async function readMounts(): Promise<readonly Mount[]> {
  if (process.platform === "linux") return parseLinuxMounts(await readFile("/proc/self/mounts", "utf8"));
  if (process.platform === "darwin") return parseBsdMounts((await promisify(execFile)("/sbin/mount")).stdout);
  return [];
}

/** Lines `source point type options 0 0`; blanks inside a field are written as octal escapes such as `\040`. */
export function parseLinuxMounts(text: string): readonly Mount[] {
  return text.split("\n").flatMap((line) => {
    const [source, point, type] = line.split(" ");
    if (source === undefined || point === undefined || type === undefined) return [];
    return [{ source: unescapeOctal(source), point: unescapeOctal(point), type }];
  });
}

/** Lines `source on point (type, options)`, as the `mount` command of macOS prints them. */
export function parseBsdMounts(text: string): readonly Mount[] {
  return text.split("\n").flatMap((line) => {
    const [, source, point, type] = /^(.+?) on (.+) \(([^,)]+)[^)]*\)$/.exec(line) ?? [];
    if (source === undefined || point === undefined || type === undefined) return [];
    return [{ source, point, type }];
  });
}

function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}
