import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";

import { TandemError } from "@tandem/contracts/errors.ts";

import { type FileSystem, nodeFileSystem } from "../platform/file-system.ts";
import { type Mount, readMounts } from "../platform/mounts.ts";

import { cloudFolderKind, networkDriveKind } from "./folder-checks.ts";
import { lockFolder } from "./folder-lock.ts";
import { toStoreError } from "./store-error.ts";

/** The machine around the data folder. */
export interface FolderEnvironment {
  readonly fs: FileSystem;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  mounts(): Promise<readonly Mount[]>;
}

export const systemEnvironment: FolderEnvironment = {
  fs: nodeFileSystem,
  platform: process.platform,
  env: process.env,
  mounts: readMounts,
};

/** Where everything lies below `--home`. */
export interface DataPaths {
  readonly folder: string;
  readonly database: string;
  /** Stands while the database is open; found at the next start it tells of an unclean stop. */
  readonly openMark: string;
  readonly settings: string;
  readonly keyFolder: string;
  readonly key: string;
}

/** A checked folder that this process holds. */
export interface DataFolder extends DataPaths {
  readonly fs: FileSystem;
  /** Whether there was a database when the folder was taken. */
  readonly hadDatabase: boolean;
  release(): void;
}

export function dataPaths(home: string): DataPaths {
  const folder = resolve(home);
  const keyFolder = join(folder, "keys");
  return {
    folder,
    database: join(folder, "tandem.db"),
    openMark: join(folder, "tandem.open"),
    settings: join(folder, "settings.json"),
    keyFolder,
    key: join(keyFolder, "master.key"),
  };
}

/**
 * Checks the data folder, creates it where it is missing, and takes it for this process. Nothing is written before the
 * checks have passed. Errors: `store.network-drive`, `store.cloud-folder`, `store.folder-unusable`, `store.read-only`,
 * `store.disk-full`, `store.in-use`.
 */
export async function takeDataFolder(home: string, overrides: Partial<FolderEnvironment> = {}): Promise<DataFolder> {
  const environment = { ...systemEnvironment, ...overrides };
  const { fs } = environment;
  const paths = dataPaths(home);
  const { folder } = paths;
  try {
    await refuseUnsafePlaces(folder, environment);
    await fs.createFolder(folder, 0o700);
    await proveWritable(folder, fs);
    const release = lockFolder(join(folder, "tandem.lock"));
    try {
      return { ...paths, fs, hadDatabase: await fs.exists(paths.database), release };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    throw toStoreError(error, folder, () => Number.POSITIVE_INFINITY);
  }
}

/** SQLite only says that it cannot open a file; the operating system says why. */
async function proveWritable(folder: string, fs: FileSystem): Promise<void> {
  const probe = join(folder, `.tandem-${randomUUID()}`);
  await fs.touch(probe, 0o600);
  await fs.remove(probe);
}

async function refuseUnsafePlaces(folder: string, environment: FolderEnvironment): Promise<void> {
  const real = await realPathOfExistingPart(folder, environment.fs);
  const mounts = await environment.mounts();
  // The path as given counts as well: resolving a link into a cloud folder hides the name it is known by.
  for (const path of new Set([folder, real])) {
    const network = networkDriveKind(path, environment.platform, mounts);
    if (network !== null) throw new TandemError("store.network-drive", { folder, kind: network });
    const cloud = cloudFolderKind(path, environment.env);
    if (cloud !== null) throw new TandemError("store.cloud-folder", { folder, kind: cloud });
  }
}

/** The folder itself may not exist yet: resolves the part that does and appends the rest. */
async function realPathOfExistingPart(folder: string, fs: FileSystem): Promise<string> {
  let existing = folder;
  while (!(await fs.exists(existing)) && dirname(existing) !== existing) existing = dirname(existing);
  if (!(await fs.exists(existing))) return folder;
  return join(await fs.realPath(existing), folder.slice(existing.length));
}
