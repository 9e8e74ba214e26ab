/** Bytes over a plain ArrayBuffer, which is what WebCrypto and `fetch` take. */
export type Bytes = Uint8Array<ArrayBuffer>;

const CHUNK = 0x8000;

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Standard base64 with padding, as the protocol's schemas want it. */
export function toBase64(bytes: Bytes): string {
  let binary = "";
  // String.fromCharCode takes its bytes as arguments, and engines limit how many.
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

/** Reverse of `toBase64`; throws a DOMException on anything else. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
