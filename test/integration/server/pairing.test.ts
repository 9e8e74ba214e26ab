import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { normalizePairingCode } from "@tandem/contracts/pairing-code.ts";
import { PAIRING, PairStartReply } from "@tandem/contracts/protocol.ts";

import { Clients } from "../../../connector/server/clients.ts";
import { openSettings } from "../../../connector/settings/settings.ts";
import { ApiBench, CHROMIUM, FIREFOX } from "../../support/api-bench.ts";
import { codeOf } from "../../support/http.ts";
import { PairedClient } from "../../support/paired-client.ts";

const WRONG = "0000000000";

let bench: ApiBench;
let browser: PairedClient;

beforeEach(async () => {
  bench = await ApiBench.start();
  browser = new PairedClient(bench.port, CHROMIUM);
});
afterEach(() => bench.stop());

const openPairing = () => bench.server.pairing.open();

describe("a pairing code", () => {
  test("is ten Crockford characters and good for two minutes", () => {
    const { code, expiresAt } = openPairing();
    expect(normalizePairingCode(code)).toBe(code);
    expect(Date.parse(expiresAt) - bench.clock.now()).toBe(120_000);
  });

  test("is another one each time", () => {
    const codes = [openPairing(), openPairing(), openPairing()].map(({ code }) => code);
    expect(new Set(codes).size).toBe(3);
  });

  test("is given three times in ten minutes and no more", () => {
    for (let time = 1; time <= PAIRING.codesPerTenMinutes; time += 1) openPairing();
    expect(openPairing).toThrow(expect.objectContaining({ code: "pairing.too-many-attempts" }));
    bench.clock.advance(10 * 60_000);
    expect(openPairing).not.toThrow();
  });
});

describe("pairing with the right code", () => {
  test("pins the browser: key, origin, label and the four words that both sides show", async () => {
    const answer = await browser.pair(openPairing().code, "Chrome on the HR desk");
    expect(answer.status).toBe(200);
    expect(bench.clients.list()).toEqual([
      {
        clientId: browser.clientId,
        label: "Chrome on the HR desk",
        origin: CHROMIUM,
        fingerprint: browser.fingerprint,
        pairedAt: bench.now,
        lastSeenAt: null,
        revokedAt: null,
      },
    ]);
    expect(browser.fingerprint.split(" ")).toHaveLength(4);
  });

  test("tells the console the words and the label", async () => {
    const told: string[][] = [];
    bench.server.pairing.whenPaired((...facts) => told.push(facts));
    await browser.pair(openPairing().code, "Chrome");
    expect(told).toEqual([[browser.fingerprint, "Chrome"]]);
  });

  test("is written to settings.json and to the audit log, without the label, which may name a person", async () => {
    await browser.pair(openPairing().code, "Ms Lan's Chrome");
    const again = new Clients({ ...bench.data, settings: await openSettings(bench.data.folder, bench.clock) });
    expect(again.list()).toEqual(bench.clients.list());
    const entry = (await bench.audited()).find(({ action }) => action === "clients.pair");
    expect(entry).toMatchObject({ outcome: "succeeded", subject: browser.clientId });
    expect(entry?.detail).not.toContain("Lan");
    expect(await bench.data.audit.verify()).toMatchObject({ ok: true });
  });

  test("closes pairing: the code is good for one browser", async () => {
    const { code } = openPairing();
    await browser.pair(code);
    const second = await new PairedClient(bench.port, FIREFOX).pair(code);
    expect([second.status, codeOf(second)]).toEqual([403, "pairing.not-open"]);
  });

  test("works for two profiles of one browser, each with its own key", async () => {
    await browser.pair(openPairing().code);
    const other = new PairedClient(bench.port, CHROMIUM);
    await other.pair(openPairing().code);
    expect(other.clientId).not.toBe(browser.clientId);
    expect(bench.clients.list()).toHaveLength(2);
  });

  test("keeps control characters of a label out of the operator's console", async () => {
    await browser.pair(openPairing().code, "Chrome\u001b[2J\u202e");
    expect(bench.clients.list()[0]?.label).toBe("Chrome [2J");
  });

  test("keeps the connector's key over restarts, so that the browser knows it again", async () => {
    await browser.pair(openPairing().code);
    await bench.restartServer();
    expect((await browser.open(bench.now)).status).toBe(200);
  });
});

