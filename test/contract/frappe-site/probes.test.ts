import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { FrappeSite } from "../../doubles/frappe-site/site.ts";

import type { ProbeResult } from "./probes/probe.ts";
import { PROBES, runProbes } from "./probes.ts";
import { HR, startTestSite } from "./support/test-site.ts";

describe.each([14, 15, 16] as const)("the probe list on the stand-in of version %i", (profile) => {
  let site: FrappeSite;
  let results: ProbeResult[];

  beforeAll(async () => {
    ({ site } = await startTestSite({ profile }));
    results = await runProbes(site.origin, HR);
  });

  afterAll(() => site.stop());

  it("finds no difference", () => {
    expect(results.filter((result) => !result.ok)).toEqual([]);
  });

  it("asks nearly all of the list of every version", () => {
    expect(results.length).toBeGreaterThan(PROBES.length - 10);
  });

  it("leaves no record behind", () => {
    expect([
      ...site.data.rows("Employee"),
      ...site.data.rows("Employee Checkin"),
      ...site.data.rows("Branch").slice(2),
    ]).toEqual([]);
  });
});
