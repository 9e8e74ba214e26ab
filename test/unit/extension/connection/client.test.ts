import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";
import { SESSION } from "@tandem/contracts/protocol.ts";

import { Bench, STATUS } from "./support.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.start();
  bench.connector.answer("status.get", () => STATUS);
  await bench.paired();
});
afterEach(() => bench.stop());

describe("the connector client", () => {
  test("opens one session and signs every request", async () => {
    const client = bench.client();
    await expect(client.call("status.get")).resolves.toEqual(STATUS);
    await client.call("status.get");
    expect(bench.connector.sessionsOpened).toBe(1);
    expect(bench.connector.calls).toEqual(["GET /v1/status", "GET /v1/status"]);
  });

  test("shares one handshake between callers at the same time", async () => {
    const client = bench.client();
    await Promise.all(Array.from({ length: 10 }, () => client.call("status.get")));
    expect(bench.connector.sessionsOpened).toBe(1);
    expect(bench.connector.calls).toHaveLength(10);
  });

  test("signs path parameters and queries as they go on the wire", async () => {
    bench.connector.answer("punches.list", ({ query }) => {
      expect(query).toEqual({ terminal: "Cổng 1 & kho", from: "2026-11-01", to: "2026-11-30" });
      return { punches: [] };
    });
    bench.connector.answer("terminals.check", ({ params }) => {
      throw new TandemError("terminal.unknown", { name: params["name"] ?? "" });
    });
    const client = bench.client();
    await client.call("punches.list", {
      query: { from: "2026-11-01", to: "2026-11-30", terminal: "Cổng 1 & kho" },
    });
    await expect(client.call("terminals.check", { params: { name: "Cổng #1?" } })).rejects.toMatchObject({
      code: "terminal.unknown",
      details: { name: "Cổng #1?" },
    });
  });

  test("never lets a parameter climb to another route", async () => {
    await expect(bench.client().call("jobs.get", { params: { id: ".." } })).rejects.toMatchObject({
      code: "request.invalid",
    });
    expect(bench.connector.calls).toEqual([]);
  });

  test("seals a body that carries credentials", async () => {
    const terminal = { name: "Gate", address: "tcp://192.168.1.201:4370", commKey: 123456 };
    bench.connector.answer("terminals.add", ({ body }) => {
      expect(body).toEqual(terminal);
      throw new TandemError("terminal.exists", { name: "Gate" });
    });
    await expect(bench.client().call("terminals.add", { body: terminal })).rejects.toMatchObject({
      code: "terminal.exists",
    });
  });

  test("is refused without a pairing, and asks nobody", async () => {
    await bench.identities.clear();
    const before = bench.connector.visits.length;
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "pairing.client-unknown" });
    expect(bench.connector.visits).toHaveLength(before);
  });

  test("sends nothing to a program that cannot prove the connector's key", async () => {
    bench.connector.faults.strangerSigns = true;
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "pairing.connector-not-proven" });
    expect(bench.connector.calls).toEqual([]);
    expect(bench.connector.visits).toEqual(["POST /v1/session"]);
  });

  test.each(["wrong", "missing"] as const)("believes no reply with a %s signature", async (replySignature) => {
    bench.connector.faults.replySignature = replySignature;
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "pairing.connector-not-proven" });
  });

  test("opens a new session when the connector has forgotten the old one", async () => {
    const client = bench.client();
    await client.call("status.get");
    bench.connector.endSessions();
    await expect(client.call("status.get")).resolves.toEqual(STATUS);
    expect(bench.connector.sessionsOpened).toBe(2);
  });

  test("repeats even a POST that was refused because the session had ended", async () => {
    const client = bench.client();
    await client.call("status.get");
    bench.connector.endSessions();
    bench.connector.answer("jobs.start", () => ({ jobId: "job-1" }));
    await expect(client.call("jobs.start", { body: { kind: "terminals.pull" } })).resolves.toEqual({ jobId: "job-1" });
    expect(bench.connector.calls.filter((call) => call === "POST /v1/jobs")).toHaveLength(1);
  });

  test("proves the connector again after a broken connection before it repeats a read", async () => {
    const client = bench.client();
    await client.call("status.get");
    bench.connector.faults.hangUps = 1;
    await expect(client.call("status.get")).resolves.toEqual(STATUS);
    expect(bench.connector.sessionsOpened).toBe(2);
  });

  test("never repeats a POST whose connection broke, because it may have been done", async () => {
    bench.connector.answer("jobs.start", () => ({ jobId: "job-1" }));
    const client = bench.client();
    await client.call("status.get");
    bench.connector.faults.hangUps = 1;
    await expect(client.call("jobs.start", { body: { kind: "terminals.pull" } })).rejects.toMatchObject({
      code: "browser.connector-offline",
    });
    expect(bench.connector.calls).not.toContain("POST /v1/jobs");
  });

  test("gives up after one repeat", async () => {
    bench.connector.faults.hangUps = 5;
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "browser.connector-offline" });
    expect(bench.connector.faults.hangUps).toBe(3);
  });

  test("follows a connector that was killed and started again", async () => {
    const client = bench.client();
    await client.call("status.get");
    await bench.connector.restart();
    await expect(client.call("status.get")).resolves.toEqual(STATUS);
  });

  test("is offline while the connector is down, and works again afterwards", async () => {
    const client = bench.client();
    await bench.connector.stop();
    await expect(client.call("status.get")).rejects.toMatchObject({ code: "browser.connector-offline" });
    await bench.connector.restart();
    await expect(client.call("status.get")).resolves.toEqual(STATUS);
  });

  test("says that the browser is why nothing answers", async () => {
    await bench.connector.stop();
    bench.blocked = true;
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "browser.connector-blocked" });
  });

  test("keeps its session when the connector answers with an ordinary error", async () => {
    bench.connector.answer("jobs.get", () => {
      throw new TandemError("jobs.unknown");
    });
    const client = bench.client();
    await expect(client.call("jobs.get", { params: { id: "job-1" } })).rejects.toMatchObject({ code: "jobs.unknown" });
    await client.call("status.get");
    expect(bench.connector.sessionsOpened).toBe(1);
  });

  test("opens a new session after a quiet quarter of an hour instead of sending a body in vain", async () => {
    const client = bench.client();
    await client.call("status.get");
    bench.nowMs += SESSION.idleMs;
    await client.call("status.get");
    expect(bench.connector.sessionsOpened).toBe(2);
  });

  test("finds the connector on another port, past a stranger, and remembers it", async () => {
    const stranger = await bench.stranger(404, "{}");
    const identity = bench.identities.saved;
    if (identity === null) throw new Error("not paired");
    bench.identities.saved = { ...identity, port: stranger.port };
    bench.ports = [stranger.port, await bench.deadPort(), bench.connector.port];
    await expect(bench.client().call("status.get")).resolves.toEqual(STATUS);
    expect(bench.identities.saved.port).toBe(bench.connector.port);
  });

  test("tells a withdrawn pairing from a stranger on another port", async () => {
    const stranger = await bench.stranger(404, "{}");
    bench.ports = [stranger.port, bench.connector.port];
    bench.connector.faults.refuseSession = "pairing.client-revoked";
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "pairing.client-revoked" });
  });

  test("calls a proven reply of another shape a version problem", async () => {
    bench.connector.answer("status.get", () => ({ hello: "future" }));
    await expect(bench.client().call("status.get")).rejects.toMatchObject({ code: "pairing.protocol" });
  });
});
