import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { PROTOCOL_VERSION, SESSION } from "@tandem/contracts/protocol.ts";

import { ApiBench, CHROMIUM, FIREFOX } from "../../support/api-bench.ts";
import { codeOf, type HttpAnswer } from "../../support/http.ts";
import { PairedClient } from "../../support/paired-client.ts";

const PATH = "/v1/session";

let bench: ApiBench;
let browser: PairedClient;

beforeEach(async () => {
  bench = await ApiBench.start();
  browser = await bench.connected();
});
afterEach(() => bench.stop());

const status = (client = browser) => client.call("GET", "/v1/status");
const seen = ({ status: http, ...answer }: HttpAnswer) => [http, codeOf(answer)];
const minutes = (count: number) => bench.clock.advance(count * 60_000);

/** Sends an offer with other facts, signed as they are. */
async function offered(before: object, after: object = {}): Promise<HttpAnswer> {
  const { body } = await browser.offer(bench.now, before);
  return browser.post(PATH, { ...body, ...after });
}

describe("opening a session", () => {
  test("is answered with the connector's own proof and a limit of eight hours", async () => {
    const answer = await browser.open(bench.now);
    expect(answer.json).toMatchObject({
      serverTime: bench.now,
      expiresAt: new Date(bench.clock.now() + SESSION.absoluteMs).toISOString(),
    });
    expect((await status()).proven).toBe(true);
  });

  test("notes when the client was seen, but not each time, because that is a synced file", async () => {
    const first = bench.now;
    expect(bench.clients.list()[0]?.lastSeenAt).toBe(first);
    minutes(9);
    await browser.open(bench.now);
    expect(bench.clients.list()[0]?.lastSeenAt).toBe(first);
    minutes(1);
    await browser.open(bench.now);
    expect(bench.clients.list()[0]?.lastSeenAt).toBe(bench.now);
  });

  test.each([
    ["an unknown client", { clientId: "nobody" }, {}, "pairing.client-unknown"],
    ["an offer for another port", { port: 1 }, {}, "pairing.bad-signature"],
    ["an offer of six minutes ago", { issuedAt: "2026-11-24T07:53:59.999Z" }, {}, "pairing.bad-signature"],
    ["an offer of tomorrow", { issuedAt: "2026-11-25T08:00:00.000Z" }, {}, "pairing.bad-signature"],
    ["a nonce that was not signed", {}, { nonce: Buffer.alloc(32).toString("base64") }, "pairing.bad-signature"],
    ["a half that was not signed", {}, { ephemeral: Buffer.alloc(32, 9).toString("base64") }, "pairing.bad-signature"],
    ["no real signature", {}, { signature: Buffer.alloc(64).toString("base64") }, "pairing.bad-signature"],
  ])("is refused for %s", async (_what, before, after, code) => {
    expect(seen(await offered(before, after))).toEqual([401, code]);
  });

  test("is refused for another version of the protocol", async () => {
    expect(seen(await offered({}, { protocol: PROTOCOL_VERSION + 1 }))).toEqual([400, "pairing.protocol"]);
  });

  test("is refused for a key half with which every secret would be zero", async () => {
    expect(seen(await offered({ ephemeral: Buffer.alloc(32).toString("base64") }))).toEqual([400, "request.invalid"]);
  });

  test("is refused from another origin, even with the right key", async () => {
    await new PairedClient(bench.port, FIREFOX).pair(bench.server.pairing.open().code);
    expect(seen(await browser.as(FIREFOX).open(bench.now))).toEqual([401, "pairing.client-unknown"]);
  });

  test("is refused when the same offer comes again", async () => {
    const { body } = await browser.offer(bench.now);
    expect((await browser.post(PATH, body)).status).toBe(200);
    expect(seen(await browser.post(PATH, body))).toEqual([401, "pairing.replayed"]);
    minutes(4);
    expect(seen(await browser.post(PATH, body))).toEqual([401, "pairing.replayed"]);
    minutes(7);
    expect(seen(await browser.post(PATH, body))).toEqual([401, "pairing.bad-signature"]);
  });
});

