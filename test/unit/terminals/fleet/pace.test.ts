import { describe, expect, it } from "@jest/globals";

import { Pace } from "../../../../connector/terminals/fleet/pace.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

/** Lets every promise that is ready go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("A pace", () => {
  it("lets one begin at once and the next ones evenly after it", async () => {
    const clock = new FakeClock();
    const pace = new Pace(clock, 10);
    const begun: number[] = [];
    const start = clock.now();
    const all = [1, 2, 3].map(() => pace.turn().then(() => begun.push(clock.now() - start)));
    await settle();
    expect(begun).toEqual([0]);
    clock.advance(99);
    await settle();
    expect(begun).toEqual([0]);
    clock.advance(1);
    await settle();
    clock.advance(100);
    await Promise.all(all);
    expect(begun).toEqual([0, 100, 200]);
  });

  it("saves up nothing while nobody comes", async () => {
    const clock = new FakeClock();
    const pace = new Pace(clock, 10);
    await pace.turn();
    clock.advance(60_000);
    await pace.turn();
    const third = pace.turn();
    expect(clock.waiting).toBe(1);
    clock.advance(100);
    await expect(third).resolves.toBeUndefined();
  });

  it("lets nobody begin any more when the work is called off", async () => {
    const clock = new FakeClock();
    const pace = new Pace(clock, 10);
    const off = new AbortController();
    await pace.turn(off.signal);
    const second = pace.turn(off.signal);
    off.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    expect(clock.waiting).toBe(0);
  });
});
