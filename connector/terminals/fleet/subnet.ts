import { TandemError } from "@tandem/contracts/errors.ts";

/** Smallest prefix that is searched: a /22 holds 1,022 hosts. */
const LARGEST = 22;
/** RFC 1918 and loopback: the only ranges a search may touch. */
const PRIVATE: readonly (readonly [base: string, prefix: number])[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["127.0.0.0", 8],
];

/**
 * The host addresses of an IPv4 network such as `192.168.1.0/24`, in order, without its network and broadcast addresses
 * (a /31 and a /32 have none). Host bits may be set. Errors: `fleet.network-invalid`, `fleet.network-too-large`,
 * `fleet.network-public`.
 */
export function hostsOf(network: string): string[] {
  const [, address = "", size = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(network) ?? [];
  const value = parseIpv4(address);
  const prefix = Number(size);
  if (value === null || size !== String(prefix) || prefix > 32)
    throw new TandemError("fleet.network-invalid", { network });
  if (prefix < LARGEST) throw new TandemError("fleet.network-too-large", { network });
  if (!PRIVATE.some(([base, length]) => firstOf(value, length) === parseIpv4(base))) {
    throw new TandemError("fleet.network-public", { network });
  }
  const count = 2 ** (32 - prefix);
  const edge = count > 2 ? 1 : 0;
  const first = firstOf(value, prefix) + edge;
  return Array.from({ length: count - 2 * edge }, (_, index) => formatIpv4(first + index));
}

/** Null for what is no dotted quad; a leading zero is refused, because some read it as octal. */
function parseIpv4(text: string): number | null {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255))
    return null;
  return octets.reduce((value, octet) => value * 256 + Number(octet), 0);
}

function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

function firstOf(value: number, prefix: number): number {
  const count = 2 ** (32 - prefix);
  return value - (value % count);
}
