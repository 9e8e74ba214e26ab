import { describe, expect, test } from "@jest/globals";

import {
  canonicalJson,
  pairingTranscript,
  PairStartRequest,
  replyText,
  requestText,
  sealText,
  sessionAnswerText,
  sessionOfferText,
} from "@tandem/contracts/protocol.ts";

const KEY = Buffer.alloc(32, 1).toString("base64");
const NONCE = Buffer.alloc(32, 2).toString("base64");

/** The texts are the protocol (`contracts/README.md`): a changed byte parts every extension from every connector. */
describe("the canonical texts, byte for byte", () => {
  const offer = { clientId: "c-1", ephemeral: KEY, nonce: NONCE, issuedAt: "2026-11-24T01:02:03.456Z", port: 8470 };
  const offerText =
    `{"clientId":"c-1","ephemeral":"${KEY}","issuedAt":"2026-11-24T01:02:03.456Z","nonce":"${NONCE}",` +
    `"port":8470,"protocol":1,"purpose":"tandem-session-offer"}`;

  test("of a pairing", () => {
    const facts = {
      port: 8471,
      origin: "moz-extension://8d1f0c5e-4b7a-4a52-9a51-6e6f5c2b7a10",
      connectorPublicKey: KEY,
      connectorNonce: NONCE,
      clientPublicKey: KEY,
      clientNonce: NONCE,
    };
    expect(pairingTranscript(facts)).toBe(
      `{"clientNonce":"${NONCE}","clientPublicKey":"${KEY}","connectorNonce":"${NONCE}","connectorPublicKey":"${KEY}",` +
        `"origin":"moz-extension://8d1f0c5e-4b7a-4a52-9a51-6e6f5c2b7a10","port":8471,"protocol":1,` +
        `"purpose":"tandem-pairing"}`,
    );
  });

  test("of a session's offer", () => {
    expect(sessionOfferText(offer)).toBe(offerText);
  });

  test("of a session's answer, which holds the offer", () => {
    const answer = {
      sessionId: "s-1",
      ephemeral: NONCE,
      bootId: "b-1",
      serverTime: "2026-11-24T01:02:04.000Z",
      expiresAt: "2026-11-24T09:02:04.000Z",
    };
    expect(sessionAnswerText(offer, answer)).toBe(
      `{"bootId":"b-1","ephemeral":"${NONCE}","expiresAt":"2026-11-24T09:02:04.000Z","offer":${JSON.stringify(offerText)},` +
        `"protocol":1,"purpose":"tandem-session-answer","serverTime":"2026-11-24T01:02:04.000Z","sessionId":"s-1"}`,
    );
  });

  test("of requests, replies and seals", () => {
    const hash = "0".repeat(64);
    expect(requestText("get", "/v1/punches?from=2026-11-01", 7, hash)).toBe(
      `GET\n/v1/punches?from=2026-11-01\n7\n${hash}`,
    );
    expect(replyText(204, 7, hash)).toBe(`reply\n204\n7\n${hash}`);
    expect(sealText("post", "/v1/terminals", 7)).toBe("seal\nPOST\n/v1/terminals\n7");
  });

  test("do not depend on the order in which facts are given", () => {
    expect(canonicalJson({ b: 1, a: "x", C: 2 })).toBe('{"C":2,"a":"x","b":1}');
  });
});

describe("keys and nonces", () => {
  const request = { protocol: 1, clientPublicKey: KEY, clientNonce: NONCE, label: "Chrome" };

  test("are 32 bytes in base64 with padding", () => {
    expect(PairStartRequest.safeParse(request).success).toBe(true);
  });

  test.each([31, 33, 0])("of %d bytes are refused", (length) => {
    const clientPublicKey = Buffer.alloc(length).toString("base64");
    expect(PairStartRequest.safeParse({ ...request, clientPublicKey }).success).toBe(false);
  });

  test.each([KEY.replace("=", ""), KEY.replace("A", "-"), `${KEY}\n`])(
    "in another alphabet or form are refused",
    (key) => {
      expect(PairStartRequest.safeParse({ ...request, clientPublicKey: key }).success).toBe(false);
    },
  );
});
