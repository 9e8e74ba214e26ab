import { hasCode, toTandemError, type TandemError } from "@tandem/contracts/errors.ts";

import type { ConnectorHttp } from "./http.ts";
import type { Identity } from "./identity.ts";
import { openSession, type Session } from "./session.ts";

/**
 * Opens a session wherever the paired connector listens: first where it was last, then on the other ports. Only the signed
 * handshake counts; a port that merely answers proves nothing.
 */
export async function findConnector(
  http: ConnectorHttp,
  identity: Identity,
  ports: readonly number[],
  now: () => number,
): Promise<Session> {
  const others = ports.filter((port) => port !== identity.port);
  const failures: TandemError[] = [];
  // The others at once: on Windows a closed port of the own PC takes about two seconds to refuse.
  for (const group of [[identity.port], others]) {
    const tries = await Promise.allSettled(group.map((port) => openSession(http, identity, port, now)));
    const found = tries.find((attempt) => attempt.status === "fulfilled");
    if (found !== undefined) return found.value;
    failures.push(...tries.flatMap((attempt) => (attempt.status === "rejected" ? toTandemError(attempt.reason) : [])));
  }
  throw mostTelling(failures);
}

/** A connector that refuses us explains more than a stranger on a port, and a stranger more than silence. */
function mostTelling(failures: readonly TandemError[]): TandemError {
  const answered = failures.filter((error) => !hasCode(error, "browser.connector-offline"));
  const refusal = answered.find((error) => !hasCode(error, "pairing.connector-not-proven"));
  const [first] = failures;
  const telling = refusal ?? answered[0] ?? first;
  if (telling === undefined) throw new RangeError("no ports to look at");
  return telling;
}
