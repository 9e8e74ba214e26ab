import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { chromium } from "playwright-core";

/** Unbranded builds only: branded Chrome ignores `--load-extension` (`browser-and-localhost.md` §8.1). */
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"];

/** A window with the built extension and the HR site; null where there is no browser or no screen. */
export async function openDemoBrowser(origin: string): Promise<{ close(): Promise<void> } | null> {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  const hasScreen = (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? "") !== "";
  if (executablePath === undefined || !hasScreen) return null;
  const extension = resolve("extension/build/chrome-mv3-prod");
  const profile = await mkdtemp(join(tmpdir(), "tandem-demo-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    args: [
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      "--no-first-run",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const setUp = await context.newPage();
  await setUp.goto(new URL("options.html", worker.url()).href);
  const page = await context.newPage();
  await page.goto(`${origin}/app/employee-checkin`);
  return { close: () => context.close() };
}
