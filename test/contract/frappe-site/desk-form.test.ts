import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import { runDomProbes } from "./probes/dom-probes.ts";
import type { DomProbe } from "./probes/dom-probes.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

const TABS = [
  "basic_details_tab",
  "employment_details",
  "contact_details",
  "attendance_and_leave_details",
  "salary_information",
  "personal_details",
  "profile_tab",
  "exit",
  "connections_tab",
];
const DEVICE_ID = '.page-container[data-page-route="Employee"] .frappe-control[data-fieldname="attendance_device_id"]';
let browser: Browser;
let running: TestSite | null = null;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await running?.site.stop();
  running = null;
});

async function openForm(
  options: StartOptions = {},
  path = "employee/HR-EMP-00001",
): Promise<{ page: Page; at: TestSite }> {
  running = await startTestSite({
    employees: [
      { first_name: "An", attendance_device_id: "101" },
      { first_name: "Bình", attendance_device_id: "102" },
    ],
    ...options,
    settings: { fillDelayMs: 10, changePollMs: 0, ...options.settings },
  });
  const page = await openPage(browser, running.site.origin);
  await page.goto(`${running.site.origin}/${options.profile === 16 ? "desk" : "app"}/${path}`);
  return { page, at: running };
}

const titled = (page: Page, title: string): Promise<unknown> =>
  page.waitForFunction(
    (text) => document.querySelector('[data-page-route="Employee"] .title-area')?.textContent.includes(text),
    title,
  );

const badge = (page: Page): Promise<string> => page.locator(`${DEVICE_ID} input`).inputValue();

function formProbes(profile: number): DomProbe[] {
  const late = profile === 16;
  const form = ".layout-main-section-wrapper > .layout-main-section .std-form-layout > .form-layout";
  return [
    {
      what: "message",
      selector: `${form} > ${late ? ".form-message-container.hidden" : ".form-message.hidden"}`,
      count: 1,
    },
    {
      what: "tabs",
      selector: `${form} > .form-page > .form-tabs-list > ul.nav.form-tabs#form-tabs > li.nav-item > ${late ? "button" : "a"}.nav-link[data-fieldname][href]`,
      count: 9,
    },
    { what: "panes", selector: ".form-tab-content > .tab-pane", count: 9 },
    {
      what: "section",
      selector: ".tab-pane > .form-section[data-fieldname] > .section-body > .form-column[data-fieldname]",
    },
    {
      what: "control",
      selector:
        '.frappe-control.input-max-width[data-fieldtype="Data"][data-fieldname="attendance_device_id"] > .form-group',
      count: 1,
    },
    {
      what: "input",
      selector:
        '.control-input-wrapper > .control-input > input[data-fieldname="attendance_device_id"][data-fieldtype][data-doctype="Employee"]',
      count: 1,
    },
    {
      what: "read-only value",
      selector: '[data-fieldname="employee_name"] .control-value.like-disabled-input',
      count: 1,
    },
    { what: "help", selector: `[data-fieldname="attendance_device_id"] ${late ? "div" : "p"}.help-box`, count: 1 },
    { what: "tooltip", selector: '[data-fieldname="attendance_device_id"] > span.tooltip-content', count: 1 },
    {
      what: "side bar",
      selector: late
        ? ".layout-two-column > .layout-main-section-wrapper + .layout-side-section.right > .form-sidebar"
        : ".row.layout-main > .layout-side-section + .layout-main-section-wrapper",
      count: 1,
    },
    { what: "footer", selector: ".form-footer > .after-save > .comment-box", count: 1 },
    { what: "save", selector: 'button.primary-action[data-label="Save"]', count: 1 },
    { what: "neighbours", selector: ".page-icon-group > button.prev-doc + button.next-doc", count: 1 },
    ...(late
      ? [
          { what: "document title", selector: ".navbar-breadcrumbs li.disabled > a.title-text-form", count: 1 },
          { what: "name to copy", selector: '.form-name-copy[data-copy="HR-EMP-00001"]', count: 1 },
          { what: "horizontal group", selector: ".form-group.horizontal" },
        ]
      : [{ what: "title", selector: ".title-area.editable-title h3.title-text", count: 1 }]),
  ];
}

describe.each([14, 15, 16] as const)("the Employee form of version %i", (profile) => {
  it("has every element of its tree", async () => {
    const { page } = await openForm({ profile });
    await titled(page, "An");
    expect(await runDomProbes(page, "Employee", formProbes(profile))).toEqual([]);
  });

  it("shows the name as title and the status as indicator", async () => {
    const { page } = await openForm({ profile });
    await titled(page, "An");
    expect(await page.locator(profile === 16 ? ".title-text-form" : "h3.title-text").textContent()).toBe("An");
    expect(await page.locator(".title-area .indicator-pill.green").textContent()).toBe("Active");
  });

  it("has the nine tabs in order and hides the badge until its tab is opened", async () => {
    const { page } = await openForm({ profile });
    await titled(page, "An");
    const tabs = await page.locator("#form-tabs .nav-link").evaluateAll((links) => links.map((link) => link.id));
    expect(tabs).toEqual(TABS.map((tab) => `employee-${tab}-tab`));
    expect(await page.locator(DEVICE_ID).isVisible()).toBe(false);
    await page.locator("#employee-attendance_and_leave_details-tab").click();
    expect(await page.locator(DEVICE_ID).isVisible()).toBe(true);
    expect(await badge(page)).toBe("101");
  });
});

