import type { z } from "zod";

import { Instant } from "@tandem/contracts/domain/time.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";
import { fingerprintWords } from "@tandem/contracts/fingerprint.ts";
import { ROUTES } from "@tandem/contracts/http.ts";
import { normalizePairingCode, PAIRING_CODE } from "@tandem/contracts/pairing-code.ts";
import {
  PAIRING,
  PairConfirmReply,
  PairStartReply,
  pairingTranscript,
  PROTOCOL_VERSION,
} from "@tandem/contracts/protocol.ts";

import { concat, randomBytes, toBase64, utf8 } from "./bytes.ts";
import { explainSilence } from "./explain-silence.ts";
import { type ConnectorHttp, errorOf, jsonOf } from "./http.ts";
import type { Identity } from "./identity.ts";
import { createIdentityPair, derivePairingKey, hmac, hmacMatches, sha256 } from "./keys.ts";

export interface PairingDeps {
  readonly http: ConnectorHttp;
  /** Origin of this extension, as the browser sends it; both sides mix it into the proof. */
  readonly origin: string;
  /** Where a connector may listen (`CONNECTOR_PORTS`). */
  readonly ports: readonly number[];
  readonly isBlocked: () => Promise<boolean>;
  readonly now: () => number;
}

/**
 * Pairs with the connector that knows `code`: looks through the ports, proves knowledge of the code, and accepts only a
 * connector that proves it too. Returns what to save; saves nothing itself.
 */
export async function pair(deps: PairingDeps, typed: string, label: string): Promise<Identity> {
  const code = normalizePairingCode(typed);
  if (code === null) {
    throw new TandemError("request.invalid", { field: "code", problem: `${PAIRING_CODE.length} letters and digits` });
  }

  let best = new TandemError("browser.connector-offline");
  for (const port of deps.ports) {
    try {
      return await pairAt(deps, port, code, label);
    } catch (error) {
      // Another program on a port must not keep us from the connector on the next one; a connector in pairing mode that
      // refuses is the right one, and asking on would only hide its answer.
      if (!hasCode(error, "browser.connector-offline", "pairing.connector-not-proven", "pairing.not-open")) throw error;
      if (!hasCode(error, "browser.connector-offline")) best = error;
    }
  }
  throw await explainSilence(best, deps.isBlocked);
}

async function pairAt(deps: PairingDeps, port: number, code: string, label: string): Promise<Identity> {
  const pairOfKeys = await createIdentityPair();
  const clientNonce = toBase64(randomBytes(32));
  const start = await post(deps.http, port, "pair.start", PairStartReply, {
    protocol: PROTOCOL_VERSION,
    clientPublicKey: pairOfKeys.publicKey,
    clientNonce,
    label,
  });
  if (start.protocol !== PROTOCOL_VERSION) throw new TandemError("pairing.protocol", { protocol: start.protocol });
  // Fewer rounds would make the code cheap to guess from the proof that is about to be sent.
  if (start.iterations !== PAIRING.pbkdf2Iterations) throw new TandemError("pairing.connector-not-proven", { port });

  const transcript = await sha256(
    utf8(
      pairingTranscript({
        clientPublicKey: pairOfKeys.publicKey,
        connectorPublicKey: start.connectorPublicKey,
        clientNonce,
        connectorNonce: start.connectorNonce,
        origin: deps.origin,
        port,
      }),
    ),
  );
  const key = await derivePairingKey(code, start.salt);
  const confirm = await post(deps.http, port, "pair.confirm", PairConfirmReply, {
    mac: await hmac(key, concat(utf8("client"), transcript)),
  });
  if (!(await hmacMatches(key, confirm.mac, concat(utf8("connector"), transcript)))) {
    throw new TandemError("pairing.connector-not-proven", { port });
  }
  return {
    clientId: confirm.clientId,
    privateKey: pairOfKeys.privateKey,
    publicKey: pairOfKeys.publicKey,
    connectorPublicKey: start.connectorPublicKey,
    port,
    label,
    fingerprint: fingerprintWords(transcript),
    pairedAt: Instant.parse(new Date(deps.now()).toISOString()),
  };
}

async function post<T>(
  http: ConnectorHttp,
  port: number,
  id: "pair.start" | "pair.confirm",
  schema: z.ZodType<T>,
  body: unknown,
): Promise<T> {
  const reply = await http.send(port, {
    method: ROUTES[id].method,
    target: ROUTES[id].path,
    body: utf8(JSON.stringify(body)),
  });
  if (reply.status !== 200) throw errorOf(reply);
  const parsed = schema.safeParse(jsonOf(reply.body));
  if (!parsed.success) throw new TandemError("pairing.connector-not-proven", { port }, { cause: parsed.error });
  return parsed.data;
}
