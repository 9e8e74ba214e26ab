import { Low } from "lowdb";

import type { ClientId, HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import type { DataFolder } from "../store/data-folder.ts";
import { toStoreError } from "../store/store-error.ts";

import { freshSettings, SettingsData, type StoredClient, type StoredHrSite } from "./settings-data.ts";
import { SettingsFile } from "./settings-file.ts";

/**
 * This PC's own small settings. Every change is validated, then written, and only then visible; changes are applied one
 * after the other.
 */
export class Settings {
  readonly #low: Low<SettingsData>;
  readonly #folder: string;
  #lastChange: Promise<void> = Promise.resolve();

  constructor(low: Low<SettingsData>, folder: string) {
    this.#low = low;
    this.#folder = folder;
  }

  get port(): number | null {
    return this.#low.data.port;
  }

  get zone(): Zone | null {
    return this.#low.data.zone;
  }

  get noBiometrics(): boolean {
    return this.#low.data.noBiometrics;
  }

  get keepCopies(): boolean {
    return this.#low.data.keepCopies;
  }

  get pullEveryMinutes(): number {
    return this.#low.data.pullEveryMinutes;
  }

  get quietWindows(): SettingsData["quietWindows"] {
    return this.#low.data.quietWindows;
  }

  get data(): SettingsData["data"] {
    return this.#low.data.data;
  }

  /** Revoked clients included. */
  get clients(): readonly StoredClient[] {
    return this.#low.data.clients;
  }

  get hrSites(): readonly StoredHrSite[] {
    return this.#low.data.hrSites;
  }

  client(clientId: ClientId): StoredClient | null {
    return this.clients.find((client) => client.clientId === clientId) ?? null;
  }

  hrSite(origin: HrSiteOrigin): StoredHrSite | null {
    return this.hrSites.find((site) => site.origin === origin) ?? null;
  }

  setPort(port: number | null): Promise<void> {
    return this.#change((data) => ({ ...data, port }));
  }

  setZone(zone: Zone | null): Promise<void> {
    return this.#change((data) => ({ ...data, zone }));
  }

  setNoBiometrics(noBiometrics: boolean): Promise<void> {
    return this.#change((data) => ({ ...data, noBiometrics }));
  }

  setKeepCopies(keepCopies: boolean): Promise<void> {
    return this.#change((data) => ({ ...data, keepCopies }));
  }

  /** Adds the client, or replaces the one with its id. */
  saveClient(client: StoredClient): Promise<void> {
    return this.#change((data) => ({
      ...data,
      clients: replaced(data.clients, client, (other) => other.clientId === client.clientId),
    }));
  }

  /** Adds the site, or replaces the one with its origin. */
  saveHrSite(site: StoredHrSite): Promise<void> {
    return this.#change((data) => ({
      ...data,
      hrSites: replaced(data.hrSites, site, (other) => other.origin === site.origin),
    }));
  }

  removeHrSite(origin: HrSiteOrigin): Promise<void> {
    return this.#change((data) => ({ ...data, hrSites: data.hrSites.filter((site) => site.origin !== origin) }));
  }

  #change(change: (data: SettingsData) => SettingsData): Promise<void> {
    const done = this.#lastChange.then(() => this.#apply(change));
    // A change that failed has told its caller; the next one starts from what is in force.
    this.#lastChange = done.catch(() => undefined);
    return done;
  }

  async #apply(change: (data: SettingsData) => SettingsData): Promise<void> {
    const parsed = SettingsData.safeParse(change(this.#low.data));
    if (!parsed.success) throw new TandemError("internal.unexpected", {}, { cause: parsed.error });
    try {
      await this.#low.adapter.write(parsed.data);
      this.#low.data = parsed.data;
    } catch (error) {
      throw toStoreError(error, this.#folder, () => Number.POSITIVE_INFINITY);
    }
  }
}

/**
 * Reads `settings.json`, or writes one where there is none. Errors: `store.settings-damaged`, `store.newer-version`,
 * `store.read-only`, `store.disk-full`.
 */
export async function openSettings(folder: DataFolder, clock: Clock): Promise<Settings> {
  const low = new Low<SettingsData>(
    new SettingsFile(folder.settings, folder.fs),
    freshSettings(instantOf(clock.now())),
  );
  try {
    const isThere = await folder.fs.exists(folder.settings);
    await low.read();
    if (!isThere) await low.write();
  } catch (error) {
    throw toStoreError(error, folder.folder, () => Number.POSITIVE_INFINITY);
  }
  return new Settings(low, folder.folder);
}

function replaced<T>(list: readonly T[], entry: T, isSame: (other: T) => boolean): T[] {
  const index = list.findIndex(isSame);
  return index === -1 ? [...list, entry] : list.with(index, entry);
}
