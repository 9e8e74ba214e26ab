import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import { badgesOverRefresh, listProbes, runDomProbes } from "./probes/dom-probes.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

const ROUTE = "List/Employee/List";
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

const PEOPLE = [
  { first_name: "An", designation: "Công nhân" },
  { first_name: "Bình", designation: "Công nhân" },
  { first_name: "Châu", designation: "Tổ trưởng", status: "Left", relieving_date: "2020-01-01" },
];

async function openList(options: StartOptions = {}, path = "employee"): Promise<{ page: Page; at: TestSite }> {
  running = await startTestSite({
    employees: PEOPLE,
    ...options,
    settings: { fillDelayMs: 10, sameRefreshMs: 0, changePollMs: 0, ...options.settings },
  });
  const page = await openPage(browser, running.site.origin);
  await page.goto(`${running.site.origin}/${options.profile === 16 ? "desk" : "app"}/${path}`);
  await page.locator(".list-row-checkbox").first().waitFor();
  return { page, at: running };
}

const ticked = (page: Page): Promise<(string | undefined)[]> =>
  page
    .locator(".list-row-checkbox:checked")
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLElement).dataset["name"]));
const shownNames = (page: Page): Promise<(string | null)[]> =>
  page.locator(".list-row-checkbox").evaluateAll((boxes) => boxes.map((box) => box.getAttribute("data-name")));

describe.each([14, 15, 16] as const)("the Employee list of version %i", (profile) => {
  it("has every element of the table", async () => {
    const { page } = await openList({ profile });
    expect(await runDomProbes(page, ROUTE, listProbes(profile))).toEqual([]);
  });

  it("marks body and container with the route", async () => {
    const { page } = await openList({ profile });
    const body = page.locator("body");
    expect(await body.getAttribute("data-route")).toBe(ROUTE);
    expect(await body.getAttribute("data-ajax-state")).toBe("complete");
    expect(await body.getAttribute("data-sidebar")).toBe("1");
    expect((await body.getAttribute("class"))?.split(" ")).toEqual(
      profile === 16 ? ["no-breadcrumbs", "no-list-sidebar"] : ["no-breadcrumbs"],
    );
    expect(await page.locator(".content.page-container").getAttribute("id")).toBe("page-List/Employee/List");
  });

  it("opens with the filter status = Active, also in the address", async () => {
    const { page } = await openList({ profile });
    expect(new URL(page.url()).search).toBe("?status=Active");
    expect(await shownNames(page)).toEqual(["HR-EMP-00002", "HR-EMP-00001"]);
  });

  it("loses what was added to its rows at a refresh", async () => {
    const { page } = await openList({ profile });
    expect(await badgesOverRefresh(page)).toEqual({ before: 1, after: 0 });
  });

  it(profile === 16 ? "draws its header anew at a refresh" : "keeps its header over a refresh", async () => {
    const { page } = await openList({ profile });
    await page.locator(".list-row-head").evaluate((head) => head.setAttribute("data-old", "1"));
    await badgesOverRefresh(page);
    expect(await page.locator(".list-row-head[data-old]").count()).toBe(profile === 16 ? 0 : 1);
  });

  it("scrolls the window up to v15 and elements of its own from v16", async () => {
    const { page } = await openList(
      { profile, employees: Array.from({ length: 60 }, () => ({})) },
      "employee?status=Active",
    );
    await page.locator('.btn-paging[data-value="100"]').click();
    await page.locator(".list-row-checkbox").nth(59).waitFor();
    const scrolling = (selector: string): Promise<boolean> =>
      page.locator(selector).evaluate((element) => element.scrollHeight > element.clientHeight + 1);
    expect(await scrolling("html")).toBe(profile !== 16);
    if (profile === 16) expect(await scrolling(".result-container")).toBe(true);
  });
});

