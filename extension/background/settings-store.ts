import { z } from "zod";

import { LanguageChoice } from "@tandem/contracts/messages.ts";

import type { KeyValueStore } from "./key-value-store.ts";

const Settings = z.object({ language: LanguageChoice });
export type Settings = z.infer<typeof Settings>;

const KEY = "settings";

/** The user's choices for this browser. */
export class SettingsStore {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  async get(): Promise<Settings> {
    return Settings.catch({ language: "auto" }).parse(await this.#store.get(KEY));
  }

  async set(settings: Settings): Promise<Settings> {
    await this.#store.set(KEY, settings);
    return settings;
  }
}
