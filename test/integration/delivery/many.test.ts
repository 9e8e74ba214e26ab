import { afterEach, describe, expect, test } from "@jest/globals";

import { systemClock } from "../../../connector/platform/clock.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { DeliveryWorld, type TestPunch } from "../../support/delivery-world.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";

const PEOPLE = 100;

let site: FrappeSite;
let world: DeliveryWorld;

async function start(profile: 14 | 15 | 16): Promise<void> {
  site = await FrappeSite.start({ profile, employees: Array.from({ length: PEOPLE }, () => ({})) });
  // No fast clock: a batch of 500 takes the double a good part of the second that a fast time-out would leave it.
  world = await DeliveryWorld.open(null, systemClock);
  await world.connect(site.origin);
  for (let user = 1; user <= PEOPLE; user += 1) await world.link(String(user), personOf(user));
  site.requests.clear();
}

const personOf = (user: number) => `HR-EMP-${String(user).padStart(5, "0")}`;

afterEach(async () => {
  await world.close();
  await site.stop();
});

/** Punches of a hundred people, two a day and close together, as at a real gate. */
function punchesOf(count: number): TestPunch[] {
  return Array.from({ length: count }, (_, index) => {
    const user = (index % PEOPLE) + 1;
    const half = Math.floor(index / PEOPLE);
    const day = new Date(Date.UTC(2026, 8, 1 + Math.floor(half / 2))).toISOString().slice(0, 10);
    const time = `${half % 2 === 0 ? "07" : "17"}:${String(user % 50).padStart(2, "0")}:${String(user % 60).padStart(2, "0")}`;
    return { userId: String(user), at: `${day}T${time}` };
  });
}

describe("a great many punches", () => {
  test.each([
    [14, 1_000],
    [15, 10_000],
    [16, 1_000],
  ] as const)(
    "reach version %i, %i of them, in at most a fifth of as many requests, and a bad row keeps none back",
    async (profile, count) => {
      await start(profile);
      const punches = punchesOf(count);
      await world.punch(punches);
      const bad = punches[432] ?? { userId: "", at: null };
      const time = (bad.at ?? "").replace("T", " ");
      const employee = personOf(Number(bad.userId));
      site.faults.refuseRows("Employee Checkin", (doc) => doc["employee"] === employee && doc["time"] === time);
      const nothing = { duplicate: 0, held: 0, failed: 0 };
      expect(await world.deliver()).toEqual({ ...nothing, delivered: count - 1, refused: 1 });
      const found = checkinsOf(site);
      expect(found).toHaveLength(count - 1);
      expect(new Set(found).size).toBe(count - 1);
      expect(found).not.toContain(`${employee} ${time} `);
      expect(site.requests.all().length).toBeLessThanOrEqual(count / 5);
      expect(site.requests.all().every(({ headers }) => headers["cookie"] === undefined)).toBe(true);
    },
    600_000,
  );
});
