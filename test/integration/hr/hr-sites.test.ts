import { readFile } from "node:fs/promises";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import { firstFailure } from "../../../connector/hr/first-failure.ts";
import type { HrSites } from "../../../connector/hr/hr-sites.ts";
import { systemClock } from "../../../connector/platform/clock.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { openHrSites } from "../../support/hr-sites.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

let site: FrappeSite;
let data: TempStore;
let sites: HrSites;

beforeEach(async () => {
  site = await FrappeSite.start({ employees: [{}] });
  data = await openTempStore();
  ({ sites } = await openHrSites(data, systemClock));
});

afterEach(async () => {
  await data.close();
  await site.stop();
});

const access = (facts: { apiSecret?: string; zone?: Zone; url?: string } = {}) => ({
  kind: "frappe" as const,
  url: `${site.origin}/app/employee`,
  apiKey: "hr-key",
  apiSecret: "hr-secret",
  ...facts,
});

const audited = async () =>
  (await data.store.db.selectFrom("audit").select(["action", "outcome"]).execute())
    .filter(({ action }) => action.startsWith("hr."))
    .map(({ action, outcome }) => `${action} ${outcome}`);

const secrets = async () => (await data.store.db.selectFrom("secrets").select("ref").execute()).map(({ ref }) => ref);

describe("connecting an HR site", () => {
  test("keeps its facts in the settings and its credentials sealed", async () => {
    expect(await sites.connect(access(), "cli")).toMatchObject({ ok: true });
    expect(sites.current()).toMatchObject({
      origin: site.origin,
      user: "hr@example.com",
      zone: "Asia/Ho_Chi_Minh",
      zoneSource: "clock",
    });
    expect(await secrets()).toEqual([`hr:${site.origin}`]);
    expect(await audited()).toEqual(["hr.connect succeeded"]);
    expect(await readFile(data.folder.settings, "utf8")).not.toContain("hr-secret");
    expect(JSON.stringify(sites.list())).not.toContain("credentialRef");
  });

  test("opens the site with the sealed credentials after a restart", async () => {
    await sites.connect(access(), "cli");
    const again = (await openHrSites(data, systemClock)).sites;
    const directory = await again.directoryFor(again.requireCurrent());
    expect(await directory.people()).toHaveLength(1);
    expect(await again.directoryFor(again.requireCurrent())).toBe(directory);
  });

  test("stores nothing when the check fails, and says why", async () => {
    const check = await sites.connect(access({ apiSecret: "wrong" }), "cli");
    expect(firstFailure(check)).toMatchObject({ code: "hr.bad-credentials" });
    expect(sites.current()).toBeNull();
    expect(await secrets()).toEqual([]);
    expect(await audited()).toEqual(["hr.connect failed"]);
  });

  test("keeps the old credentials when new ones fail", async () => {
    await sites.connect(access(), "cli");
    await sites.connect(access({ apiSecret: "wrong" }), "cli");
    const directory = await (await openHrSites(data, systemClock)).sites.directoryFor(sites.requireCurrent());
    expect(await directory.people()).toHaveLength(1);
  });

  test("refuses what is no address before anything is sent", async () => {
    await expect(sites.connect(access({ url: "not an address" }), "cli")).rejects.toMatchObject({ code: "hr.bad-url" });
    await expect(sites.connect(access({ url: "http://8.8.8.8" }), "cli")).rejects.toMatchObject({
      code: "hr.insecure",
    });
  });

  test("takes the operator's zone, and refuses one that cannot be", async () => {
    const failed = await sites.connect(access({ zone: Zone.parse("Asia/Tokyo") }), "cli");
    expect(firstFailure(failed)).toMatchObject({ code: "hr.zone-mismatch", details: { zone: "Asia/Tokyo" } });
    await sites.connect(access({ zone: Zone.parse("Asia/Bangkok") }), "cli");
    expect(sites.current()).toMatchObject({ zone: "Asia/Bangkok", zoneSource: "operator" });
  });

  test("makes the site that was connected last the current one", async () => {
    await sites.connect(access(), "cli");
    const other = await FrappeSite.start({ employees: [{}] });
    try {
      await sites.connect(access({ url: other.origin }), "cli");
      expect(sites.current()?.origin).toBe(other.origin);
      expect(sites.list()).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });
});

describe("a connected HR site", () => {
  test("takes the zone from its own page", async () => {
    await sites.connect(access(), "cli");
    const { origin } = sites.requireCurrent();
    await sites.setZone(origin, Zone.parse("Asia/Bangkok"), "client:1");
    await sites.setZone(origin, Zone.parse("Asia/Bangkok"), "client:1");
    expect(sites.current()).toMatchObject({ zone: "Asia/Bangkok", zoneSource: "page" });
    expect(await audited()).toEqual(["hr.connect succeeded", "hr.zone succeeded"]);
  });

  test("keeps a stated zone when it is connected again", async () => {
    await sites.connect(access(), "cli");
    await sites.setZone(sites.requireCurrent().origin, Zone.parse("Asia/Bangkok"), "client:1");
    await sites.connect(access(), "cli");
    expect(sites.current()).toMatchObject({ zone: "Asia/Bangkok", zoneSource: "page" });
  });

  test("is checked again with what is known of it", async () => {
    await sites.connect(access(), "cli");
    expect(await sites.check()).toMatchObject({ ok: true, zone: "Asia/Ho_Chi_Minh" });
    await sites.setZone(sites.requireCurrent().origin, Zone.parse("Asia/Tokyo"), "client:1");
    expect(await sites.check()).toMatchObject({ ok: false });
    expect(sites.current()).toMatchObject({ zone: "Asia/Tokyo" });
  });

  test("that there is none is said so", async () => {
    await expect(sites.check()).rejects.toMatchObject({ code: "hr.not-connected" });
    expect(() => sites.requireCurrent()).toThrow();
    const origin = HrSiteOrigin.parse(site.origin);
    const zone = Zone.parse("Asia/Bangkok");
    await expect(sites.setZone(origin, zone, "cli")).rejects.toMatchObject({ code: "hr.not-connected" });
    await expect(sites.directoryFor({ origin })).rejects.toMatchObject({ code: "hr.not-connected" });
  });
});
