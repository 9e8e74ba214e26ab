import { expect, test } from "@jest/globals";
import iconv from "iconv-lite";

import { type FieldEncoding, fitName } from "../../../connector/terminals/display-name.ts";
import { decodeName } from "../../../connector/terminals/zk-pull/codec/text.ts";

const ENCODINGS: readonly FieldEncoding[] = ["utf8", "windows-1258", "gbk", "latin1"];

function fit(name: string, bytes: number, encoding: FieldEncoding): readonly [string, string] | null {
  const fitted = fitName(name, { bytes, encoding });
  return fitted === null ? null : [fitted.step, fitted.text];
}

test.each([
  ["Trần Đức", 24, "utf8", "full", "Trần Đức"],
  ["Nguyễn Thị Ánh Hồng", 24, "utf8", "initials", "Nguyễn T Á Hồng"],
  ["Nguyễn Thị Ánh Hồng", 24, "windows-1258", "full", "Nguyễn Thị Ánh Hồng"],
  ["Đặng Đỗ", 8, "utf8", "plain", "Dang Do"],
  ["Nguyễn Thị Ánh Hồng", 8, "utf8", "cut", "Nguyễ"],
  ["Trần Đức", 24, "latin1", "plain", "Tran Duc"],
  ["王小明", 24, "gbk", "full", "王小明"],
] as const)("%s in %i bytes of %s is %s: %s", (name, bytes, encoding, step, text) => {
  expect(fit(name, bytes, encoding)).toEqual([step, text]);
});

test.each([23, 24, 25])("a name of %i letters leaves the last byte NUL", (length) => {
  const fitted = fitName("x".repeat(length), { bytes: 24, encoding: "utf8" });
  expect(fitted?.field).toEqual(Buffer.concat([Buffer.from("x".repeat(23)), Buffer.alloc(1)]));
  expect(fitted?.step).toBe(length === 23 ? "full" : "cut");
});

test("a name in separate marks is written in NFC", () => {
  expect(fitName("Trần".normalize("NFD"), { bytes: 24, encoding: "utf8" })?.text).toBe("Trần");
});

test.each(["", "   ", "\0\0"])("nothing visible (%j) fits nowhere", (name) => {
  expect(fit(name, 24, "utf8")).toBeNull();
});

test("a name that an encoding cannot hold is not written with question marks", () => {
  expect(fit("王小明", 24, "latin1")).toBeNull();
  expect(fit("王小明", 24, "windows-1258")).toBeNull();
});

test("a NUL inside a name does not end it", () => {
  expect(fit("An\0Binh", 24, "utf8")).toEqual(["full", "An Binh"]);
});

test.each(ENCODINGS)("whatever is written in %s reads back as the text", (encoding) => {
  const names = ["Nguyễn Thị Ánh Hồng", "Huỳnh Quốc Bảo", "Đỗ Mỹ", "Võ Thị Như Ý Nguyệt Quỳnh Hương", "Lê"];
  for (const name of names) {
    for (const bytes of [8, 24]) {
      const fitted = fitName(name, { bytes, encoding });
      const field = fitted?.field ?? Buffer.alloc(0);
      expect(field.length).toBe(bytes);
      expect(field.at(-1)).toBe(0);
      const used = field.subarray(0, field.indexOf(0));
      expect(iconv.decode(used, encoding).normalize("NFC")).toBe(fitted?.text);
      if (encoding === "utf8") expect(decodeName(field, encoding)).toBe(fitted?.text);
    }
  }
});
