import { describe, expect, test } from "@jest/globals";

import { viewOfPull } from "../../../../extension/features/pull-now/pull-view.ts";
import { DELIVERY_RESULT, item, pullJob, READ_RESULT } from "../../../support/fake-connector/answers.ts";

describe("a reading as its panel shows it", () => {
  test("adds up what all terminals and the delivery have done", () => {
    const job = pullJob({
      state: "done",
      items: [
        item("read:Cổng: chính", { state: "done", result: READ_RESULT }),
        item("read:Kho", { state: "failed", error: { code: "terminal.timeout", details: {} } }),
        item("deliver:hr", { state: "done", result: { ...DELIVERY_RESULT, failed: 2 } }),
      ],
    });
    const view = viewOfPull(job);
    expect(view.totals).toEqual({ read: 1248, added: 56, delivered: 50, waiting: 3 + 1 + 2 });
    expect(view.terminals.map(({ name }) => name)).toEqual(["Cổng: chính", "Kho"]);
    expect([view.finished, view.failed, view.percent]).toEqual([2, 1, 100]);
  });

  test("knows no percentage before anything has begun, nor of an item whose size is not known", () => {
    expect(viewOfPull(pullJob({ items: [item("read:A"), item("deliver:hr")] })).percent).toBeNull();
    const view = viewOfPull(pullJob({ items: [item("read:A", { state: "running", done: 500 })] }));
    expect([view.percent, view.terminals[0]?.percent]).toEqual([0, null]);
  });

  test("counts a half-read terminal as half", () => {
    const items = [item("read:A", { state: "running", done: 5, total: 10 }), item("read:B")];
    expect(viewOfPull(pullJob({ items })).percent).toBe(25);
  });

  test("never shows more than all", () => {
    const items = [item("read:A", { state: "running", done: 15, total: 10 })];
    expect(viewOfPull(pullJob({ items })).percent).toBe(100);
  });

  test("takes a result of a newer connector for what it understands of it", () => {
    const result = { read: 3, added: "many", rejected: [{ raw: "x", reason: "y" }], extra: {} };
    const [line] = viewOfPull(pullJob({ items: [item("read:A", { state: "done", result })] })).terminals;
    expect(line?.result).toEqual({ read: 3, added: 0, known: 0, quarantined: 0, rejected: 1 });
  });
});
