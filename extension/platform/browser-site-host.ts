import type { SiteScript } from "../background/sites/script-plan.ts";
import type { SiteHost } from "../background/sites/site-registry.ts";

import type { Browser } from "./browser.ts";

/** SiteHost on the WebExtension API. */
export class BrowserSiteHost implements SiteHost {
  readonly root: string;
  readonly listedFiles: readonly string[];
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
    this.root = browser.runtime.getURL("/");
    this.listedFiles = (browser.runtime.getManifest().content_scripts ?? []).flatMap((script) => script.js ?? []);
  }

  isGranted(pattern: string): Promise<boolean> {
    return this.#browser.permissions.contains({ origins: [pattern] });
  }

  async revoke(pattern: string): Promise<void> {
    const { host_permissions: required = [] } = this.#browser.runtime.getManifest();
    if (!required.includes(pattern)) await this.#browser.permissions.remove({ origins: [pattern] });
  }

  async registered(): Promise<readonly SiteScript[]> {
    const scripts = await this.#browser.scripting.getRegisteredContentScripts();
    return scripts.map(({ id, matches, js }) => ({
      id,
      matches: matches ?? [],
      // Firefox answers with the absolute addresses that it does not take.
      js: (js ?? []).map((file) => new URL(file, this.root).pathname.slice(1)),
    }));
  }

  register(scripts: readonly SiteScript[]): Promise<void> {
    return this.#browser.scripting.registerContentScripts(
      scripts.map(({ id, matches, js }) => ({
        id,
        matches: [...matches],
        js: [...js],
        allFrames: false,
        persistAcrossSessions: true,
        runAt: "document_idle",
      })),
    );
  }

  unregister(ids: readonly string[]): Promise<void> {
    return this.#browser.scripting.unregisterContentScripts({ ids: [...ids] });
  }

  async inject(script: SiteScript): Promise<void> {
    const tabs = await this.#browser.tabs.query({ url: [...script.matches] });
    const targets = tabs.flatMap((tab) => (tab.id === undefined || tab.discarded === true ? [] : [tab.id]));
    // A tab may close or show an error page meanwhile; it then simply gets the script at its next load.
    await Promise.allSettled(
      targets.map((tabId) => this.#browser.scripting.executeScript({ target: { tabId }, files: [...script.js] })),
    );
  }
}
