import { chmod, stat } from "node:fs/promises";

/** Who may read a file: permission bits here, access lists on Windows. */
export interface FileRights {
  /** Leaves a folder (and what is created in it) to the user who runs Tandem. */
  restrict(folder: string): Promise<void>;
  /** Whether other users of this machine can read it. */
  othersCanRead(path: string): Promise<boolean>;
}

export const posixRights: FileRights = {
  restrict: (folder) => chmod(folder, 0o700),
  async othersCanRead(path) {
    return ((await stat(path)).mode & 0o077) !== 0;
  },
};
