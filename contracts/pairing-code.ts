/** How a pairing code looks: Crockford base 32 without I, L, O, U; 10 characters = 50 bits. */
export const PAIRING_CODE = { alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ", length: 10 } as const;

/**
 * The code as both sides compute with it: upper case, without the spaces and dashes people add, and with the letters that
 * the alphabet leaves out read as the digits they look like. Null when it cannot be a code.
 */
export function normalizePairingCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  const known = Array.from(code).every((char) => PAIRING_CODE.alphabet.includes(char));
  return known && code.length === PAIRING_CODE.length ? code : null;
}
