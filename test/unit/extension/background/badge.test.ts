import { describe, expect, test } from "@jest/globals";

import { badgeOf } from "../../../../extension/background/badge.ts";
import { STATUS } from "../connection/support.ts";

const online = (waiting: number) =>
  ({ state: "online", status: { ...STATUS, quarantined: waiting, undelivered: 0 }, problem: null }) as const;

describe("the toolbar button", () => {
  test.each([
    [online(0), "", "Tandem: Đã kết nối"],
    [online(7), "7", "Tandem: Đã kết nối"],
    [online(1000), "999+", "Tandem: Đã kết nối"],
    [{ state: "offline", status: null, problem: null } as const, "!", "Tandem: Không thấy bộ kết nối"],
    [{ state: "blocked", status: null, problem: null } as const, "!", "Tandem: Trình duyệt chặn"],
    [{ state: "unpaired", status: null, problem: null } as const, "?", "Tandem: Chưa ghép nối"],
  ])("%#: shows %p", (report, text, title) => {
    expect(badgeOf(report, "vi")).toMatchObject({ text, title });
  });
});
