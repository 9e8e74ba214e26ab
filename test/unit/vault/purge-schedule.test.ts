import { describe, expect, it } from "@jest/globals";

import { PURGE_EVERY_MS, schedulePurges } from "../../../connector/vault/purge-schedule.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("purges", () => {
  it("run at the start and after each pause, until they are ended", async () => {
    const clock = new FakeClock();
    let purges = 0;
    const templates = { purge: () => Promise.resolve(++purges) };
    const stop = schedulePurges({ clock, templates, failed: () => undefined });
    await settled();
    expect(purges).toBe(1);
    clock.advance(PURGE_EVERY_MS - 1);
    expect(purges).toBe(1);
    clock.advance(1);
    await settled();
    expect(purges).toBe(2);
    await stop();
    expect(clock.waiting).toBe(0);
  });

  it("go on after one that failed, which is told of", async () => {
    const clock = new FakeClock();
    const failures: unknown[] = [];
    let purges = 0;
    const purge = () => (++purges === 1 ? Promise.reject(new Error("disk full")) : Promise.resolve(0));
    const stop = schedulePurges({ clock, templates: { purge }, failed: (error) => failures.push(error) });
    await settled();
    clock.advance(PURGE_EVERY_MS);
    await settled();
    expect([purges, failures]).toEqual([2, [new Error("disk full")]]);
    await stop();
  });

  it("ended while one runs wait for it and start no other", async () => {
    const clock = new FakeClock();
    let finish = (): void => undefined;
    const purge = () => new Promise<number>((resolve) => (finish = () => resolve(0)));
    const stop = schedulePurges({ clock, templates: { purge }, failed: () => undefined });
    let ended = false;
    const ending = stop().then(() => (ended = true));
    await settled();
    expect(ended).toBe(false);
    finish();
    await ending;
    expect(clock.waiting).toBe(0);
  });
});