describe("ticking rows", () => {
  it("shows the actions and how many are ticked, and takes both away again", async () => {
    const { page } = await openList();
    const box = page.locator(".list-row-checkbox").first();
    await box.check();
    expect(await page.locator(".actions-btn-group").getAttribute("class")).toBe("actions-btn-group");
    expect(await page.locator(".primary-action.hide").count()).toBe(1);
    expect(await page.locator(".list-header-meta").textContent()).toBe("1 items selected");
    expect(await page.locator(".list-header-subject").isVisible()).toBe(false);
    expect(await page.locator(".checkbox-actions").evaluate((part) => (part as HTMLElement).style.display)).toBe(
      "block",
    );
    await box.uncheck();
    expect(await page.locator(".actions-btn-group.hide").count()).toBe(1);
    expect(await page.locator(".list-header-subject").isVisible()).toBe(true);
  });

  it("by the header's box fires no event on the rows", async () => {
    const { page } = await openList();
    await page.evaluate(() => {
      for (const name of ["change", "click", "input"])
        document.addEventListener(
          name,
          (event) => {
            if (event.target instanceof Element && event.target.matches(".list-row-checkbox"))
              document.title = `${name} on a row`;
          },
          true,
        );
      document.title = "quiet";
    });
    await page.locator(".list-header-subject .list-check-all").check();
    expect(await ticked(page)).toEqual(["HR-EMP-00002", "HR-EMP-00001"]);
    expect(await page.title()).toBe("quiet");
  });

  it("with Ctrl on a row works too", async () => {
    const { page } = await openList();
    const place = { x: 500, y: 20 };
    await page
      .locator(".list-row")
      .nth(1)
      .click({ modifiers: ["Control"], position: place });
    expect(await ticked(page)).toEqual(["HR-EMP-00001"]);
    expect(await page.locator("body").getAttribute("data-route")).toBe(ROUTE);
  });

  it("with Shift ticks the range", async () => {
    const { page } = await openList({ employees: Array.from({ length: 5 }, () => ({})) });
    await page.locator(".list-row-checkbox").nth(1).click();
    await page
      .locator(".list-row-checkbox")
      .nth(3)
      .click({ modifiers: ["Shift"] });
    expect(await ticked(page)).toEqual(["HR-EMP-00004", "HR-EMP-00003", "HR-EMP-00002"]);
  });

  it("by dragging over rows works too", async () => {
    const { page } = await openList({ employees: Array.from({ length: 5 }, () => ({})) });
    for (const row of [0, 1, 2]) {
      await page.locator(".list-row-checkbox").nth(row).hover();
      if (row === 0) await page.mouse.down();
    }
    await page.mouse.up();
    expect(await ticked(page)).toEqual(expect.arrayContaining(["HR-EMP-00004", "HR-EMP-00003"]));
  });

  it("is kept by name over a refresh", async () => {
    const { page } = await openList();
    await page.locator('.list-row-checkbox[data-name="HR-EMP-00001"]').check();
    await badgesOverRefresh(page);
    expect(await ticked(page)).toEqual(["HR-EMP-00001"]);
    expect(await page.locator(".actions-btn-group.hide").count()).toBe(0);
  });
});

describe("refreshing", () => {
  it("twice with equal arguments within the time asks the site once", async () => {
    const { page, at } = await openList({ settings: { sameRefreshMs: 60_000 } });
    const before = at.site.requests.to("/api/resource/Employee").length;
    await page.locator(".reload-list").click();
    await page.locator(".reload-list").click();
    await page.locator(".btn-order").click();
    await page.waitForFunction(
      () => document.querySelector(".list-row-checkbox")?.getAttribute("data-name") === "HR-EMP-00001",
    );
    expect(at.site.requests.to("/api/resource/Employee").length).toBe(before + 1);
  });

  it("happens by itself when a record changed elsewhere, and shows the new one", async () => {
    const { page, at } = await openList({ settings: { changePollMs: 10, changeDebounceMs: 10 } });
    await page.waitForResponse((reply) => reply.url().includes("/__stand-in/changes"));
    await page.waitForResponse((reply) => reply.url().includes("/__stand-in/changes"));
    await at.hr.put("/api/resource/Employee/HR-EMP-00001", { last_name: "Mới" });
    await page.getByText("An Mới").waitFor();
    expect(await shownNames(page)).toEqual(["HR-EMP-00001", "HR-EMP-00002"]);
  });

  it("happens by a timer", async () => {
    const { page, at } = await openList({ settings: { listRefreshMs: 30 } });
    at.site.addEmployee({ first_name: "Dũng" });
    await page.getByText("Dũng").waitFor();
    expect(await shownNames(page)).toHaveLength(3);
  });

  it("shows a log delivered a moment ago in the Employee Checkin list", async () => {
    running = await startTestSite({
      employees: PEOPLE,
      settings: { fillDelayMs: 10, sameRefreshMs: 0, changePollMs: 0 },
    });
    const page = await openPage(browser, running.site.origin);
    await page.goto(`${running.site.origin}/app/employee-checkin`);
    await page.locator(".no-result:not(.hide)").waitFor();
    const log = { employee: "HR-EMP-00001", time: "2026-11-24 08:00:00", log_type: "IN", device_id: "Cổng 1" };
    await running.hr.post("/api/resource/Employee Checkin", log);
    await page.locator(".reload-list").click();
    await page.locator(".list-row-checkbox").waitFor();
    expect(await page.locator(".list-row .level-left").textContent()).toContain("2026-11-24 08:00:00");
    expect(await page.locator(".list-row .indicator-pill.yellow").textContent()).toBe("Off-Shift");
  });
});

