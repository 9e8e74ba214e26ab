import { PAIRING } from "@tandem/contracts/protocol.ts";

/**
 * The code as both sides compute with it: upper case, without the spaces and dashes people add, and with the letters that
 * Crockford's alphabet leaves out read as the digits they look like. Null when it cannot be a code.
 */
export function normalizePairingCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  const known = Array.from(code).every((char) => PAIRING.codeAlphabet.includes(char));
  return known && code.length === PAIRING.codeLength ? code : null;
}
