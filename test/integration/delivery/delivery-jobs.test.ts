import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { deliverJob, syncPeopleJob } from "../../../connector/delivery/delivery-jobs.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { DeliveryWorld } from "../../support/delivery-world.ts";

let site: FrappeSite;
let world: DeliveryWorld;

beforeEach(async () => {
  site = await FrappeSite.start({ employees: [{}] });
  world = await DeliveryWorld.open();
});

afterEach(async () => {
  await world.close();
  await site.stop();
});

const context = () => {
  const steps: [number, number | null][] = [];
  const progress = (done: number, total: number | null): void => void steps.push([done, total]);
  return { steps, actor: "test", signal: new AbortController().signal, progress };
};

test("a job of either kind cannot be started without an HR site", async () => {
  const notConnected = { code: "hr.not-connected" };
  await expect(deliverJob(world.delivery, world.sites).plan({ kind: "hr.deliver" })).rejects.toMatchObject(
    notConnected,
  );
  await expect(syncPeopleJob(world.people, world.sites).plan({ kind: "people.sync" })).rejects.toMatchObject(
    notConnected,
  );
});

test("the delivery job delivers, reports progress and gives the counts", async () => {
  await world.connect(site.origin);
  await world.link("1", "HR-EMP-00001");
  await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
  const job = deliverJob(world.delivery, world.sites);
  const [key = ""] = await job.plan({ kind: "hr.deliver" });
  const seen = context();
  expect(await job.run({ kind: "hr.deliver" }, key, seen)).toMatchObject({ delivered: 1, failed: 0 });
  expect(seen.steps.at(-1)).toEqual([1, 1]);
});

test("the people job takes over the site's people", async () => {
  await world.connect(site.origin);
  site.addEmployee({ first_name: "New" });
  const job = syncPeopleJob(world.people, world.sites);
  const [key = ""] = await job.plan({ kind: "people.sync" });
  expect(await job.run({ kind: "people.sync" }, key, context())).toEqual({
    read: 2,
    added: 1,
    updated: 0,
    same: 1,
    gone: 0,
  });
});
