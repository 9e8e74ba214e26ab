import { describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import { packagedFiles, type SiteScript } from "../../../../extension/background/sites/script-plan.ts";
import { type SiteHost, SiteRegistry } from "../../../../extension/background/sites/site-registry.ts";
import { SiteStore } from "../../../../extension/background/sites/site-store.ts";

const HR = HrSiteOrigin.parse("https://hr.company.vn");
const HR_TEST = HrSiteOrigin.parse("https://hr.company.vn:8443");

class FakeHost implements SiteHost {
  readonly root = "moz-extension://uuid/";
  listedFiles: readonly string[] = ["moz-extension://uuid/frappe.11111111.js"];
  granted = new Set(["https://hr.company.vn/*"]);
  scripts: SiteScript[] = [];
  injected: string[][] = [];
  changes = 0;

  isGranted(pattern: string): Promise<boolean> {
    return Promise.resolve(this.granted.has(pattern));
  }
  revoke(pattern: string): Promise<void> {
    this.granted.delete(pattern);
    return Promise.resolve();
  }
  registered(): Promise<readonly SiteScript[]> {
    return Promise.resolve([...this.scripts]);
  }
  register(scripts: readonly SiteScript[]): Promise<void> {
    const taken = scripts.find(({ id }) => this.scripts.some((script) => script.id === id));
    if (taken !== undefined) return Promise.reject(new Error(`Duplicate script ID '${taken.id}'`));
    this.changes += 1;
    this.scripts.push(...scripts);
    return Promise.resolve();
  }
  unregister(ids: readonly string[]): Promise<void> {
    this.changes += 1;
    this.scripts = this.scripts.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  }
  inject(script: SiteScript): Promise<void> {
    this.injected.push([...script.js]);
    return Promise.resolve();
  }
}

function registry(stored?: unknown) {
  const host = new FakeHost();
  const values = new Map<string, unknown>([["sites", stored]]);
  const store = new SiteStore({
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  });
  return { host, sites: new SiteRegistry(store, host) };
}

describe("the registry of HR sites", () => {
  test("registers the packaged file for the Desk's addresses of an allowed site, and runs it in open tabs", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    expect(host.scripts).toEqual([
      {
        id: "frappe https://hr.company.vn/*",
        js: ["frappe.11111111.js"],
        matches: ["/app", "/app?*", "/app/*", "/desk", "/desk?*", "/desk/*"].map((path) => `${HR}${path}`),
      },
    ]);
    expect(host.injected).toEqual([["frappe.11111111.js"]]);
  });

  test("refuses a site whose permission was not given, and registers nothing", async () => {
    const { host, sites } = registry();
    host.granted.clear();
    await expect(sites.add(HR)).rejects.toMatchObject({ code: "browser.not-granted" });
    expect([host.scripts, await sites.list()]).toEqual([[], []]);
  });

  test("lets only the exact origin speak, and only while its permission is there", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    expect(await sites.isGranted(HR)).toBe(true);
    expect(await sites.isGranted(HR_TEST)).toBe(false);
    expect(await sites.isGranted("http://hr.company.vn")).toBe(false);
    host.granted.clear();
    expect(await sites.isGranted(HR)).toBe(false);
  });

  test("takes the script away with the permission, keeps the site, and brings the script back with it", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    host.granted.clear();
    await sites.sync();
    expect(host.scripts).toEqual([]);
    expect(await sites.list()).toEqual([{ origin: HR, kind: "frappe", granted: false }]);
    host.granted.add("https://hr.company.vn/*");
    await sites.sync();
    expect(host.scripts).toHaveLength(1);
  });

  test("replaces the script after an update, whose files have other names, and in open tabs too", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    host.listedFiles = ["moz-extension://uuid/frappe.22222222.js"];
    await sites.renew();
    expect(host.scripts.map(({ js }) => js)).toEqual([["frappe.22222222.js"]]);
    expect(host.injected.at(-1)).toEqual(["frappe.22222222.js"]);
  });

  test("changes nothing when nothing has changed, however often it looks", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    const before = host.changes;
    await Promise.all([sites.sync(), sites.sync(), sites.sync()]);
    expect(host.changes).toBe(before);
  });

  test("gives two sites of one host one script, and keeps the permission until the last one goes", async () => {
    const { host, sites } = registry();
    await sites.add(HR);
    await sites.add(HR_TEST);
    expect(host.scripts).toHaveLength(1);
    await sites.remove(HR);
    expect([host.granted.size, host.scripts.length]).toEqual([1, 1]);
    await sites.remove(HR_TEST);
    expect([host.granted.size, host.scripts.length]).toEqual([0, 0]);
  });

  test.each([[null], ["text"], [[{ origin: "https://hr.company.vn/app" }]], [{}]])(
    "starts anew from a damaged list: %j",
    async (stored) => {
      const { sites } = registry(stored);
      expect(await sites.list()).toEqual([]);
      await sites.add(HR);
      expect(await sites.list()).toHaveLength(1);
    },
  );

  test.each(["frappe.1.js", "/frappe.1.js", "moz-extension://uuid/frappe.1.js"])(
    "names %s relative to its root",
    (file) => {
      expect(packagedFiles([file], "moz-extension://uuid/")).toEqual(["frappe.1.js"]);
    },
  );
});
