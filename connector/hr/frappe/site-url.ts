import { isIP } from "node:net";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

/** Looks up the addresses of a host name; throws when there are none. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/**
 * The origin of the address an operator copied from the browser; `https` where no scheme is given. Throws `hr.bad-url`,
 * also for an address with a password in it, which is never repeated.
 */
export function readSiteUrl(text: string): HrSiteOrigin {
  const given = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(full)) throw new TandemError("hr.bad-url", { url: given.includes("@") ? "…@…" : given });
  const url = new URL(full);
  const usable = (url.protocol === "https:" || url.protocol === "http:") && url.hostname !== "";
  if (url.username !== "" || url.password !== "") throw new TandemError("hr.bad-url", { url: `…@${url.host}` });
  if (!usable) throw new TandemError("hr.bad-url", { url: given });
  return HrSiteOrigin.parse(url.origin);
}

/**
 * Refuses plain http to a host outside the own network, because every request carries the API secret. A name counts by
 * the addresses it has; one that cannot be looked up is left to the connection to fail on. Throws `hr.insecure`.
 */
export async function refuseOpenHttp(origin: HrSiteOrigin, lookup: Lookup): Promise<void> {
  const { protocol, hostname } = new URL(origin);
  if (protocol === "https:") return;
  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? await addressesOf(host, lookup) : [host];
  if (!addresses.every(isOwnNetwork)) throw new TandemError("hr.insecure", { url: origin });
}

async function addressesOf(host: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    return await lookup(host);
  } catch {
    // No address: nothing can be sent there either, and the connection error says so better.
    return [];
  }
}

/** Loopback, private (RFC 1918, RFC 4193), link-local and carrier-grade addresses, also as IPv4 inside IPv6. */
function isOwnNetwork(address: string): boolean {
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.\d+\.\d+$/i.exec(address);
  if (v4 !== null) {
    const [first, second] = [Number(v4[1]), Number(v4[2])];
    return (
      first === 127 ||
      first === 10 ||
      (first === 172 && second >= 16 && second < 32) ||
      (first === 192 && second === 168) ||
      (first === 169 && second === 254) ||
      (first === 100 && second >= 64 && second < 128)
    );
  }
  return /^(::1$|f[cd]|fe[89ab])/i.test(address);
}