describe("late releases of version 15", () => {
  it("have buttons as tabs and the message in a container", async () => {
    const { page } = await openForm({ frappe: "15.101.1" });
    await titled(page, "An");
    expect(await page.locator("#form-tabs button.nav-link").count()).toBe(9);
    expect(await page.locator(".form-message-container.hidden").count()).toBe(1);
  });
});

describe("moving to another record", () => {
  const next = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      (Reflect.get(window, "frappe") as { set_route(...parts: string[]): void }).set_route("employee", "HR-EMP-00002");
      const title = document.querySelector(".title-text")?.textContent ?? "";
      return [document.body.dataset["route"] ?? "", location.pathname, title];
    });

  it("sets the route before the form is filled", async () => {
    const { page } = await openForm();
    await titled(page, "An");
    expect(await next(page)).toEqual(["Form/Employee/HR-EMP-00002", "/app/employee/HR-EMP-00002", "An"]);
    await titled(page, "Bình");
  });

  it.each([
    [true, 0],
    [false, 1],
  ])(
    "fills the same container again and, wiping %s, leaves %i of what was added to a control",
    async (wipeFormControls, left) => {
      const { page } = await openForm({ settings: { wipeFormControls } });
      await titled(page, "An");
      await page.locator(`${DEVICE_ID} .form-group`).evaluate((group) => {
        const note = document.createElement("p");
        note.className = "probe-note";
        group.after(note);
      });
      await next(page);
      await titled(page, "Bình");
      expect(await page.locator('.page-container[data-page-route="Employee"]').count()).toBe(1);
      expect(await badge(page)).toBe("102");
      expect(await page.locator(".probe-note").count()).toBe(left);
    },
  );

  it("keeps the pages visited, hidden, and comes back to them", async () => {
    const { page } = await openForm();
    await titled(page, "An");
    await page.evaluate(() =>
      (Reflect.get(window, "frappe") as { set_route(...parts: string[]): void }).set_route(
        "shift-type",
        "Ca Hành Chính",
      ),
    );
    await page.locator('[data-page-route="Shift Type"] [data-fieldname="last_sync_of_checkin"] input').waitFor();
    expect(
      await page.locator('[data-page-route="Employee"]').evaluate((one) => (one as HTMLElement).style.display),
    ).toBe("none");
    await page.goBack();
    await page.waitForFunction(() => document.body.dataset["route"] === "Form/Employee/HR-EMP-00001");
    expect(await page.locator('[data-page-route="Employee"]').isVisible()).toBe(true);
    await page.goForward();
    await page.waitForFunction(() => document.body.dataset["route"] === "Form/Shift Type/Ca Hành Chính");
  });
});

describe("editing", () => {
  it("shows Not Saved, saves, and shows the new state", async () => {
    const { page, at } = await openForm();
    await titled(page, "An");
    await page.locator("#employee-attendance_and_leave_details-tab").click();
    await page.locator(`${DEVICE_ID} input`).fill("777");
    expect(await page.locator(".title-area .indicator-pill").textContent()).toBe("Not Saved");
    expect(await page.evaluate(() => (Reflect.get(window, "cur_frm") as { is_dirty(): boolean }).is_dirty())).toBe(
      true,
    );
    await page.keyboard.press("Control+s");
    await page.locator(".title-area .indicator-pill.green").waitFor();
    expect(at.site.data.get("Employee", "HR-EMP-00001")?.["attendance_device_id"]).toBe("777");
  });

  it("is refused when the record changed by REST meanwhile, until the form is loaded again", async () => {
    const { page, at } = await openForm();
    await titled(page, "An");
    await at.hr.put("/api/resource/Employee/HR-EMP-00001", { attendance_device_id: "555" });
    expect(await badge(page)).toBe("101");
    await page.locator('[data-fieldname="last_name"] input').fill("Nguyễn");
    await page.locator(".primary-action").click();
    await page.locator(".modal.show .modal-body").waitFor();
    expect(await page.locator(".modal-body").textContent()).toMatch(/has been modified after you have opened it/);
    await page.locator(".btn-modal-primary").click();
    await page.evaluate(() => (Reflect.get(window, "cur_frm") as { reload_doc(): Promise<void> }).reload_doc());
    await page.waitForFunction(
      (selector) => document.querySelector<HTMLInputElement>(selector)?.value === "555",
      `${DEVICE_ID} input`,
    );
  });

  it("says that a record does not exist", async () => {
    const { page } = await openForm({}, "employee/NOPE");
    await page.locator(".modal.show").waitFor();
    expect(await page.locator(".modal-body").textContent()).toBe("Employee NOPE not found");
  });
});

describe("the Shift Type form", () => {
  it("has no tabs and runs auto attendance by its button", async () => {
    const shift = {
      name: "Ca",
      enable_auto_attendance: 1,
      process_attendance_after: "2026-11-16",
      last_sync_of_checkin: "2026-11-18 00:00:00",
    };
    const { page, at } = await openForm({ shiftTypes: [shift], employees: [{ default_shift: "Ca" }] }, "shift-type/Ca");
    await page.locator('[data-fieldname="last_sync_of_checkin"] input').waitFor();
    expect(await page.locator("#form-tabs").count()).toBe(0);
    const done = page.waitForResponse((reply) => reply.url().includes("run_method=process_auto_attendance"));
    await page.locator('.custom-actions [data-label="Mark%20Attendance"]').click();
    expect((await done).status()).toBe(200);
    expect(at.site.data.rows("Attendance")).toHaveLength(2);
  });
});
