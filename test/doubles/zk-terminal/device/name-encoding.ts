import iconv from "iconv-lite";

/** Code pages that terminals keep names in; the protocol never says which (`zk-pull.md` §5). */
export type NameEncoding = "utf8" | "gbk" | "windows-1258" | "latin1";

export function encodeName(name: string, encoding: NameEncoding): Buffer {
  const text = name.normalize("NFC");
  if (encoding !== "windows-1258") return iconv.encode(text, encoding);
  return Buffer.concat(Array.from(text, (letter) => iconv.encode(inWindows1258(letter), "windows-1258")));
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Code page 1258 has ê and the tones, but not ễ: the tone follows its letter as a character of its own. */
function inWindows1258(letter: string): string {
  const parts = letter.normalize("NFD");
  const tones = parts.match(TONES) ?? [];
  return parts.replaceAll(TONES, "").normalize("NFC") + tones.join("");
}
