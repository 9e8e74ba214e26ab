import { describe, expect, it } from "@jest/globals";

import { followSignals } from "../../../connector/platform/follow-signals.ts";

const reason = new Error("enough");

describe("A controller that follows signals", () => {
  it("aborts with the first of them, for its reason", () => {
    const controller = new AbortController();
    const [first, second] = [new AbortController(), new AbortController()];
    followSignals(controller, [first.signal, undefined, second.signal]);
    second.abort(reason);
    first.abort(new Error("too late"));
    expect(controller.signal.reason).toBe(reason);
  });

  it("aborts at once where one has aborted already", () => {
    const controller = new AbortController();
    followSignals(controller, [AbortSignal.abort(reason)]);
    expect(controller.signal.reason).toBe(reason);
  });

  it("goes its own way from when it no longer follows", () => {
    const controller = new AbortController();
    const before = new AbortController();
    followSignals(controller, [before.signal])();
    before.abort(reason);
    expect(controller.signal.aborted).toBe(false);
  });
});
