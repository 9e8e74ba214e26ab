import { describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { readSiteUrl, refuseOpenHttp } from "../../../connector/hr/frappe/site-url.ts";

describe("the address of an HR site", () => {
  test.each([
    ["https://hr.company.vn", "https://hr.company.vn"],
    [" https://HR.Company.vn/app/employee?status=Active#x ", "https://hr.company.vn"],
    ["hr.company.vn/desk", "https://hr.company.vn"],
    ["hr.company.vn:8443", "https://hr.company.vn:8443"],
    ["http://192.168.1.10:8000/", "http://192.168.1.10:8000"],
    ["https://hr.company.vn:443", "https://hr.company.vn"],
    ["https://nhânsự.vn", "https://xn--nhns-coa6827b.vn"],
  ])("%s is read as its origin", (text, origin) => {
    expect(readSiteUrl(text)).toBe(origin);
  });

  test.each(["", "   ", "ftp://hr.company.vn", "file:///etc/hosts", "https://", "javascript:alert(1)", "ht tp://x y"])(
    "%j is refused",
    (text) => {
      expect(() => readSiteUrl(text)).toThrow(new TandemError("hr.bad-url"));
    },
  );

  test("with a password in it is refused without repeating it", () => {
    for (const text of ["https://key:secret@hr.company.vn", "key:secret@hr.company.vn", "https://key:secret@:bad"]) {
      const error = ((): unknown => {
        try {
          return readSiteUrl(text);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(error).toMatchObject({ code: "hr.bad-url" });
      expect(JSON.stringify((error as TandemError).details)).not.toContain("secret");
    }
  });
});

describe("plain http", () => {
  const check = (origin: string, addresses: readonly string[] | null = []) =>
    refuseOpenHttp(HrSiteOrigin.parse(origin), () =>
      addresses === null ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve(addresses),
    );

  test.each([
    "http://127.0.0.1:8000",
    "http://10.1.2.3",
    "http://172.31.0.1",
    "http://192.168.0.9",
    "http://[::1]:8000",
    "http://[fd00::1]",
    "http://100.64.0.1",
  ])("is accepted inside the own network: %s", async (origin) => {
    await expect(check(origin)).resolves.toBeUndefined();
  });

  test.each(["http://8.8.8.8", "http://172.32.0.1", "http://192.169.0.1", "http://[2001:db8::1]"])(
    "is refused over the internet: %s",
    async (origin) => {
      await expect(check(origin)).rejects.toMatchObject({ code: "hr.insecure", details: { url: origin } });
    },
  );

  test("counts a name by all its addresses", async () => {
    await expect(check("http://hr.company.vn", ["192.168.1.2"])).resolves.toBeUndefined();
    await expect(check("http://hr.company.vn", ["192.168.1.2", "8.8.8.8"])).rejects.toMatchObject({
      code: "hr.insecure",
    });
  });

  test("to a name without an address is left to the connection to fail on", async () => {
    await expect(check("http://nowhere.example", null)).resolves.toBeUndefined();
  });

  test("is no matter for https", async () => {
    await expect(check("https://hr.company.vn", ["8.8.8.8"])).resolves.toBeUndefined();
  });
});
