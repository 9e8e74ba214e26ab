import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";
import { LIMITS } from "@tandem/contracts/http.ts";

import { ApiBench, CHROMIUM, FIREFOX } from "../../support/api-bench.ts";
import { ask, codeOf, type HttpAnswer } from "../../support/http.ts";
import type { PairedClient, SignedAnswer } from "../../support/paired-client.ts";

const TERMINAL = { name: "Gate 2", address: "tcp://192.168.1.202:4370", commKey: 123456 };

let bench: ApiBench;
let browser: PairedClient;

beforeEach(async () => {
  bench = await ApiBench.start();
  browser = await bench.connected();
});
afterEach(() => bench.stop());

const seen = (answer: HttpAnswer) => [answer.status, codeOf(answer)];
const signed = (answer: SignedAnswer) => [...seen(answer), answer.proven];

describe("a signed request", () => {
  test("reaches its handler as the contract has it, with the client that asks", async () => {
    const answer = await browser.call("GET", "/v1/punches?terminal=Gate%201&from=2026-11-01&limit=5");
    expect([answer.status, answer.json, answer.proven]).toEqual([200, { punches: [] }, true]);
    expect(bench.calls).toEqual([
      {
        id: "punches.list",
        input: { params: undefined, query: { terminal: "Gate 1", from: "2026-11-01", limit: 5 }, body: undefined },
        clientId: browser.clientId,
      },
    ]);
  });

  test("has its path parameters decoded", async () => {
    await browser.call("DELETE", "/v1/terminals/C%E1%BB%95ng%201", { headers: { Origin: CHROMIUM } });
    expect(bench.calls[0]?.input).toMatchObject({ params: { name: "Cổng 1" } });
  });

  test("without an answer body gets 204, signed as well", async () => {
    const answer = await browser.call("DELETE", "/v1/terminals/Gate%201");
    expect([answer.status, answer.text, answer.proven]).toEqual([204, "", true]);
  });

  test("may have an empty body where the route wants none", async () => {
    expect(signed(await browser.call("POST", "/v1/jobs/job-1/cancel"))).toEqual([200, null, true]);
  });

  test("works through CORS too, with the origin in the reply for that origin alone", async () => {
    const answer = await browser.call("GET", "/v1/status", {
      headers: { Origin: CHROMIUM, "Sec-Fetch-Site": "cross-site" },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": CHROMIUM,
      "access-control-expose-headers": "X-Signature, Retry-After",
      vary: "Origin",
    });
  });

  test("gets a reply without what the contract does not name", async () => {
    const answer = await browser.call("GET", "/v1/terminals");
    expect(answer.text).toContain("Gate 1");
    expect(answer.text).not.toContain("commKeyRef");
  });

  test("can ask for its own pairing, and gets no key with it", async () => {
    const answer = await browser.call("GET", "/v1/client");
    expect(answer.json).toMatchObject({ clientId: browser.clientId, origin: CHROMIUM });
    expect(answer.text).not.toContain("publicKey");
  });

  test("can ask for the OpenAPI document", async () => {
    const answer = await browser.call("GET", "/v1/openapi.json");
    expect(answer.json).toMatchObject({ openapi: "3.1.0", info: { version: "1.2.3" } });
  });
});

