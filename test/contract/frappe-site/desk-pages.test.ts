import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import { openBrowser, openPage } from "./support/browser.ts";
import { logIn } from "./support/signed-in.ts";
import { HR, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

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

async function start(options: StartOptions = {}): Promise<TestSite> {
  running = await startTestSite({
    employees: [{ first_name: "An" }],
    ...options,
    settings: { fillDelayMs: 10, changePollMs: 0, ...options.settings },
  });
  return running;
}

async function deskHtml(at: TestSite, path: string): Promise<string> {
  return (await (await logIn(at.site.origin, HR.user, HR.password)).get(path)).text;
}

interface Boot {
  readonly __messages: Record<string, string>;
  readonly versions: Record<string, string>;
  readonly time_zone: { readonly system: string };
  readonly user: { readonly can_write: string[]; readonly can_read: string[]; readonly roles: string[] };
}

function bootIn(html: string): { json: string; boot: Boot } {
  const start = html.indexOf("frappe.boot = ") + "frappe.boot = ".length;
  const json = html.slice(start, html.indexOf("frappe._messages")).trim().replace(/;$/, "");
  return { json, boot: JSON.parse(json) as Boot };
}

describe("the inline script", () => {
  it.each([
    [15, "/app", true],
    [16, "/desk", false],
  ] as const)(
    "of version %i has version, boot, messages and token in order, boot over many lines: %s",
    async (profile, path, manyLines) => {
      const html = await deskHtml(await start({ profile }), path);
      const places = [
        'window._version_number = "',
        "frappe.boot = ",
        'frappe._messages = frappe.boot["__messages"];',
        'frappe.csrf_token = "',
      ];
      const found = places.map((place) => html.lastIndexOf(place));
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(found).not.toContain(-1);
      const { json } = bootIn(html);
      expect(json.length).toBeGreaterThan(100_000);
      expect(json.includes("\n")).toBe(manyLines);
    },
  );

  it("gives the token to the documented pattern in spite of look-alikes", async () => {
    const html = await deskHtml(await start(), "/app");
    expect(html.split("frappe.csrf_token").length).toBeGreaterThan(3);
    expect(/frappe\.csrf_token\s*=\s*"([^"]+)"/.exec(html)?.[1]).toMatch(/^[0-9a-f]{56}$/);
  });

  it("tells versions, zone, roles and rights", async () => {
    const { boot } = bootIn(await deskHtml(await start({ zone: "Asia/Tokyo" }), "/app"));
    expect(boot.versions).toEqual({ frappe: "15.55.1", erpnext: "15.84.0", hrms: "15.40.0" });
    expect(boot.time_zone.system).toBe("Asia/Tokyo");
    expect(boot.user.can_write).toContain("Employee");
    expect(boot.user.can_read).not.toContain("System Settings");
    expect(boot.user.roles).toContain("HR Manager");
  });

  it("can leave out HRMS and the right to write Employees", async () => {
    const { boot } = bootIn(
      await deskHtml(await start({ hrms: null, settings: { hiddenFromCanWrite: ["Employee"] } }), "/app"),
    );
    expect(boot.versions).not.toHaveProperty("hrms");
    expect(boot.user.can_write).not.toContain("Employee");
  });

  it("agrees with what the page itself has", async () => {
    const { site } = await start();
    const page = await openPage(browser, site.origin);
    await page.goto(`${site.origin}/app`);
    const same = await page.evaluate(() => {
      const script =
        [...document.scripts].map((one) => one.textContent).find((text) => text.includes("frappe.boot = ")) ?? "";
      const json = script
        .slice(script.indexOf("frappe.boot = ") + 14, script.indexOf("frappe._messages"))
        .trim()
        .replace(/;$/, "");
      const frappe = Reflect.get(window, "frappe") as { boot: unknown; csrf_token: string };
      const token = /frappe\.csrf_token\s*=\s*"([^"]+)"/.exec(script)?.[1];
      return [JSON.stringify(JSON.parse(json)) === JSON.stringify(frappe.boot), token === frappe.csrf_token];
    });
    expect(same).toEqual([true, true]);
  });
});

describe("theme and language", () => {
  it.each([
    ["light", "light"],
    ["dark", "dark"],
    ["automatic", "dark"],
  ] as const)("mode %s on a dark machine resolves to %s", async (theme, resolved) => {
    const { site } = await start();
    site.addUser({ name: HR.user, password: HR.password, roles: ["HR User"], theme });
    const page = await openPage(browser, site.origin, { colorScheme: "dark" });
    await page.goto(`${site.origin}/app/employee`);
    await page.locator(".list-row-checkbox").waitFor();
    expect(await page.locator("html").getAttribute("data-theme-mode")).toBe(theme);
    expect(await page.locator("html").getAttribute("data-theme")).toBe(resolved);
  });

  it("switches the theme at once and remembers it", async () => {
    const { site } = await start();
    const page = await openPage(browser, site.origin);
    await page.goto(`${site.origin}/app`);
    const stored = page.waitForResponse((reply) => reply.url().endsWith("switch_theme"));
    await page.locator(".theme-switch").selectOption("dark");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await stored;
    await page.reload();
    expect(await page.locator("html").getAttribute("data-theme-mode")).toBe("dark");
  });

  it("switches the language with a full reload", async () => {
    const { site } = await start();
    const page = await openPage(browser, site.origin);
    await page.goto(`${site.origin}/app/employee`);
    await page.locator(".language-switch").selectOption("vi");
    await page.waitForFunction(() => document.documentElement.lang === "vi");
    await page.locator(".list-row-checkbox").waitFor();
    expect(await page.locator(".primary-action").textContent()).toBe("Thêm Nhân viên");
    expect(await page.evaluate(() => (Reflect.get(window, "frappe") as { boot: { lang: string } }).boot.lang)).toBe(
      "vi",
    );
  });

  it("writes from right to left when told", async () => {
    const at = await start({ settings: { direction: "rtl" } });
    expect(await deskHtml(at, "/app")).toContain('dir="rtl"');
  });
});

describe("pages around the Desk", () => {
  it("sign in and go where the user wanted to go", async () => {
    const { site } = await start();
    const page = await browser.newPage();
    await page.goto(`${site.origin}/app/employee`);
    expect(page.url()).toBe(`${site.origin}/login?redirect-to=%2Fapp%2Femployee`);
    await page.locator("#login_email").fill(HR.user);
    await page.locator("#login_password").fill("wrong");
    await page.locator(".btn-login").click();
    await page.getByText("Invalid login credentials").waitFor();
    await page.locator("#login_password").fill(HR.password);
    await page.locator(".btn-login").click();
    await page.locator(".list-row-checkbox").waitFor();
    expect(page.url()).toBe(`${site.origin}/app/employee?status=Active`);
  });

  it("work with a proxy's Content-Security-Policy", async () => {
    const { site } = await start();
    site.faults.contentSecurityPolicy = "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'self' data:";
    const page = await openPage(browser, site.origin);
    const reply = await page.goto(`${site.origin}/app/employee`);
    expect(reply?.headers()["content-security-policy"]).toContain("default-src 'self'");
    await page.locator(".list-row-checkbox").waitFor();
  });

  it("are not for website users", async () => {
    const { site } = await start();
    site.addUser({ name: "web@example.com", password: "p", roles: [], deskUser: false });
    const client = await logIn(site.origin, "web@example.com", "p");
    expect((await client.get("/app")).status).toBe(403);
    expect((await client.get("/api/method/ping")).cookies["system_user"]).toBe("no");
  });
});
