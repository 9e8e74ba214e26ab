import { spawnSync } from "node:child_process";

export interface SmallDisks {
  /** Mounts a disk in memory; `options` as `mount -o` takes them, e.g. `size=2m` or `ro`. */
  mountAt(path: string, options: string): void;
  unmount(path: string): void;
}

/** Disks that are really full or read-only, where this machine and user can mount them; otherwise says why not. */
export function smallDisks(): SmallDisks | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    console.log("no real full or read-only disk: mounting one needs Linux and root; limits and permissions stand in");
    return null;
  }
  const probe = shell(
    'd=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s',
  );
  if (probe.status !== 0) {
    console.log(`no real full or read-only disk: mounting is not allowed here (${probe.stderr.trim()})`);
    return null;
  }
  return {
    mountAt(path, options) {
      const { status, stderr } = shell('mkdir -p "$0" && mount -t tmpfs -o "$1" tmpfs "$0"', path, options);
      if (status !== 0) throw new Error(stderr);
    },
    unmount(path) {
      const { status, stderr } = shell('umount "$0"', path);
      if (status !== 0) throw new Error(stderr);
    },
  };
}

function shell(script: string, ...args: string[]) {
  return spawnSync("sh", ["-c", script, ...args], { encoding: "utf8" });
}
