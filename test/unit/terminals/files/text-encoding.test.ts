import { describe, expect, test } from "@jest/globals";
import iconv from "iconv-lite";

import { decodeText, encodeText } from "../../../../connector/terminals/files/text-encoding.ts";

const NAME = "Nguyễn Thị Ánh Hồng".normalize("NFC");

describe("a file's text", () => {
  test.each(["utf8", "utf-16le", "utf-16be"] as const)("with a byte order mark is %s", (encoding) => {
    expect(decodeText(iconv.encode(NAME, encoding, { addBOM: true }))).toEqual({ text: NAME, encoding });
  });

  test.each(["utf-16le", "utf-16be"] as const)("without a mark is %s by its zero bytes", (encoding) => {
    const line = "12\t2026-11-23 07:55:10\t1\t0\r\n";
    expect(decodeText(iconv.encode(line, encoding))).toEqual({ text: line, encoding });
  });

  test("that is no UTF-8 is read as Vietnamese, and otherwise byte by byte", () => {
    expect(decodeText(iconv.encode("ƯỜNG", "windows-1258"))).toMatchObject({ encoding: "windows-1258" });
    expect(decodeText(Buffer.from([0x41, 0x8d, 0xff]))).toEqual({ text: "A\u008Dÿ", encoding: "latin1" });
  });

  test.each(["utf8", "utf-16le", "utf-16be", "windows-1258", "latin1"] as const)(
    "gives back the bytes that a piece of it was made of, in %s",
    (encoding) => {
      const bytes = iconv.encode("An\t12", encoding);
      expect(encodeText(iconv.decode(bytes, encoding), encoding)).toEqual(bytes);
    },
  );

  test("cut within a UTF-16 letter ends in a mark that fits no field", () => {
    expect(decodeText(iconv.encode("12", "utf-16le", { addBOM: true }).subarray(0, -1)).text).toMatch(/^1.*\uFFFD$/u);
  });
});
