import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "puppeteer-core";

import type { JobView } from "@tandem/contracts/domain/job.ts";

import { DELIVERY_RESULT, item, pullJob, READ_RESULT } from "../../support/fake-connector/answers.ts";

import { see, textOf } from "./look.ts";
import { Stage, within } from "./stage.ts";

const BUTTON = within("pull-now", "button[aria-expanded]");
const PANEL = within("pull-now", ".panel");
const HEADLINE = within("pull-now", ".headline");

const RUNNING = pullJob({
  items: [item("read:Cổng chính", { state: "running", done: 45, total: 100 }), item("read:Kho"), item("deliver:hr")],
});
const DONE = pullJob({
  state: "done",
  items: [
    item("read:Cổng chính", { state: "done", result: READ_RESULT }),
    item("read:Kho", {
      state: "failed",
      error: { code: "terminal.unreachable", details: { address: "tcp://192.168.1.203:4370" } },
    }),
    item("deliver:hr", { state: "done", result: DELIVERY_RESULT }),
  ],
});

describe.each(["chromium", "firefox"] as const)("Pull now on the Employee Checkin list, in %s", (kind) => {
  let stage: Stage;
  let page: Page;
  let job: JobView | null = null;

  beforeAll(async () => {
    stage = await Stage.open({ kind });
    stage.connector.answer("jobs.list", () => ({ jobs: job === null ? [] : [job] }));
    stage.connector.answer("jobs.get", () => job);
    stage.connector.answer("jobs.start", () => {
      job = RUNNING;
      return { jobId: job.id };
    });
    stage.connector.answer("jobs.retry", () => {
      job = { ...RUNNING, items: RUNNING.items.filter((one) => one.key !== "read:Cổng chính") };
      return { jobId: job.id };
    });
    await stage.ready();
    page = await stage.hrPage("employee-checkin");
  }, 90_000);
  afterAll(() => stage.close());

  const starts = (): number => stage.connector.calls.filter((call) => call === "POST /v1/jobs").length;

  test("one click, however early, reads the terminals once and shows how far it is", async () => {
    await page.locator(BUTTON).click();
    await see(page, within("pull-now", '[data-state="running"]'));
    expect(await textOf(page, HEADLINE)).toBe("Đang đọc máy: xong 0/2");
    expect(await textOf(page, PANEL)).toContain("Đang đọc, 45 %");
    expect(starts()).toBe(1);
  });

  test("a page that is closed and opened again finds the running job, and starts no second one", async () => {
    await page.reload();
    await see(page, within("pull-now", ".percent"));
    await page.locator(BUTTON).click();
    await see(page, within("pull-now", '[data-state="running"]'));
    expect(starts()).toBe(1);
  });

  test("shows the result with reasons and what to do about them", async () => {
    job = DONE;
    await see(page, within("pull-now", '[data-do="retry"]'));
    const text = await textOf(page, PANEL);
    expect(await textOf(page, HEADLINE)).toBe("Đã xong, nhưng có phần chưa được");
    expect(text).toContain("Đọc 1.248 · mới 56 · đã có 1.192");
    expect(text).toContain("3 lượt chưa gắn người");
    expect(text).toContain("Máy chấm công ở tcp://192.168.1.203:4370 không trả lời.Kiểm tra máy đã bật nguồn");
    expect(text).toContain("Đã gửi 50 · 2 lượt đã có sẵn");
    expect(text).toContain("1 lượt tạm giữ");
  });

  test("retries what failed, and only that", async () => {
    await page.locator(within("pull-now", '[data-do="retry"]')).click();
    await see(page, within("pull-now", '[data-do="stop"]'));
    expect(stage.connector.calls).toContain("POST /v1/jobs/job-1/retry");
    expect(starts()).toBe(1);
  });

  test("says on its button that a reading ended while its panel was closed", async () => {
    await page.keyboard.press("Escape");
    job = DONE;
    await page.waitForFunction(
      () =>
        document.querySelector("tandem-feature")?.shadowRoot?.querySelector("button")?.textContent === "Xem kết quả",
    );
    await page.locator(BUTTON).click();
    await see(page, within("pull-now", '[data-do="retry"]'));
    expect(starts()).toBe(1);
  });

  test("goes on by itself when the connector was killed and started again", async () => {
    job = RUNNING;
    await page.reload();
    await see(page, within("pull-now", ".percent"));
    await page.locator(BUTTON).click();
    await stage.connector.stop();
    await see(page, within("pull-now", '.panel [data-do="setup"]'));
    expect(await textOf(page, PANEL)).toContain("Bộ kết nối trên máy tính này không trả lời.");
    job = DONE;
    await stage.connector.restart();
    await see(page, within("pull-now", '[data-do="retry"]'));
  });
});
