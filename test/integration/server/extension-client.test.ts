import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { ConnectorClient } from "../../../extension/background/connection/client.ts";
import { ConnectorHttp } from "../../../extension/background/connection/http.ts";
import type { Identity, IdentityStore } from "../../../extension/background/connection/identity.ts";
import { pair } from "../../../extension/background/connection/pair.ts";
import { ApiBench, CHROMIUM } from "../../support/api-bench.ts";

class MemoryIdentity implements IdentityStore {
  identity: Identity | null = null;

  load(): Promise<Identity | null> {
    return Promise.resolve(this.identity);
  }

  save(identity: Identity): Promise<void> {
    this.identity = identity;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.identity = null;
    return Promise.resolve();
  }
}

/** As a Chromium worker with host permission sends it: Origin with what writes, and metadata that `fetch` would not let us set. */
const workerFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set("Sec-Fetch-Site", "none");
  if (init?.method !== "GET") headers.set("Origin", CHROMIUM);
  return fetch(input, { ...init, headers });
};

let bench: ApiBench;
let identities: MemoryIdentity;
let client: ConnectorClient;

const deps = () => ({
  http: new ConnectorHttp(workerFetch, 10_000),
  ports: [bench.port],
  isBlocked: () => Promise.resolve(false),
  now: () => bench.clock.now(),
});

beforeEach(async () => {
  bench = await ApiBench.start();
  identities = new MemoryIdentity();
  client = new ConnectorClient({ ...deps(), identities });
});
afterEach(() => bench.stop());

const pairNow = async (typed: string) => {
  await identities.save(await pair({ ...deps(), origin: CHROMIUM }, typed, "Chrome"));
};

describe("the extension's own client and the real connector", () => {
  beforeEach(async () => {
    const { code } = bench.server.pairing.open();
    await pairNow(`${code.slice(0, 5).toLowerCase()}-${code.slice(5)}`);
  });

  test("pair with the code as people type it, and show the same four words", () => {
    expect(bench.clients.list()).toEqual([expect.objectContaining({ fingerprint: identities.identity?.fingerprint })]);
  });

  test("understand each other in every kind of request", async () => {
    expect(await client.call("status.get")).toMatchObject({ ready: true });
    expect(await client.call("terminals.check", { params: { name: "Gate 1" } })).toMatchObject({ users: 0 });
    expect(await client.call("jobs.start", { body: { kind: "hr.deliver" } })).toEqual({ jobId: "job-1" });
    expect(await client.call("jobs.cancel", { params: { id: "job-1" } })).toEqual({ jobId: "job-1" });
    expect(await client.call("punches.list", { query: { from: "2026-11-01", limit: 5 } })).toEqual({ punches: [] });
    await client.call("terminals.remove", { params: { name: "Cổng 1" } });
    expect(bench.calls.map(({ id }) => id)).toEqual([
      "status.get",
      "terminals.check",
      "jobs.start",
      "jobs.cancel",
      "punches.list",
      "terminals.remove",
    ]);
  });

  test("seal what is secret", async () => {
    const body = { name: "Gate 2", address: "tcp://192.168.1.202:4370", commKey: 123456 };
    await client.call("terminals.add", { body });
    expect(bench.calls[0]?.input).toMatchObject({ body });
  });

  test("tell each other what failed, by code", async () => {
    await expect(client.call("jobs.get", { params: { id: "none" } })).rejects.toMatchObject({
      code: "jobs.unknown",
      details: { id: "none" },
    });
  });

  test("find together again after a restart and after a long pause", async () => {
    await client.call("status.get");
    await bench.restartServer();
    expect(await client.call("status.get")).toMatchObject({ ready: true });
    bench.clock.advance(60 * 60_000);
    expect(await client.call("status.get")).toMatchObject({ ready: true });
  });

  test("part when the pairing is withdrawn, and the extension can say so", async () => {
    await client.call("status.get");
    const [paired] = bench.clients.list();
    if (paired === undefined) throw new Error("nobody is paired");
    await bench.clients.revoke(paired.clientId, "cli");
    await expect(client.call("status.get")).rejects.toMatchObject({ code: "pairing.client-revoked" });
  });
});

test("a wrong code pairs neither side", async () => {
  bench.server.pairing.open();
  await expect(pairNow("00000-00000")).rejects.toMatchObject({ code: "pairing.wrong-code", details: { left: 4 } });
  expect(bench.clients.list()).toEqual([]);
});

test("without a code the extension hears that pairing is not open", async () => {
  await expect(pairNow("00000-00000")).rejects.toMatchObject({ code: "pairing.not-open" });
});