describe("pairing with a wrong code", () => {
  test("is refused, counted down, and keeps nothing", async () => {
    openPairing();
    const answers = [await browser.pair(WRONG), await browser.pair(WRONG)];
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [401, expect.objectContaining({ code: "pairing.wrong-code", details: { left: 4 } })],
      [401, expect.objectContaining({ code: "pairing.wrong-code", details: { left: 3 } })],
    ]);
    expect(bench.clients.list()).toEqual([]);
  });

  test("ends pairing with the fifth attempt, also for the right code", async () => {
    const { code } = openPairing();
    const codes: (string | null)[] = [];
    for (let attempt = 1; attempt <= PAIRING.attemptsPerCode; attempt += 1) {
      codes.push(codeOf(await browser.pair(WRONG)));
    }
    expect(codes.slice(-2)).toEqual(["pairing.wrong-code", "pairing.too-many-attempts"]);
    expect(codeOf(await browser.pair(code))).toBe("pairing.not-open");
  });

  test("counts attempts made at the same time, each by itself", async () => {
    openPairing();
    const browsers = Array.from(
      { length: 8 },
      (_, index) => new PairedClient(bench.port, CHROMIUM.replace("p", String.fromCharCode(97 + index))),
    );
    const answers = await Promise.all(browsers.map((one) => one.pair(WRONG)));
    const wrong = answers.filter((answer) => codeOf(answer) === "pairing.wrong-code");
    expect(wrong).toHaveLength(PAIRING.attemptsPerCode - 1);
  });

  test("may be corrected: a new start and the right code pair", async () => {
    const { code } = openPairing();
    await browser.pair(WRONG);
    expect((await browser.pair(code)).status).toBe(200);
  });

  test("stands in the audit log with the origin and nothing else", async () => {
    openPairing();
    await browser.pair(WRONG);
    expect((await bench.audited()).at(-1)).toEqual({
      action: "clients.pair",
      outcome: "refused",
      subject: CHROMIUM,
      detail: '{"code":"pairing.wrong-code"}',
    });
  });
});

describe("time", () => {
  test("ends a code after two minutes", async () => {
    const { code } = openPairing();
    bench.clock.advance(120_000);
    expect(codeOf(await browser.pair(code))).toBe("pairing.not-open");
  });

  test("ends it between start and confirm too", async () => {
    const { code } = openPairing();
    const started = await browser.startPairing();
    bench.clock.advance(120_000);
    const answer = await browser.confirmPairing(started, code);
    expect([answer.status, codeOf(answer)]).toEqual([403, "pairing.not-open"]);
  });

  test("and for a browser that is paired already, the answer says that the code has expired", async () => {
    await browser.pair(openPairing().code);
    const { code } = openPairing();
    bench.clock.advance(120_000);
    const answer = await browser.pair(code);
    expect([answer.status, codeOf(answer)]).toEqual([401, "pairing.expired"]);
  });
});

describe("the two halves of pairing", () => {
  test("belong together: a new code makes an earlier start void", async () => {
    openPairing();
    const started = await browser.startPairing();
    const { code } = openPairing();
    expect(codeOf(await browser.confirmPairing(started, code))).toBe("pairing.expired");
  });

  test("confirm once: the same proof again is refused", async () => {
    const { code } = openPairing();
    const started = await browser.startPairing();
    expect((await browser.confirmPairing(started, code)).status).toBe(200);
    expect((await browser.confirmPairing(started, code)).status).not.toBe(200);
    expect(bench.clients.list()).toHaveLength(1);
  });

  test("are of one origin: another extension cannot confirm what this one began", async () => {
    const { code } = openPairing();
    const started = await browser.startPairing();
    expect(codeOf(await browser.as(FIREFOX).confirmPairing(started, code))).toBe("pairing.expired");
  });

  test("are not disturbed by another extension that starts as well", async () => {
    const { code } = openPairing();
    const started = await browser.startPairing();
    await new PairedClient(bench.port, FIREFOX).startPairing();
    expect((await browser.confirmPairing(started, code)).status).toBe(200);
  });

  test("prove both sides over all facts: a proof over another port is wrong", async () => {
    const { code } = openPairing();
    const { answer, clientNonce } = await browser.startPairing();
    const start = PairStartReply.parse(answer.json);
    const connectorNonce = Buffer.alloc(32, 7).toString("base64");
    const forged = { clientNonce, answer: { ...answer, json: { ...start, connectorNonce } } };
    expect(codeOf(await browser.confirmPairing(forged, code))).toBe("pairing.wrong-code");
  });

  test("let so many extensions begin and no more", async () => {
    openPairing();
    const codes: (string | null)[] = [];
    for (let index = 0; index < 17; index += 1) {
      const origin = `chrome-extension://${String.fromCharCode(97 + index).repeat(32)}`;
      codes.push(codeOf((await new PairedClient(bench.port, origin).startPairing()).answer));
    }
    expect(codes.filter((code) => code !== null)).toEqual(["pairing.too-many-attempts"]);
  });

  test("refuse another version of the protocol, so that both are updated", async () => {
    openPairing();
    const { answer } = await browser.startPairing("x", 2);
    expect([answer.status, codeOf(answer)]).toEqual([400, "pairing.protocol"]);
  });

  test.each([
    [{ protocol: 1, clientNonce: "x", clientPublicKey: "x", label: "x" }, "clientPublicKey"],
    [{ protocol: 1, clientPublicKey: Buffer.alloc(31).toString("base64"), label: "x" }, "clientPublicKey"],
    [{}, "protocol"],
    [[], "body"],
  ])("refuse a body of another shape, naming the field: %j", async (body, field) => {
    openPairing();
    const answer = await browser.post("/v1/pair/start", body);
    expect([answer.status, answer.json]).toEqual([
      400,
      expect.objectContaining({ code: "request.invalid", details: expect.objectContaining({ field }) }),
    ]);
  });

  test("take small bodies only", async () => {
    openPairing();
    const answer = await browser.post("/v1/pair/start", { label: "x".repeat(5000) });
    expect([answer.status, codeOf(answer)]).toEqual([413, "request.too-large"]);
  });
});
