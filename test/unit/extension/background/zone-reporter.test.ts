import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";
import { type ErrorCode, TandemError } from "@tandem/contracts/errors.ts";

import { SiteStore } from "../../../../extension/background/sites/site-store.ts";
import { ZoneReporter } from "../../../../extension/background/zone-reporter.ts";
import { Bench } from "../connection/support.ts";

const HR = HrSiteOrigin.parse("https://hr.company.vn");
const SAIGON = Zone.parse("Asia/Ho_Chi_Minh");

let bench: Bench;
let heard: unknown[];
let refusal: ErrorCode | null;
let sites: SiteStore;
let zones: ZoneReporter;

beforeEach(async () => {
  bench = await Bench.start();
  await bench.paired();
  heard = [];
  refusal = null;
  bench.connector.answer("hr.zone", ({ body }) => {
    if (refusal !== null) throw new TandemError(refusal);
    heard.push(body);
    return { sites: [] };
  });
  const values = new Map<string, unknown>();
  sites = new SiteStore({
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
  });
  await sites.add(HR);
  zones = new ZoneReporter(sites, bench.client());
});
afterEach(() => bench.stop());

describe("the zone that an HR page states", () => {
  test("is passed on once, and again when it changes", async () => {
    await zones.seen(HR, SAIGON);
    await zones.seen(HR, SAIGON);
    await zones.seen(HR, Zone.parse("Asia/Bangkok"));
    expect(heard).toEqual([
      { origin: HR, zone: "Asia/Ho_Chi_Minh" },
      { origin: HR, zone: "Asia/Bangkok" },
    ]);
  });

  test.each(["hr.not-connected", "pairing.session-unknown", "request.rate"] as const)(
    "waits through %s and is passed on later",
    async (code) => {
      refusal = code;
      await zones.seen(HR, SAIGON);
      refusal = null;
      await zones.flush();
      await zones.flush();
      expect(heard).toEqual([{ origin: HR, zone: "Asia/Ho_Chi_Minh" }]);
    },
  );

  test("waits until the browser is paired", async () => {
    const identity = bench.identities.saved;
    bench.identities.saved = null;
    await zones.seen(HR, SAIGON);
    bench.identities.saved = identity;
    await zones.flush();
    expect(heard).toHaveLength(1);
  });

  test("waits while the connector is off", async () => {
    await bench.connector.stop();
    await zones.seen(HR, SAIGON);
    await bench.connector.restart();
    await zones.flush();
    expect(heard).toHaveLength(1);
  });

  test("of a site that is not allowed is not kept", async () => {
    await zones.seen(HrSiteOrigin.parse("https://other.vn"), SAIGON);
    expect(heard).toEqual([]);
  });
});
