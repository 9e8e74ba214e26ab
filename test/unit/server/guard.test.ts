import { describe, expect, test } from "@jest/globals";

import { type GuardContext, judge, type OriginStanding } from "../../../connector/server/guard.ts";
import { CHROMIUM, FIREFOX } from "../../support/api-bench.ts";
import { recordedRequests } from "../../support/recorded-requests.ts";

const PORT = 8100;
const HOST = `127.0.0.1:${PORT}`;
const STRANGER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba";

function context({ pairing = false, former = "nobody" } = {}): GuardContext {
  const standings = new Map<string, OriginStanding>([
    [CHROMIUM, "paired"],
    [former, "former"],
  ]);
  return { port: PORT, standingOf: (origin) => standings.get(origin) ?? "stranger", isPairingOpen: () => pairing };
}

function verdict(method: string, path: string, headers: Record<string, string>, facts: GuardContext = context()) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const found = judge({ method, path, headers: lower }, facts);
  if (!found.pass) return found.code;
  return found.preflight ? "preflight" : "pass";
}

const get = (headers: Record<string, string>, facts?: GuardContext) => verdict("GET", "/v1/status", headers, facts);
const post = (headers: Record<string, string>, path = "/v1/jobs", facts?: GuardContext) =>
  verdict("POST", path, { Host: HOST, "Content-Type": "application/json", ...headers }, facts);

describe("the recorded header sets", () => {
  test.each(recordedRequests(PORT, CHROMIUM, STRANGER))("$name: $expected", (recorded) => {
    const { method, path, headers, expected, code } = recorded;
    expect(verdict(method, path, headers)).toBe(expected === "authenticate" ? "pass" : code);
  });

  test("are fifteen", () => {
    expect(recordedRequests(PORT, CHROMIUM, STRANGER)).toHaveLength(15);
  });
});

describe("Host", () => {
  test.each([
    "127.0.0.1",
    `127.0.0.1:${PORT + 1}`,
    `[::1]:${PORT}`,
    `127.0.0.1.nip.io:${PORT}`,
    `${HOST}, ${HOST}`,
    "",
  ])("refuses %p", (host) => {
    expect(get({ Host: host, "Sec-Fetch-Site": "none" })).toBe("request.host");
  });

  test("is compared without case, as host names are", () => {
    expect(get({ Host: HOST.toUpperCase(), "Sec-Fetch-Site": "none" })).toBe("pass");
  });

  test("is required", () => {
    expect(get({ "Sec-Fetch-Site": "none" })).toBe("request.host");
  });

  test("comes before everything else", () => {
    const form = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", Origin: "null" };
    expect(verdict("POST", "/v1/jobs", { Host: "evil.example", ...form })).toBe("request.host");
  });
});