describe("a signature", () => {
  test.each([
    ["made with another key", { "X-Signature": `${"A".repeat(43)}=` }],
    ["of another sequence number", { "X-Seq": "99" }],
  ])("%s is refused", async (_what, headers) => {
    expect(seen(await browser.call("GET", "/v1/status", { headers }))).toEqual([401, "pairing.bad-signature"]);
    expect(bench.calls).toEqual([]);
  });

  test.each([
    ["method", { method: "DELETE" }],
    ["path", { path: "/v1/terminals/Gate%202" }],
    ["query", { path: "/v1/terminals/Gate%201?x=1" }],
  ])("does not cover another %s", async (_what, change) => {
    const original = { method: "GET", path: "/v1/terminals/Gate%201" };
    const headers = await signedHeaders(browser, original.method, original.path);
    const answer = await resend({ ...original, ...change }, headers);
    expect(seen(answer)).toEqual([401, "pairing.bad-signature"]);
  });

  test("does not cover another body", async () => {
    const headers = await signedHeaders(browser, "POST", "/v1/jobs", '{"kind":"hr.deliver"}');
    const answer = await resend({ method: "POST", path: "/v1/jobs" }, headers, '{"kind":"people.sync"}');
    expect(seen(answer)).toEqual([401, "pairing.bad-signature"]);
  });

  test.each([
    [{ Authorization: "" }],
    [{ Authorization: "Bearer x" }],
    [{ "X-Seq": "" }],
    [{ "X-Seq": "0" }],
    [{ "X-Seq": "-1" }],
    [{ "X-Seq": "1e3" }],
    [{ "X-Seq": "9".repeat(16) }],
    [{ "X-Signature": "" }],
    [{ "X-Signature": "short" }],
  ])("needs all three headers in their form: %j", async (headers) => {
    expect(seen(await browser.call("GET", "/v1/status", { headers }))).toEqual([401, "pairing.signature-missing"]);
  });

  test("belongs to its browser: another paired origin cannot use the session", async () => {
    await bench.connected(FIREFOX);
    const answer = await browser.call("GET", "/v1/status", { headers: { Origin: FIREFOX } });
    expect(seen(answer)).toEqual([401, "pairing.session-unknown"]);
  });
});

describe("a sequence number", () => {
  test("is used once", async () => {
    expect((await browser.call("GET", "/v1/status", { sequence: 7 })).status).toBe(200);
    expect(signed(await browser.call("GET", "/v1/status", { sequence: 7 }))).toEqual([401, "pairing.replayed", true]);
    expect(bench.calls).toHaveLength(1);
  });

  test("may be overtaken by up to 63 later ones", async () => {
    await browser.call("GET", "/v1/status", { sequence: 100 });
    expect((await browser.call("GET", "/v1/status", { sequence: 37 })).status).toBe(200);
    expect(seen(await browser.call("GET", "/v1/status", { sequence: 36 }))).toEqual([401, "pairing.replayed"]);
  });

  test("is not used up by a request that was not signed right", async () => {
    await browser.call("GET", "/v1/status", { sequence: 5, headers: { "X-Signature": `${"A".repeat(43)}=` } });
    expect((await browser.call("GET", "/v1/status", { sequence: 5 })).status).toBe(200);
  });
});

describe("a refusal within a session", () => {
  test.each([
    ["an unknown path", "GET", "/v1/nothing", {}, 404, "request.not-found"],
    ["a trailing slash", "GET", "/v1/status/", {}, 404, "request.not-found"],
    ["another case", "GET", "/v1/STATUS", {}, 404, "request.not-found"],
    ["a path that does not decode", "DELETE", "/v1/terminals/%zz", {}, 404, "request.not-found"],
    ["another method", "DELETE", "/v1/status", {}, 405, "request.method"],
    ["HEAD", "HEAD", "/v1/status", {}, 405, null],
    ["an error of the service", "GET", "/v1/jobs/none", {}, 404, "jobs.unknown"],
    ["a query of another shape", "GET", "/v1/punches?from=yesterday", {}, 400, "request.invalid"],
    ["a query given twice", "GET", "/v1/punches?from=2026-11-01&from=2026-11-02", {}, 400, "request.invalid"],
    ["a body of another shape", "POST", "/v1/jobs", { body: { kind: "format.disk" } }, 400, "request.invalid"],
    ["a missing body", "POST", "/v1/jobs", {}, 400, "request.malformed"],
    ["a body that is no JSON", "POST", "/v1/jobs", { raw: '{"kind": hr}' }, 400, "request.malformed"],
  ])("for %s is coded and signed", async (_what, method, path, options, status, code) => {
    const answer = await browser.call(method, path, options);
    expect(seen(answer)).toEqual([status, code]);
    // A reply to HEAD has no body to read the signature's text from.
    if (method !== "HEAD") expect(answer.proven).toBe(true);
    expect(bench.calls).toEqual([]);
  });

  test("is problem+json with code, status and details", async () => {
    const answer = await browser.call("GET", "/v1/jobs/none");
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json).toEqual({
      type: "urn:tandem:error:jobs.unknown",
      title: expect.any(String),
      status: 404,
      code: "jobs.unknown",
      details: { id: "none" },
    });
  });

  test.each([
    [{ ...TERMINAL, zone: "Asia/Saigon_City" }, "zone", /IANA/],
    [{ ...TERMINAL, address: "tcp://192.168.1.202:70000" }, "address", /port between 1 and 65535/],
    [{ ...TERMINAL, address: "http://192.168.1.202" }, "address", /tcp:\/\/HOST:PORT/],
    [{ ...TERMINAL, commKey: -1 }, "commKey", /./],
    [{ ...TERMINAL, name: "a/b" }, "name", /letters/],
    [{ address: TERMINAL.address }, "name", /./],
  ])("names the field and what is wrong with it: %j", async (body, field, problem) => {
    const answer = await browser.call("POST", "/v1/terminals", { sealed: true, body });
    expect(answer.json).toMatchObject({
      code: "request.invalid",
      details: { field, problem: expect.stringMatching(problem) },
    });
    expect(bench.calls).toEqual([]);
  });

  test("of malformed JSON names the line", async () => {
    const answer = await browser.call("POST", "/v1/jobs", { raw: '{\n"kind": "hr.deliver",\n}' });
    expect(answer.json).toMatchObject({ code: "request.malformed", details: { line: 3 } });
  });
});

