import { createHash } from "node:crypto";

import { beforeAll, describe, expect, test } from "@jest/globals";

import { contentsOf, ensureBuilt, filesOf, manifestOf, type Target, TARGETS } from "./built.ts";

beforeAll(ensureBuilt, 180_000);

const KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2JgXKa+jhrHorVInPoQSXtrjRDtzt8QaITpOhLozaBpIBHCmeRAavcMZd3CmsBPzJjrkD35Fj/EKepBNeWCCtjw3U7ToTJ0tkB3/oEyT6KeQxOCUWwLnpvHCyOm+e73nkU2rfXClrf0FUuwNc5u+v3cwA0fW/L6poe0h2SKwH/GcJDMNtQGTDVyqz+6E4zWxOpnFXN2fw//UQQTdOog5rOmIMmLEKm0KxgHUIJelqL8zN33lGVxhhE2bG+43iAQv3fk0VAXQSQtRxQA5GbKda0hRn8Glm/1yLM6oy3rmWlvbucc+KBSaVQ5VBap0mSBo+3C6iLri/2rD0cxqCh/oiQIDAQAB";

const icons = {
  16: "icon16.plasmo.#.png",
  32: "icon32.plasmo.#.png",
  48: "icon48.plasmo.#.png",
  64: "icon64.plasmo.#.png",
  128: "icon128.plasmo.#.png",
};

/** Every key of every shipped manifest. Plasmo's hashes are replaced by `#`. */
const common = {
  manifest_version: 3,
  name: "__MSG_extensionName__",
  description: "__MSG_extensionDescription__",
  version: "0.1.0",
  default_locale: "en",
  icons,
  action: { default_icon: icons, default_popup: "popup.html" },
  options_ui: { page: "options.html", open_in_tab: true },
  permissions: ["storage", "scripting", "alarms"],
  host_permissions: ["http://127.0.0.1/*"],
  optional_host_permissions: ["https://*/*", "http://*/*"],
  content_scripts: [{ matches: ["https://demo.invalid/*"], js: ["frappe.#.js"], run_at: "document_idle", css: [] }],
  content_security_policy: {
    extension_pages:
      "script-src 'self'; object-src 'self'; connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
};

const chromium = {
  ...common,
  background: { service_worker: "static/background/index.js" },
  key: KEY,
  minimum_chrome_version: "148",
  message_serialization: "structured_clone",
};

const EXPECTED: Readonly<Record<Target, unknown>> = {
  "chrome-mv3": chromium,
  "edge-mv3": chromium,
  "firefox-mv3": {
    ...common,
    background: { scripts: ["static/background/index.js"] },
    browser_specific_settings: {
      gecko: {
        id: "tandem@tandem-attendance",
        strict_min_version: "142.0",
        data_collection_permissions: { required: ["personallyIdentifyingInfo", "websiteContent"] },
      },
    },
  },
};

describe.each(TARGETS)("the built manifest for %s", (target) => {
  test("holds exactly these keys and values", async () => {
    const text = JSON.stringify(await manifestOf(target)).replace(/\.[0-9a-f]{8}\./g, ".#.");
    expect(JSON.parse(text)).toEqual(EXPECTED[target]);
  });

  test("names only files that are there", async () => {
    const files = await filesOf(target);
    const text = JSON.stringify(await manifestOf(target));
    const named = Array.from(text.matchAll(/"([\w/.]+\.(?:js|png|html))"/g), (match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
  });

  test("reaches no site by itself: neither every address nor a test's HR host", async () => {
    const { host_permissions, content_scripts } = await manifestOf(target);
    const text = JSON.stringify([host_permissions, content_scripts]);
    expect(text).not.toMatch(/<all_urls>|\*:\/\/|https?:\/\/\*|hr\.test|hr\.example/);
  });

  test("gives Vietnamese and English names within the stores' limits", async () => {
    for (const language of ["en", "vi"]) {
      const texts: unknown = JSON.parse((await contentsOf(target, `_locales/${language}/messages.json`)).toString());
      expect(texts).toEqual({
        extensionName: { message: expect.stringMatching(/^Tandem.{1,69}$/) },
        extensionDescription: { message: expect.stringMatching(/^.{20,132}$/) },
      });
    }
  });
});

test("an unpacked folder has the same id on every PC", () => {
  // Chromium: the first 128 bits of the key's SHA-256, with a–p for 0–f.
  const hash = createHash("sha256").update(Buffer.from(KEY, "base64")).digest("hex").slice(0, 32);
  const id = hash.replace(/./g, (digit) => "abcdefghijklmnop".charAt(parseInt(digit, 16)));
  expect(id).toBe("ailehioniomabekecekagfjhapinoijp");
});
