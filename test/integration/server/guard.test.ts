import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";

import { ApiBench, CHROMIUM, FIREFOX } from "../../support/api-bench.ts";
import { ask, codeOf, type HttpAnswer } from "../../support/http.ts";
import { recordedRequests } from "../../support/recorded-requests.ts";

const STRANGER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba";

let bench: ApiBench;

beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.connected();
});
afterAll(() => bench.stop());

const recorded = () => recordedRequests(bench.port, CHROMIUM, STRANGER);
const names = recordedRequests(1, CHROMIUM, STRANGER).map(({ name }) => name);

function expectStandingHeaders({ headers }: HttpAnswer): void {
  expect(headers).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
  });
  for (const name of ["set-cookie", "x-powered-by", "server", "etag"]) expect(headers).not.toHaveProperty(name);
}

describe("the recorded requests on a real socket", () => {
  test.each(names)("%s", async (name) => {
    const [one] = recorded().filter((request) => request.name === name);
    if (one === undefined) throw new Error(name);
    const body = ["POST", "PUT"].includes(one.method) ? { body: "{}" } : {};
    const answer = await ask(bench.port, { ...one, ...body });
    expect([answer.status, codeOf(answer)]).toEqual([one.expected === "authenticate" ? 401 : one.expected, one.code]);
    expectStandingHeaders(answer);
  });
});

interface Hostile {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly status: number;
  /** Applies to requests without one of these methods only. */
  readonly except?: readonly string[];
}