describe("what fails unexpectedly", () => {
  test("is told as such, logged with its cause, and shows nothing of it", async () => {
    bench.failure = new Error("SELECT secret FROM vault");
    const answer = await browser.call("GET", "/v1/status");
    expect(signed(answer)).toEqual([500, "internal.unexpected", true]);
    expect(answer.text).not.toContain("SELECT");
    expect(answer.text).not.toContain(".ts:");
    expect(bench.logged).toEqual([{ err: bench.failure }]);
  });

  test("is not logged when it is one of the product's own errors", async () => {
    bench.failure = new TandemError("store.disk-full");
    expect(signed(await browser.call("GET", "/v1/status"))).toEqual([507, "store.disk-full", true]);
    expect(bench.logged).toEqual([]);
  });
});

describe("a sealed route", () => {
  const path = "/v1/terminals";

  test("opens the body that this session sealed for this request", async () => {
    const answer = await browser.call("POST", path, { sealed: true, body: TERMINAL });
    expect(signed(answer)).toEqual([200, null, true]);
    expect(bench.calls[0]?.input).toMatchObject({ body: { ...TERMINAL, mode: "shadow", direction: "auto" } });
  });

  test("refuses a body in the clear, even a valid one", async () => {
    const answer = await browser.call("POST", path, { body: TERMINAL });
    expect(signed(answer)).toEqual([400, "pairing.seal-required", true]);
    expect(bench.calls).toEqual([]);
  });

  test("refuses a body that was sealed for another request", async () => {
    const sealed = await sealedFor(browser, "POST", path, TERMINAL);
    const answer = await browser.call("POST", path, { raw: sealed });
    expect(signed(answer)).toEqual([400, "pairing.seal-broken", true]);
  });

  test("refuses a body whose ciphertext was changed", async () => {
    const changed = JSON.stringify({
      iv: Buffer.alloc(12).toString("base64"),
      sealed: Buffer.alloc(40).toString("base64"),
    });
    expect(seen(await browser.call("POST", path, { raw: changed }))).toEqual([400, "pairing.seal-broken"]);
    const short = JSON.stringify({ iv: Buffer.alloc(12).toString("base64"), sealed: "AAAA" });
    expect(seen(await browser.call("POST", path, { raw: short }))).toEqual([400, "pairing.seal-broken"]);
  });
});

