import type { UserInput } from "../device/options.ts";

import { Random } from "./random.ts";

const FAMILY = [
  "Nguyễn",
  "Trần",
  "Lê",
  "Phạm",
  "Hoàng",
  "Huỳnh",
  "Phan",
  "Vũ",
  "Võ",
  "Đặng",
  "Bùi",
  "Đỗ",
  "Hồ",
  "Ngô",
  "Dương",
  "Lý",
] as const;
const MIDDLE = [
  "Văn",
  "Thị",
  "Hữu",
  "Đức",
  "Minh",
  "Ngọc",
  "Thanh",
  "Quốc",
  "Thu",
  "Xuân",
  "Hoài",
  "Kim",
  "Gia",
  "Bảo",
] as const;
const GIVEN = [
  "An",
  "Bình",
  "Châu",
  "Dũng",
  "Giang",
  "Hà",
  "Hiếu",
  "Hồng",
  "Khánh",
  "Lan",
  "Linh",
  "Mai",
  "Nam",
  "Phúc",
  "Quân",
  "Sơn",
  "Thảo",
  "Trang",
  "Tuấn",
  "Vy",
  "Ánh",
  "Yến",
  "Đạt",
  "Huệ",
] as const;

export type SamplePerson = Required<Omit<UserInput, "name" | "timeZones">> & { readonly name: string };

export interface PeopleOptions {
  readonly seed?: number;
  /** User ID of the first; the others count on. */
  readonly firstId?: number;
  /** Otherwise every fifth has a card, every seventh a password, and the first is an administrator. */
  readonly bare?: boolean;
}

/** Invented people with Vietnamese-looking names; the same arguments give the same people. */
export function generatePeople(
  count: number,
  { seed = 1, firstId = 1, bare = false }: PeopleOptions = {},
): readonly SamplePerson[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => ({
    uid: index + 1,
    userId: String(firstId + index),
    name: `${random.pick(FAMILY)} ${random.pick(MIDDLE)} ${random.pick(GIVEN)}`,
    password: !bare && index % 7 === 3 ? String(1_000 + random.below(9_000)) : "",
    privilege: !bare && index === 0 ? 14 : 0,
    card: !bare && index % 5 === 2 ? 100_000 + random.below(0xffff_0000) : 0,
    group: 1,
  }));
}

/** A user table of 504 bytes, which fits both row lengths (`zk-pull.md` §2.4). */
export function generateAmbiguousPeople(rowSize: 28 | 72): readonly UserInput[] {
  return generatePeople(504 / rowSize, { seed: 504 });
}