/** What a page, a frame, another extension, a rebound name or a form can make a browser send. */
function hostile(): readonly Hostile[] {
  const Host = `127.0.0.1:${bench.port}`;
  const cors = { "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Content-Type": "application/json" };
  const crossSite = { ...cors, "Sec-Fetch-Site": "cross-site" };
  return [
    { name: "another page", headers: { Host, Origin: "https://evil.example", ...crossSite }, status: 403 },
    { name: "the HR page", headers: { Host, Origin: "https://hr.example", ...crossSite }, status: 403 },
    { name: "a page of this PC", headers: { Host, Origin: "http://127.0.0.1:3000", ...cors }, status: 403 },
    { name: "the connector's own name", headers: { Host, Origin: `http://${Host}`, ...cors }, status: 403 },
    { name: "a sandboxed frame", headers: { Host, Origin: "null", ...crossSite }, status: 403 },
    { name: "another extension", headers: { Host, Origin: STRANGER, ...cors, "Sec-Fetch-Site": "none" }, status: 403 },
    { name: "a Firefox extension", headers: { Host, Origin: FIREFOX, ...cors, "Sec-Fetch-Site": "none" }, status: 403 },
    {
      name: "a form",
      headers: {
        Host,
        Origin: "null",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
        "Content-Type": "application/x-www-form-urlencoded",
      },
      status: 403,
    },
    {
      name: "a link",
      headers: { Host, "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" },
      status: 403,
    },
    {
      name: "a script tag",
      headers: { Host, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" },
      status: 403,
    },
    { name: "a rebound name", headers: { ...cors, Host: `evil.example:${bench.port}` }, status: 421 },
    {
      name: "a rebound name with a paired origin",
      headers: { ...cors, Host: `evil.example:${bench.port}`, Origin: CHROMIUM },
      status: 421,
    },
    { name: "localhost", headers: { ...cors, Host: `localhost:${bench.port}`, Origin: CHROMIUM }, status: 421 },
    { name: "no Host port", headers: { ...cors, Host: "127.0.0.1", Origin: CHROMIUM }, status: 421 },
    { name: "curl", headers: { Host, "Content-Type": "application/json" }, status: 403 },
    {
      name: "a simple text post",
      headers: { Host, Origin: CHROMIUM, "Sec-Fetch-Site": "none", "Content-Type": "text/plain" },
      status: 415,
      except: ["GET", "DELETE"],
    },
    {
      name: "a paired browser without a signature",
      headers: { Host, Origin: CHROMIUM, ...cors, "Sec-Fetch-Site": "none" },
      status: 401,
    },
    {
      name: "a paired browser with a made-up session",
      headers: {
        Host,
        Origin: CHROMIUM,
        ...cors,
        Authorization: "Session 3f0f1f9e-0000-4000-8000-000000000000",
        "X-Seq": "1",
        "X-Signature": `${"A".repeat(43)}=`,
      },
      status: 401,
    },
  ];
}

const routes: [string, RouteSpec][] = Object.entries(ROUTES);

describe.each(routes)("%s", (_id, spec) => {
  const path = spec.path.replace(/:\w+/g, "x");
  const body = ["POST", "PUT"].includes(spec.method) ? { body: "{}" } : {};

  test("answers every hostile request as in the truth table", async () => {
    for (const { name, headers, status, except = [] } of hostile()) {
      if (except.includes(spec.method)) continue;
      const answer = await ask(bench.port, { method: spec.method, path, headers, ...body });
      // Routes before a session have no signature to miss; a paired browser reaches their own checks.
      if (status === 401 && spec.auth !== "session") continue;
      expect([name, answer.status]).toEqual([name, status]);
      expectStandingHeaders(answer);
      if (headers["Origin"] !== CHROMIUM) expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });
});

describe("routes that come before a session", () => {
  const paired = (method: string) => ({
    method,
    headers: {
      Host: `127.0.0.1:${bench.port}`,
      Origin: CHROMIUM,
      "Sec-Fetch-Site": "none",
      "Content-Type": "application/json",
    },
  });

  test("pairing is not open because the connector has been started", async () => {
    for (const path of ["/v1/pair/start", "/v1/pair/confirm"]) {
      const body = path.endsWith("confirm")
        ? { mac: Buffer.alloc(32).toString("base64") }
        : {
            protocol: 1,
            clientPublicKey: Buffer.alloc(32).toString("base64"),
            clientNonce: Buffer.alloc(32).toString("base64"),
            label: "x",
          };
      const answer = await ask(bench.port, { ...paired("POST"), path, body: JSON.stringify(body) });
      expect([answer.status, codeOf(answer)]).toEqual([403, "pairing.not-open"]);
    }
  });

  test("health answers 204 to a paired origin", async () => {
    const answer = await ask(bench.port, { ...paired("GET"), path: "/v1/health" });
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expectStandingHeaders(answer);
  });

  test("health tells nothing to a request without Origin, which might be anybody's", async () => {
    const headers = { Host: `127.0.0.1:${bench.port}`, "Sec-Fetch-Site": "none" };
    expect((await ask(bench.port, { path: "/v1/health", headers })).status).toBe(401);
  });
});

describe("what the guard lets through without a valid signature", () => {
  test.each([
    ["GET", "/"],
    ["GET", "/v1/nothing-here"],
    ["GET", "/v1/terminals/%zz"],
    ["DELETE", "/v1/pair/start"],
    ["GET", "/v1/pair/start"],
    ["GET", "/v1/health/"],
    ["GET", "/V1/HEALTH"],
    ["HEAD", "/v1/status"],
    ["GET", "/../../etc/passwd"],
  ])("%s %s gets 401, so that nobody learns which paths there are", async (method, path) => {
    const headers = { Host: `127.0.0.1:${bench.port}`, Origin: CHROMIUM, "Sec-Fetch-Site": "none" };
    expect((await ask(bench.port, { method, path, headers })).status).toBe(401);
  });

  test("is not read: the answer comes while the body is still missing", async () => {
    const socket = connect(bench.port, "127.0.0.1");
    const head = [
      "POST /v1/jobs HTTP/1.1",
      `Host: 127.0.0.1:${bench.port}`,
      `Origin: ${CHROMIUM}`,
      "Content-Type: application/json",
      "Content-Length: 1000",
      "Expect: 100-continue",
      "",
      "",
    ];
    socket.write(head.join("\r\n"));
    const [first] = await new Promise<Buffer[]>((resolve) => socket.once("data", (data: Buffer) => resolve([data])));
    socket.destroy();
    expect(first?.toString()).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe("preflights", () => {
  const asked = (origin: string) =>
    ask(bench.port, {
      method: "OPTIONS",
      path: "/v1/jobs",
      headers: {
        Host: `127.0.0.1:${bench.port}`,
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-seq,x-signature",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Dest": "empty",
      },
    });

  test("of a paired origin are allowed what a signed request needs, for that origin alone", async () => {
    const answer = await asked(CHROMIUM);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": CHROMIUM,
      vary: "Origin",
      "access-control-allow-headers": "Authorization, Content-Type, X-Seq, X-Signature",
      "access-control-allow-methods": "GET, POST, PUT, DELETE",
    });
    expectStandingHeaders(answer);
  });

  test.each([STRANGER, "https://hr.example", "null"])("of %s are refused and allowed nothing", async (origin) => {
    const answer = await asked(origin);
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("what is no ordinary request", () => {
  async function raw(text: string): Promise<string> {
    const socket = connect(bench.port, "127.0.0.1");
    socket.write(text);
    return textOf(socket);
  }
  const host = () => `Host: 127.0.0.1:${bench.port}\r\n`;
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n";
  const closing = "Sec-Fetch-Site: none\r\nConnection: close\r\n";

  test("a WebSocket upgrade is refused, from a paired origin as from any other", async () => {
    for (const origin of [CHROMIUM, "https://hr.example"]) {
      const headers = {
        Host: `127.0.0.1:${bench.port}`,
        Origin: origin,
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
      };
      const answer = await ask(bench.port, { path: "/v1/status", headers });
      expect([answer.status, codeOf(answer)]).toEqual([
        403,
        origin === CHROMIUM ? "request.upgrade" : "request.origin",
      ]);
      expectStandingHeaders(answer);
    }
    expect(upgrade).toContain("websocket");
  });

  test("a request without Host gets the guard's answer", async () => {
    expect(await raw(`GET /v1/status HTTP/1.1\r\n${closing}\r\n`)).toMatch(/^HTTP\/1\.1 421 /);
  });

  test("two Hosts are one too many", async () => {
    const answer = await raw(`GET /v1/status HTTP/1.1\r\n${host()}Host: evil.example\r\n${closing}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  });

  test("a whole URL as target reaches no route", async () => {
    const answer = await raw(
      `POST http://evil.example/v1/pair/start HTTP/1.1\r\n${host()}Origin: ${STRANGER}\r\nContent-Length: 0\r\n` +
        `Content-Type: application/json\r\n${closing}\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain("request.origin");
  });

  test("CONNECT opens no tunnel", async () => {
    expect(await raw(`CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host()}\r\n`)).toBe("");
  });

  test("what is not HTTP gets a coded answer with the same headers", async () => {
    const answer = await raw("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("Cache-Control: no-store");
    expect(answer).toContain("request.not-http");
  });

  test("headers without end get a coded answer", async () => {
    const answer = await raw(`GET /v1/status HTTP/1.1\r\n${host()}X-Long: ${"a".repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain("request.headers-too-large");
  });
});