describe("limits", () => {
  const big = "x".repeat(LIMITS.jsonBytes);

  test("a body of exactly 1 MiB is read", async () => {
    const wrapped = JSON.stringify({ kind: "hr.deliver", pad: "" });
    const pad = "x".repeat(LIMITS.jsonBytes - wrapped.length);
    const answer = await browser.call("POST", "/v1/jobs", { body: { kind: "hr.deliver", pad } });
    expect(answer.status).toBe(200);
  });

  test("a larger one is refused by its announced length, and the refusal arrives", async () => {
    const answer = await browser.call("POST", "/v1/jobs", { raw: `${big}x` });
    expect([...signed(answer), answer.json]).toEqual([
      413,
      "request.too-large",
      true,
      expect.objectContaining({ details: { limit: LIMITS.jsonBytes } }),
    ]);
    expect(bench.calls).toEqual([]);
  });

  test("a larger one without a length is refused while it streams in, and the refusal arrives", async () => {
    const headers = await signedHeaders(browser, "POST", "/v1/jobs");
    const outgoing = request({
      host: "127.0.0.1",
      port: bench.port,
      method: "POST",
      path: "/v1/jobs",
      headers: { ...headers, "Transfer-Encoding": "chunked" },
    });
    for (let part = 0; part < 5; part += 1) outgoing.write(big);
    outgoing.end();
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    expect(response).toMatchObject({ statusCode: 413 });
    expect(await textOf(response)).toContain("request.too-large");
  });

  test("a connection survives a refusal and serves the next request", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { ...(await signedHeaders(browser, "POST", "/v1/jobs")) };
    const refused = await ask(bench.port, { method: "POST", path: "/v1/jobs", headers, body: `${big}x`, agent });
    const next = await ask(bench.port, { path: "/v1/status", headers: browser.headers("GET"), agent });
    expect([refused.status, next.status]).toEqual([413, 401]);
    expect(next.localPort).toBe(refused.localPort);
    agent.destroy();
  });

  test("a compressed body is refused, because nobody knows how large it gets", async () => {
    const answer = await browser.call("POST", "/v1/jobs", { raw: "{}", headers: { "Content-Encoding": "gzip" } });
    expect(seen(answer)).toEqual([415, "request.content-type"]);
  });

  test("50 requests within a second are answered, the next gets 429 and when to come again", async () => {
    for (let count = 1; count <= LIMITS.requestsPerSecond; count += 1) {
      expect((await browser.call("GET", "/v1/status")).status).toBe(200);
    }
    const refused = await browser.call("GET", "/v1/status");
    expect([...signed(refused), refused.headers["retry-after"]]).toEqual([429, "request.rate", true, "1"]);
    bench.clock.advance(1000);
    expect((await browser.call("GET", "/v1/status")).status).toBe(200);
  });

  test("the rate of one client does not slow another", async () => {
    const other = await bench.connected(FIREFOX);
    for (let count = 0; count <= LIMITS.requestsPerSecond; count += 1) await browser.call("GET", "/v1/status");
    expect((await other.call("GET", "/v1/status")).status).toBe(200);
  });

  test("requests without a valid signature do not use up a client's rate", async () => {
    const headers = { "X-Signature": `${"A".repeat(43)}=` };
    for (let count = 0; count < 60; count += 1) await browser.call("GET", "/v1/status", { headers });
    expect((await browser.call("GET", "/v1/status")).status).toBe(200);
  });
});

describe("a slow sender", () => {
  let slow: ApiBench;

  beforeEach(async () => {
    slow = await ApiBench.start({ headersMs: 100, requestMs: 200 });
  });
  afterEach(() => slow.stop());

  test.each([
    ["headers", "GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1"],
    ["a body", "POST /v1/pair/start HTTP/1.1\r\nContent-Length: 10\r\n\r\n{"],
  ])("is told so and cut off when %s do not arrive in time", async (_what, begun) => {
    const socket = connect(slow.port, "127.0.0.1");
    socket.write(begun);
    const answer = await textOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 4(08|21) /);
  });
});

describe("stopping", () => {
  test("does not wait for a client that holds its connection open", async () => {
    const socket = connect(bench.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("GET /v1/status HTTP/1.1\r\n");
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    // A reset is one way to be cut off.
    socket.on("error", () => undefined);
    const stopped = bench.server.stop();
    bench.clock.advance(1000);
    await Promise.all([stopped, closed]);
    await bench.startServer();
  });

  test("frees the port at once", async () => {
    await bench.restartServer();
    await browser.open(bench.now);
    expect((await browser.call("GET", "/v1/status")).status).toBe(200);
  });
});

/** Headers of a request as this client signs it, without sending it. */
function signedHeaders(client: PairedClient, method: string, path: string, body = ""): Promise<Record<string, string>> {
  return client.sign(method, path, body, (client.session.sequence += 1));
}

function resend(
  target: { method: string; path: string },
  headers: Record<string, string>,
  body?: string,
): Promise<HttpAnswer> {
  return ask(bench.port, {
    ...target,
    headers: { ...headers, Origin: CHROMIUM, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
}

/** The sealed body of the client's next request, as a program that took it off the wire would have it. */
function sealedFor(client: PairedClient, method: string, path: string, body: unknown): Promise<string> {
  return client.seal(method, path, client.session.sequence + 2, JSON.stringify(body));
}
