import { describe, expect, test } from "@jest/globals";

import { runLimited } from "../../../connector/jobs/run-limited.ts";

const always = (): boolean => true;

/** Items that end when they are told to. */
class Desk {
  readonly begun: string[] = [];
  readonly #open = new Map<string, OpenItem>();

  readonly work = (item: string): Promise<void> => {
    this.begun.push(item);
    return new Promise<void>((resolve, reject) => this.#open.set(item, { resolve, reject }));
  };

  async end(item: string, failure: Error | null = null): Promise<void> {
    const open = this.#open.get(item);
    if (open === undefined) throw new Error(`${item} is not being worked on`);
    if (failure === null) open.resolve();
    else open.reject(failure);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface OpenItem {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

describe("Working through items", () => {
  test("begins as many as allowed, in order, and the next when one has ended", async () => {
    const desk = new Desk();
    const ended = runLimited(["a", "b", "c"], 2, always, desk.work);
    expect(desk.begun).toEqual(["a", "b"]);
    await desk.end("b");
    expect(desk.begun).toEqual(["a", "b", "c"]);
    await desk.end("a");
    await desk.end("c");
    await ended;
  });

  test("begins nothing more once it may not go on, and waits for what is under way", async () => {
    const desk = new Desk();
    let mayGoOn = true;
    let isOver = false;
    const ended = runLimited(["a", "b", "c"], 2, () => mayGoOn, desk.work).then(() => (isOver = true));
    mayGoOn = false;
    await desk.end("a");
    expect(isOver).toBe(false);
    await desk.end("b");
    await ended;
    expect(desk.begun).toEqual(["a", "b"]);
  });

  test("throws the first failure, but not before everything that began has ended", async () => {
    const desk = new Desk();
    let outcome: unknown = null;
    const ended = runLimited(["a", "b", "c"], 2, always, desk.work).catch((error: unknown) => (outcome = error));
    const first = new Error("first");
    await desk.end("a", first);
    expect(outcome).toBeNull();
    await desk.end("b", new Error("second"));
    await ended;
    expect(outcome).toBe(first);
    expect(desk.begun).toEqual(["a", "b"]);
  });

  test("is over at once where there is nothing to do", async () => {
    await expect(runLimited([], 4, always, () => Promise.reject(new Error("never")))).resolves.toBeUndefined();
  });

  test("takes an item that is undefined like any other", async () => {
    const seen: unknown[] = [];
    await runLimited([undefined, 1], 1, always, (item) => {
      seen.push(item);
      return Promise.resolve();
    });
    expect(seen).toEqual([undefined, 1]);
  });
});