describe("failures to open a session", () => {
  const fail = () => offered({ clientId: "nobody" });

  test("block the origin for 60 seconds after the tenth within a minute, and say how long", async () => {
    for (let failure = 1; failure <= 10; failure += 1)
      expect(seen(await fail())).toEqual([401, "pairing.client-unknown"]);
    const blocked = await browser.open(bench.now);
    expect([...seen(blocked), blocked.headers["retry-after"]]).toEqual([429, "request.rate", "60"]);
    bench.clock.advance(59_000);
    expect((await browser.open(bench.now)).headers["retry-after"]).toBe("1");
    bench.clock.advance(1000);
    expect((await browser.open(bench.now)).status).toBe(200);
  });

  test("block no other origin", async () => {
    const firefox = await bench.connected(FIREFOX);
    for (let failure = 1; failure <= 10; failure += 1) await fail();
    expect((await firefox.open(bench.now)).status).toBe(200);
  });

  test("leave an open session alone", async () => {
    for (let failure = 1; failure <= 10; failure += 1) await fail();
    expect((await status()).status).toBe(200);
  });

  test("stand in the audit log, at most ten a minute", async () => {
    for (let failure = 1; failure <= 15; failure += 1) await fail();
    const refused = (await bench.audited()).filter(({ outcome }) => outcome === "refused");
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ action: "session.open", subject: CHROMIUM });
  });
});

describe("the end of a session", () => {
  test("comes after 15 minutes without a request", async () => {
    minutes(14);
    expect((await status()).status).toBe(200);
    minutes(15);
    expect(seen(await status())).toEqual([401, "pairing.session-expired"]);
    expect(seen(await status())).toEqual([401, "pairing.session-unknown"]);
  });

  test("comes after eight hours, however busy it is", async () => {
    for (let passed = 0; passed < 8 * 60 - 10; passed += 10) {
      minutes(10);
      expect((await status()).status).toBe(200);
    }
    minutes(10);
    expect(seen(await status())).toEqual([401, "pairing.session-expired"]);
  });

  test("comes with a new start of the connector", async () => {
    await bench.restartServer();
    expect(seen(await status())).toEqual([401, "pairing.session-unknown"]);
  });

  test("comes for the oldest when one client opens more than 32", async () => {
    const oldest = browser.as(CHROMIUM);
    for (let count = 1; count <= 32; count += 1) await browser.open(bench.now);
    expect(seen(await status(oldest))).toEqual([401, "pairing.session-unknown"]);
    expect((await status()).status).toBe(200);
  });

  test("is not brought on by requests that are not signed right", async () => {
    minutes(14);
    await browser.call("GET", "/v1/status", { headers: { "X-Signature": `${"A".repeat(43)}=` } });
    minutes(1);
    expect(seen(await status())).toEqual([401, "pairing.session-expired"]);
  });
});

describe("withdrawing a client", () => {
  beforeEach(async () => {
    const [client] = bench.clients.list();
    if (client === undefined) throw new Error("nobody is paired");
    await bench.clients.revoke(client.clientId, "cli");
  });

  test("ends its sessions with the next request, which says why", async () => {
    expect(seen(await status())).toEqual([401, "pairing.client-revoked"]);
    expect(bench.calls).toEqual([]);
  });

  test("lets it open no new one", async () => {
    expect(seen(await browser.open(bench.now))).toEqual([401, "pairing.client-revoked"]);
  });

  test("takes its origin out of health and CORS", async () => {
    const answer = await browser.call("GET", "/v1/health", { headers: { Origin: CHROMIUM } });
    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("does not keep it from pairing again", async () => {
    expect((await browser.pair(bench.server.pairing.open().code)).status).toBe(200);
    expect((await browser.open(bench.now)).status).toBe(200);
  });

  test("stands in the audit log once, however often it is done", async () => {
    const [client] = bench.clients.list();
    if (client === undefined) throw new Error("nobody is paired");
    await bench.clients.revoke(client.clientId, "cli");
    const entries = (await bench.audited()).filter(({ action }) => action === "clients.revoke");
    expect(entries).toEqual([expect.objectContaining({ subject: client.clientId, outcome: "succeeded" })]);
  });
});
