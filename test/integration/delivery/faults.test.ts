import { afterEach, expect, test } from "@jest/globals";

import type { FaultKind } from "../../doubles/frappe-site/faults.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { DeliveryWorld } from "../../support/delivery-world.ts";
import { fastClock } from "../../support/fast-clock.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";

const FAULTS: readonly FaultKind[] = [
  { kind: "reset" },
  { kind: "reset-after-commit" },
  { kind: "hang-before-commit" },
  { kind: "hang-after-commit" },
  { kind: "gateway-timeout-after-commit" },
  { kind: "cut-answer" },
  { kind: "bad-gateway" },
  { kind: "too-many-requests", retryAfterSeconds: 2 },
  { kind: "session-stopped" },
  { kind: "deadlock" },
];

let site: FrappeSite;
let world: DeliveryWorld;

afterEach(async () => {
  await world.close();
  await site.stop();
});

/** The same "random" numbers for the same seed, so that a failure can be repeated. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function start(profile: 14 | 15 | 16, speed = 400): Promise<void> {
  site = await FrappeSite.start({ profile, employees: [{}, {}, {}] });
  world = await DeliveryWorld.open(null, fastClock(speed));
  await world.connect(site.origin);
  for (const user of [1, 2, 3]) await world.link(String(user), `HR-EMP-0000${user}`);
}

const minute = (index: number) =>
  `2026-11-23T${String(6 + Math.floor(index / 60)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}:00`;

test.each([
  [14, 1],
  [15, 2],
  [15, 3],
  [16, 4],
] as const)(
  "whatever happens to a site of version %i (seed %i), every punch is there exactly once",
  async (profile, seed) => {
    await start(profile);
    const next = numbersFrom(seed);
    const take = site.faults.take.bind(site.faults);
    let isStorm = true;
    site.faults.take = (method, path) => {
      if (isStorm && next() < 0.25) return FAULTS[Math.floor(next() * FAULTS.length)] ?? null;
      return take(method, path);
    };
    let read = 0;
    for (let round = 0; round < 12; round += 1) {
      const punches = Array.from({ length: 20 }, () => ({
        userId: String(Math.floor(next() * 3) + 1),
        at: minute(read++),
      }));
      await world.punch(punches);
      // A round may fail as a whole; what matters is where the punches are in the end.
      await world.deliver().catch(() => undefined);
    }
    isStorm = false;
    expect(await world.deliver()).toMatchObject({ held: 0, refused: 0, failed: 0 });
    expect(checkinsOf(site)).toHaveLength(read);
    expect(new Set(checkinsOf(site)).size).toBe(read);
    const states = Object.values(await world.states());
    expect(states.every((state) => state === "delivered" || state === "duplicate")).toBe(true);
  },
  60_000,
);

test("a site that was down for the whole of a day gets everything the next time", async () => {
  await start(15);
  await site.refuseConnections();
  for (let read = 0; read < 60; read += 20) {
    await world.punch(Array.from({ length: 20 }, (_, index) => ({ userId: "1", at: minute(read + index) })));
    await expect(world.deliver()).rejects.toMatchObject({ code: "hr.unreachable" });
  }
  await site.acceptConnections();
  expect(await world.deliver()).toMatchObject({ delivered: 60, failed: 0 });
});

test("a request that was given up while the site was still at it is waited for, not sent again", async () => {
  await start(15, 20);
  const insert = "/api/method/frappe.client.insert_many";
  site.faults.add({ kind: "slow", ms: 60 }, { path: insert }, 1);
  await world.punch([{ userId: "1", at: minute(0) }]);
  const stop = new AbortController();
  const take = site.faults.take.bind(site.faults);
  site.faults.take = (method, path) => {
    if (path === insert) stop.abort(new Error("stopped"));
    return take(method, path);
  };
  await expect(world.delivery.deliver(undefined, stop.signal)).rejects.toThrow("stopped");
  expect(await world.deliver()).toMatchObject({ delivered: 1 });
  expect(site.requests.to(insert)).toHaveLength(1);
  expect(checkinsOf(site)).toHaveLength(1);
});
