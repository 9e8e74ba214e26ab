import type { KeyValueStore } from "../background/key-value-store.ts";

import type { Browser } from "./browser.ts";

/** KeyValueStore on `storage.local`. */
export class ExtensionStorage implements KeyValueStore {
  readonly #area: Browser["storage"]["local"];

  constructor(area: Browser["storage"]["local"]) {
    this.#area = area;
  }

  async get(key: string): Promise<unknown> {
    return (await this.#area.get(key))[key];
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#area.set({ [key]: value });
  }

  /** Shuts content scripts out where the browser can (Chromium); Firefox has no such method (`browser-and-localhost.md` §9.3). */
  async keepFromPages(): Promise<void> {
    if (hasAccessLevel(this.#area)) await this.#area.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  }
}

interface WithAccessLevel {
  setAccessLevel(options: { accessLevel: "TRUSTED_CONTEXTS" }): Promise<void>;
}

function hasAccessLevel(area: object): area is WithAccessLevel {
  return "setAccessLevel" in area && typeof area.setAccessLevel === "function";
}