describe("filters and the address", () => {
  it("writes = as the plain value and others as pairs, keys repeated", async () => {
    const query = `?status=Active&employee_name=${encodeURIComponent('["like","%n%"]')}&employee_name=${encodeURIComponent('["!=","Bình"]')}`;
    const { page } = await openList({}, `employee${query}`);
    expect(await shownNames(page)).toEqual(["HR-EMP-00001"]);
    expect(decodeURIComponent(new URL(page.url()).search)).toBe(
      '?status=Active&employee_name=["like","%n%"]&employee_name=["!=","Bình"]',
    );
  });

  it("rewrites the address without a new history entry when a filter changes", async () => {
    const { page } = await openList();
    const entries = await page.evaluate(() => history.length);
    await page.locator(".filter-x-button").click();
    await page.locator(".list-row-checkbox").nth(2).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await page.locator('.standard-filter-section input[data-fieldname="employee_name"]').fill("Châu");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelectorAll(".list-row-checkbox").length === 1);
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?employee_name=["like","%Châu%"]');
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  it("takes JSON-quoted values", async () => {
    const { page } = await openList({ profile: 16 }, `employee?status=${encodeURIComponent('"Left"')}`);
    expect(await shownNames(page)).toEqual(["HR-EMP-00003"]);
  });

  it("adds the filter of a cell that is clicked", async () => {
    const { page } = await openList({ employees: [...PEOPLE, { first_name: "Dũng", designation: "Tổ trưởng" }] });
    await page.locator('[data-filter="designation,=,Tổ trưởng"]').first().click();
    await page.waitForFunction(() => document.querySelectorAll(".list-row-checkbox").length === 1);
    expect(decodeURIComponent(new URL(page.url()).search.replaceAll("+", " "))).toBe(
      "?status=Active&designation=Tổ trưởng",
    );
  });
});

describe("many and odd rows", () => {
  it("come twenty at first, then more", async () => {
    const { page } = await openList({ employees: Array.from({ length: 25 }, () => ({})) });
    expect(await shownNames(page)).toHaveLength(20);
    expect(await page.locator(".list-count").textContent()).toBe("20 of 25");
    await page.locator(".btn-more").click();
    await page.locator(".list-row-checkbox").nth(24).waitFor();
    expect(await page.locator(".list-count").textContent()).toBe("25 of 25");
  });

  it.each(["Trần Thị Bình", "A/B 1", `O'Neil "Q"`, "50% & <b>"])(
    "keep the raw id %s in data-name and an encoded link",
    async (name) => {
      const { page } = await openList({ employees: [{ name, first_name: name }] });
      expect(await shownNames(page)).toEqual([name]);
      const link = page.locator(".list-subject a.ellipsis");
      expect(await link.getAttribute("href")).toBe(`/app/employee/${encodeURIComponent(name)}`);
      await link.click();
      await page.waitForFunction((route) => document.body.dataset["route"] === route, `Form/Employee/${name}`);
      await page.waitForFunction(
        (title) => document.querySelector('[data-page-route="Employee"] .title-text')?.textContent === title,
        name,
      );
    },
  );
});

describe("the page's own objects", () => {
  it("tell the ticked names, the filters, and take menu items and buttons", async () => {
    const { page } = await openList();
    await page.locator('.list-row-checkbox[data-name="HR-EMP-00002"]').check();
    const seen = await page.evaluate(() => {
      const list = Reflect.get(window, "cur_list") as {
        get_checked_items(only: boolean): string[];
        get_filters_for_args(): unknown;
        page: {
          add_actions_menu_item(label: string, act: () => void): void;
          add_inner_button(label: string, act: () => void): void;
        };
      };
      list.page.add_actions_menu_item("Đồng bộ", () => (document.title = "menu"));
      list.page.add_inner_button("Tandem", () => (document.title = "button"));
      return [list.get_checked_items(true), list.get_filters_for_args()];
    });
    expect(seen).toEqual([["HR-EMP-00002"], [["Employee", "status", "=", "Active"]]]);
    await page.locator(".actions-btn-group").hover();
    await page.locator("li.user-action .dropdown-item").click();
    expect(await page.title()).toBe("menu");
    await page.locator(".custom-actions button").click();
    expect(await page.title()).toBe("button");
  });
});
