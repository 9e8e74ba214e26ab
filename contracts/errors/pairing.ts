import { lasting, passing } from "./spec.ts";

/** Failures of pairing, sessions and signatures (`browser-and-localhost.md` §9.3). */
export const pairingErrors = {
  "pairing.not-open": lasting(403),
  "pairing.wrong-code": lasting(401),
  "pairing.expired": lasting(401),
  "pairing.too-many-attempts": passing(429),
  "pairing.protocol": lasting(400),
  "pairing.connector-not-proven": lasting(502),
  "pairing.client-unknown": lasting(401),
  "pairing.client-revoked": lasting(401),
  "pairing.session-unknown": passing(401),
  "pairing.session-expired": passing(401),
  "pairing.signature-missing": lasting(401),
  "pairing.bad-signature": lasting(401),
  "pairing.replayed": passing(401),
  "pairing.seal-required": lasting(400),
  "pairing.seal-broken": lasting(400),
} as const;
