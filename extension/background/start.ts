import { languageOf } from "@tandem/contracts/catalogue/index.ts";
import type { ConnectorReport } from "@tandem/contracts/messages.ts";
import { CONNECTOR_PORTS } from "@tandem/contracts/protocol.ts";

import { BrowserSiteHost } from "../platform/browser-site-host.ts";
import type { Browser } from "../platform/browser.ts";
import { ExtensionStorage } from "../platform/extension-storage.ts";
import { IndexedIdentityStore } from "../platform/indexed-identity-store.ts";
import { isLoopbackBlocked } from "../platform/local-access.ts";
import { unattended } from "../platform/log.ts";

import { badgeOf } from "./badge.ts";
import { ConnectorClient } from "./connection/client.ts";
import { ConnectorHttp } from "./connection/http.ts";
import { pair } from "./connection/pair.ts";
import { ConnectorWatch } from "./connector-watch.ts";
import { createHandlers } from "./routing/handlers.ts";
import { createRouter } from "./routing/router.ts";
import { SettingsStore } from "./settings-store.ts";
import { SiteRegistry } from "./sites/site-registry.ts";
import { SiteStore } from "./sites/site-store.ts";
import { ZoneReporter } from "./zone-reporter.ts";

/** Below the 30 s after which a browser ends a background whose reply does not come (`browser-and-localhost.md` §2.2). */
const REQUEST_TIMEOUT_MS = 20_000;
const HEALTH_ALARM = "health";
const HEALTH_PERIOD_MINUTES = 1;

/**
 * Puts the background together and registers its listeners, all of them synchronously: a restarted background hears only
 * of what it listens to in its first turn.
 */
export function startBackground(browser: Browser): void {
  const storage = new ExtensionStorage(browser.storage.local);
  const settings = new SettingsStore(storage);
  const siteStore = new SiteStore(storage);
  const sites = new SiteRegistry(siteStore, new BrowserSiteHost(browser));
  const identities = new IndexedIdentityStore(indexedDB);
  const http = new ConnectorHttp(fetch, REQUEST_TIMEOUT_MS);
  const now = (): number => Date.now();
  const ports = CONNECTOR_PORTS;
  const isBlocked = (): Promise<boolean> => isLoopbackBlocked(navigator.permissions);
  const client = new ConnectorClient({ http, identities, ports, isBlocked, now });
  const zones = new ZoneReporter(siteStore, client);
  const own = { id: browser.runtime.id, origin: browser.runtime.getURL("/").slice(0, -1) };
  const watch = new ConnectorWatch({ client, identities, isBlocked });

  const show = async (report: ConnectorReport): Promise<void> => {
    const { language } = await settings.get();
    const badge = badgeOf(report, language === "auto" ? languageOf(browser.i18n.getUILanguage()) : language);
    await browser.action.setBadgeText({ text: badge.text });
    await browser.action.setBadgeBackgroundColor({ color: badge.color });
    await browser.action.setTitle({ title: badge.title });
    // Nobody who asks for the state shall wait for this, or fail with it.
    if (report.state === "online") unattended("passing on the HR site's zone", zones.flush());
  };
  const showHealth = async (): Promise<void> => show(await watch.report());

  const openSetup = async (origin: string | null): Promise<void> => {
    const query = origin === null ? "" : `?site=${encodeURIComponent(origin)}`;
    await browser.tabs.create({ url: browser.runtime.getURL(`options.html${query}`) });
  };

  const handlers = createHandlers({
    client,
    identities,
    watch,
    sites,
    zones,
    settings,
    pair: (code, label) => pair({ http, ports, isBlocked, now, origin: own.origin }, code, label),
    openSetup,
    show,
  });
  const router = createRouter({ own, handlers, isGranted: (origin) => sites.isGranted(origin) });

  const wake = async (): Promise<void> => {
    await sites.sync();
    await storage.keepFromPages();
    await browser.alarms.create(HEALTH_ALARM, { periodInMinutes: HEALTH_PERIOD_MINUTES });
    await showHealth();
  };
  const install = async (first: boolean): Promise<void> => {
    await sites.renew();
    await wake();
    if (first) await openSetup(null);
  };

  browser.runtime.onMessage.addListener((message: unknown, sender: unknown) => router(message, sender));
  browser.runtime.onInstalled.addListener(({ reason }) => {
    unattended("installing", install(reason === "install"));
  });
  browser.runtime.onStartup.addListener(() => unattended("starting", wake()));
  browser.permissions.onAdded.addListener(() => unattended("registering sites", sites.sync()));
  browser.permissions.onRemoved.addListener(() => unattended("registering sites", sites.sync()));
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === HEALTH_ALARM) unattended("looking at the connector", showHealth());
  });
}
