import { statfs } from "node:fs/promises";

import { TandemError } from "@tandem/contracts/errors.ts";
import { CONNECTOR_PORTS } from "@tandem/contracts/protocol.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import type { FileRights } from "../platform/file-rights.ts";
import { listenLocally } from "../server/listen.ts";
import type { DataPaths } from "../store/data-folder.ts";

/** A database, its journal and a backup of a large company together stay below this. */
const ROOM_BYTES = 1024 ** 3;

/** This version was written then; a clock before it is a PC whose battery is empty. */
const OLDEST_CLOCK = Date.parse("2026-01-01T00:00:00Z");

/** Who else of this PC can look into the data folder: punches and names are not sealed. */
export async function lookAtFolder({ folder }: DataPaths, rights: FileRights): Promise<Record<string, unknown>> {
  if (await rights.othersCanRead(folder)) throw new TandemError("store.folder-exposed", { folder });
  return {};
}

export async function lookAtKey({ key, keyFolder }: DataPaths, rights: FileRights): Promise<Record<string, unknown>> {
  for (const file of [key, keyFolder]) {
    if (await rights.othersCanRead(file)) throw new TandemError("store.key-exposed", { file });
  }
  return {};
}

export async function lookAtDisk(folder: string): Promise<Record<string, unknown>> {
  const { bavail, bsize } = await statfs(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 1024 ** 2);
  if (bavail * bsize < ROOM_BYTES) throw new TandemError("store.disk-full", { freeMegabytes });
  return { freeMegabytes };
}

/** The port in use, or the one that a start would get. Errors: `cli.port-in-use`. */
export async function lookAtPort(running: number | null, saved: number | null): Promise<Record<string, unknown>> {
  if (running !== null) return { port: running, listening: true };
  const server = await listenLocally(
    (_request, response) => response.end(),
    saved === null ? CONNECTOR_PORTS : [saved],
  );
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return { port: typeof address === "object" ? (address?.port ?? null) : null, listening: false };
}

export function lookAtClock(clock: Clock): Promise<Record<string, unknown>> {
  const now = instantOf(clock.now());
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  if (clock.now() < OLDEST_CLOCK) return Promise.reject(new TandemError("store.clock-wrong", { now, zone }));
  return Promise.resolve({ now, zone });
}
