import { createHash } from "node:crypto";
import { join } from "node:path";

/** Unix socket addresses hold 108 bytes, and macOS fewer. */
const LONGEST = 100;

/**
 * Where the admin channel of a data folder listens: a socket in the folder, a short path of the same user's when the
 * folder's is too long for a socket address, a named pipe on Windows.
 */
export function adminSocketPath(folder: string, platform: NodeJS.Platform, tmp: string, uid: number): string {
  // Windows takes C:\Tandem and c:\tandem for one folder, so both have to lead to one pipe.
  const identity = platform === "win32" ? folder.toLowerCase() : folder;
  const name = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  if (platform === "win32") return `\\\\.\\pipe\\tandem-${name}`;
  const path = join(folder, "admin.sock");
  return Buffer.byteLength(path) <= LONGEST ? path : join(tmp, `tandem-${uid}`, `${name}.sock`);
}
