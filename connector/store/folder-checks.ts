import type { Mount } from "../platform/mounts.ts";

/**
 * Why a folder cannot hold the database: WAL needs memory shared by all who open the file, which network drives do not
 * have, and a synchronising program copies the files while they are being written (`browser-and-localhost.md` §11).
 */

const NETWORK_TYPES = new Set([
  "nfs",
  "nfs3",
  "nfs4",
  "cifs",
  "smb",
  "smb2",
  "smb3",
  "smbfs",
  "9p",
  "afs",
  "afpfs",
  "ncpfs",
  "coda",
  "ceph",
  "glusterfs",
  "lustre",
  "beegfs",
  "gpfs",
  "ocfs2",
  "davfs",
  "webdav",
  "sshfs",
  "vboxsf",
  "vmhgfs",
  "prl_fs",
]);

const NETWORK_FUSE =
  /^(fuse|osxfuse|macfuse)[._](sshfs|glusterfs|ceph|ceph-fuse|rclone|davfs2?|s3fs|gcsfuse|curlftpfs|gvfsd-fuse|smbnetfs|vmhgfs-fuse|google-drive-ocamlfuse|onedriver)$/;

/** The kind of network drive that `path` (absolute, links resolved) is on, or null. */
export function networkDriveKind(path: string, platform: string, mounts: readonly Mount[]): string | null {
  if (platform === "win32") return isUncPath(path) ? "UNC" : null;
  const mount = mountOf(path, mounts);
  if (mount === null) return null;
  if (NETWORK_TYPES.has(mount.type) || NETWORK_FUSE.test(mount.type)) return mount.type;
  // Programs that mount without a subtype show the remote end as `user@host:/folder` or `sshfs#…`.
  const isRemoteFuse = mount.type === "fuse" && (mount.source.startsWith("sshfs#") || /^[^/]+:/.test(mount.source));
  return isRemoteFuse ? "fuse" : null;
}

/** `\\server\share`, also in the long form `\\?\UNC\server\share`; `\\?\C:\` and `\\.\` are local. */
function isUncPath(path: string): boolean {
  const plain = path.replaceAll("/", "\\");
  return /^\\\\\?\\UNC\\/i.test(plain) || /^\\\\[^\\?.][^\\]*\\/.test(plain);
}

function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  let best: Mount | null = null;
  for (const mount of mounts) {
    const covers = path === mount.point || path.startsWith(mount.point === "/" ? "/" : `${mount.point}/`);
    // Of two mounts on one point the later one is what programs see.
    if (covers && mount.point.length >= (best?.point.length ?? 0)) best = mount;
  }
  return best;
}

const CLOUD_FOLDER_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^onedrive( ?-.*)?$/i, "OneDrive"],
  [/^dropbox( \(.*\))?$/i, "Dropbox"],
  [/^(google ?drive|googledrive-.*|google drive file stream|drivefs|my drive)$/i, "Google Drive"],
  [/^(icloud ?drive|com~apple~clouddocs|mobile documents)$/i, "iCloud"],
];

const CLOUD_VARIABLES: readonly (readonly [string, string])[] = [
  ["OneDrive", "OneDrive"],
  ["OneDriveCommercial", "OneDrive"],
  ["OneDriveConsumer", "OneDrive"],
];

/** The synchronising program whose folder `path` (absolute) is in, or null. */
export function cloudFolderKind(path: string, env: Readonly<Record<string, string | undefined>>): string | null {
  for (const [variable, kind] of CLOUD_VARIABLES) {
    const root = env[variable];
    if (root !== undefined && root !== "" && isInside(path, root)) return kind;
  }
  const parts = path.split(/[\\/]+/);
  for (const part of parts) {
    const known = CLOUD_FOLDER_NAMES.find(([pattern]) => pattern.test(part));
    if (known !== undefined) return known[1];
  }
  // macOS keeps every provider below ~/Library/CloudStorage.
  return parts.includes("CloudStorage") && parts.includes("Library") ? "CloudStorage" : null;
}

function isInside(path: string, root: string): boolean {
  const plain = (text: string): string => text.replaceAll("\\", "/").replace(/\/+$/, "").toLowerCase();
  return plain(path) === plain(root) || plain(path).startsWith(`${plain(root)}/`);
}