describe("the order of the rules", () => {
  const worst = {
    Host: HOST,
    Origin: "https://evil.example",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "iframe",
    "Sec-Fetch-Site": "cross-site",
    "Content-Type": "text/plain",
  };

  test.each([
    ["navigation", worst, "request.navigation"],
    ["destination", { ...worst, "Sec-Fetch-Mode": "cors" }, "request.destination"],
    ["Origin", { ...worst, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" }, "request.origin"],
    [
      "Content-Type",
      { ...worst, Origin: CHROMIUM, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" },
      "request.content-type",
    ],
  ])("%s is judged before what follows it", (_step, headers, code) => {
    expect(post(headers)).toBe(code);
  });
});

describe("a missing Origin", () => {
  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("is refused for %s", (method) => {
    const headers = { Host: HOST, "Sec-Fetch-Site": "none", "Content-Type": "application/json" };
    expect(verdict(method, "/v1/jobs", headers)).toBe("request.origin-missing");
  });

  test.each(["GET", "HEAD"])("is allowed for %s", (method) => {
    expect(verdict(method, "/v1/status", { Host: HOST, "Sec-Fetch-Site": "none" })).toBe("pass");
  });
});

describe("an Origin", () => {
  test.each([
    "null",
    "",
    "https://hr.example",
    "http://127.0.0.1:8100",
    FIREFOX,
    `${CHROMIUM}.evil`,
    `${CHROMIUM}/`,
    CHROMIUM.toUpperCase(),
    `${CHROMIUM}, ${CHROMIUM}`,
  ])("that is not exactly a paired one is refused: %p", (origin) => {
    expect(get({ Host: HOST, Origin: origin, "Sec-Fetch-Site": "none" })).toBe("request.origin");
  });

  test("whose pairing was withdrawn passes on to authentication, which tells it so", () => {
    expect(post({ Origin: FIREFOX }, "/v1/session", context({ former: FIREFOX }))).toBe("pass");
  });
});

describe("pairing routes", () => {
  const open = context({ pairing: true });

  test.each(["/v1/pair/start", "/v1/pair/confirm"])("%s takes an unpaired extension while pairing is open", (path) => {
    expect(post({ Origin: STRANGER }, path, open)).toBe("pass");
    expect(post({ Origin: FIREFOX }, path, open)).toBe("pass");
  });

  test.each(["/v1/pair/start", "/v1/pair/confirm"])("%s refuses one while pairing is closed", (path) => {
    expect(post({ Origin: STRANGER }, path)).toBe("pairing.not-open");
  });

  test.each([
    "/v1/pair",
    "/v1/pair/",
    "/v1/pairs",
    "/v1/pair/start/",
    "/v1/pair/start2",
    "/v1/pair/START",
    "//v1/pair/start",
    "/v1/pair/%73tart",
    "/v1/pair/confirm/../../status",
    "/v1/jobs",
    "/v1/session",
  ])("are compared exactly: %s is none", (path) => {
    expect(post({ Origin: STRANGER }, path, open)).toBe("request.origin");
  });

  test.each([
    "https://hr.example",
    "null",
    "safari-web-extension://abc",
    "chrome-extension://",
    "chrome-extension://a/b",
  ])("are for extensions only, not for %s", (origin) => {
    expect(post({ Origin: origin }, "/v1/pair/start", open)).toBe("request.origin");
  });
});

describe("a preflight", () => {
  const asked = { Host: HOST, "Access-Control-Request-Method": "POST" };

  test("of a paired origin is answered as one", () => {
    expect(verdict("OPTIONS", "/v1/jobs", { ...asked, Origin: CHROMIUM })).toBe("preflight");
  });

  test("of a page is refused like its request", () => {
    expect(verdict("OPTIONS", "/v1/jobs", { ...asked, Origin: "https://hr.example" })).toBe("request.origin");
  });
});

describe("Content-Type", () => {
  test.each([
    "application/json",
    "APPLICATION/JSON; charset=utf-8",
    "image/jpeg",
    "image/png",
    "application/octet-stream",
  ])("%s may be written", (type) => {
    expect(post({ Origin: CHROMIUM, "Content-Type": type })).toBe("pass");
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "text/plain, application/json",
    "",
  ])("%p may not", (type) => {
    expect(post({ Origin: CHROMIUM, "Content-Type": type })).toBe("request.content-type");
  });

  test("is asked of POST, PUT and PATCH, and not of DELETE", () => {
    const headers = { Host: HOST, Origin: CHROMIUM };
    for (const method of ["POST", "PUT", "PATCH"]) {
      expect(verdict(method, "/v1/jobs", headers)).toBe("request.content-type");
    }
    expect(verdict("DELETE", "/v1/terminals/x", headers)).toBe("pass");
  });
});

describe("a WebSocket upgrade", () => {
  const upgrade = { Host: HOST, Connection: "Upgrade", Upgrade: "websocket" };

  test("of a paired Chromium worker, which sends no Sec-Fetch headers, is refused for what it is", () => {
    expect(get({ ...upgrade, Origin: CHROMIUM })).toBe("request.upgrade");
  });

  test("of a page is refused for its origin", () => {
    expect(get({ ...upgrade, Origin: "https://hr.example" })).toBe("request.origin");
  });

  test("needs an Origin, which browsers always send with it", () => {
    expect(get({ ...upgrade, "Sec-Fetch-Site": "none" })).toBe("request.origin-missing");
  });
});
