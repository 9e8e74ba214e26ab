import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Bench, CODE } from "./support.ts";

let bench: Bench;
beforeEach(async () => void (bench = await Bench.start()));
afterEach(() => bench.stop());

describe("pairing", () => {
  test("ends with the same four words on both sides and the connector's key pinned", async () => {
    bench.connector.openPairing(CODE);
    const identity = await bench.pair();
    expect(identity.fingerprint).toBe(bench.connector.fingerprint);
    expect(identity.fingerprint.split(" ")).toHaveLength(4);
    expect(identity).toMatchObject({ clientId: "client-1", port: bench.connector.port, label: "Chrome on Windows" });
  });

  test("makes a private key that cannot be read out", async () => {
    bench.connector.openPairing(CODE);
    const { privateKey } = await bench.pair();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("pkcs8", privateKey)).rejects.toThrow();
  });

  test.each(["7kq2m-9xw4t", " 7KQ2M 9XW4T ", "7KQ2M–9XW4T"])("reads the code as people type it: %s", async (typed) => {
    bench.connector.openPairing(CODE);
    await expect(bench.pair(typed)).resolves.toMatchObject({ clientId: "client-1" });
  });

  test("reads O, I and L as the digits they look like", async () => {
    bench.connector.openPairing("0123456110");
    await expect(bench.pair("o12345 6LiO")).resolves.toMatchObject({ clientId: "client-1" });
  });

  test.each(["", "7KQ2M", "7KQ2M9XW4TT", "7KQ2M9XW4U", "7KQ2M9XW4é"])(
    "asks nobody about what cannot be a code: %p",
    async (typed) => {
      bench.connector.openPairing(CODE);
      await expect(bench.pair(typed)).rejects.toMatchObject({ code: "request.invalid", details: { field: "code" } });
      expect(bench.connector.visits).toEqual([]);
    },
  );

  test("says how many attempts a wrong code leaves", async () => {
    bench.connector.openPairing("0000000000");
    await expect(bench.pair()).rejects.toMatchObject({ code: "pairing.wrong-code", details: { left: 4 } });
  });

  test("says when pairing is not open", async () => {
    await expect(bench.pair()).rejects.toMatchObject({ code: "pairing.not-open" });
  });

  test("refuses a connector that cannot prove that it knows the code", async () => {
    bench.connector.openPairing(CODE);
    bench.connector.faults.wrongPairingMac = true;
    await expect(bench.pair()).rejects.toMatchObject({ code: "pairing.connector-not-proven" });
  });

  test("sends no proof to a connector that asks for a cheaper derivation", async () => {
    bench.connector.openPairing(CODE);
    bench.connector.faults.fewIterations = true;
    await expect(bench.pair()).rejects.toMatchObject({ code: "pairing.connector-not-proven" });
    expect(bench.connector.visits).toEqual(["POST /v1/pair/start"]);
  });

  test("finds the connector behind silence, a stranger and another connector", async () => {
    const stranger = await bench.stranger(404, "<h1>hello</h1>");
    const closed = await bench.stranger(
      403,
      JSON.stringify({ type: "t", title: "t", status: 403, code: "pairing.not-open", details: {} }),
    );
    bench.ports = [await bench.deadPort(), stranger.port, closed.port, bench.connector.port];
    bench.connector.openPairing(CODE);
    await expect(bench.pair()).resolves.toMatchObject({ port: bench.connector.port });
  });

  test("says that nothing answers when every port is silent", async () => {
    bench.ports = [await bench.deadPort()];
    await expect(bench.pair()).rejects.toMatchObject({ code: "browser.connector-offline" });
  });

  test("says that a stranger holds the port when only a stranger answers", async () => {
    const stranger = await bench.stranger(200, "{}");
    bench.ports = [await bench.deadPort(), stranger.port];
    await expect(bench.pair()).rejects.toMatchObject({ code: "pairing.connector-not-proven" });
    expect(stranger.bodies.join()).not.toContain(CODE);
  });
});
