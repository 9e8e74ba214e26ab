import { describe, expect, it } from "@jest/globals";

import { LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import { toInstant, toLocal } from "../../../../connector/platform/zone-time.ts";
import { isQuiet, nextAllowed } from "../../../../connector/terminals/fleet/quiet-windows.ts";

const hanoi = Zone.parse("Asia/Ho_Chi_Minh");
const berlin = Zone.parse("Europe/Berlin");
const at = (local: string, zone = hanoi) => toInstant(zone, LocalDateTime.parse(local));
/** 24 November 2026 is a Tuesday. */
const morning = { weekday: 2, from: "07:30", to: "08:15" };
const night = { weekday: 2, from: "22:00", to: "06:00" };

describe("A quiet window", () => {
  it("begins with its first minute and ends before its last", () => {
    const quiet = (time: string) => isQuiet([morning], hanoi, at(`2026-11-24T${time}`));
    expect([quiet("07:29:59"), quiet("07:30:00"), quiet("08:14:59"), quiet("08:15:00")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("holds on its weekday of the site only", () => {
    expect(isQuiet([morning], hanoi, at("2026-11-25T07:45:00"))).toBe(false);
    expect(isQuiet([morning], berlin, at("2026-11-24T07:45:00"))).toBe(false);
  });

  it("goes on after midnight", () => {
    expect(isQuiet([night], hanoi, at("2026-11-25T05:59:59"))).toBe(true);
    expect(isQuiet([night], hanoi, at("2026-11-24T05:59:59"))).toBe(false);
  });

  it("lets work go on at its end", () => {
    const next = nextAllowed([night], hanoi, at("2026-11-24T23:00:00"));
    expect(next === null ? null : toLocal(hanoi, next)).toBe("2026-11-25T06:00:00");
  });

  it("lets work go on at once outside of it", () => {
    expect(nextAllowed([night, morning], hanoi, at("2026-11-24T12:00:00"))).toBe(at("2026-11-24T12:00:00"));
    expect(nextAllowed([], hanoi, at("2026-11-24T12:00:00"))).toBe(at("2026-11-24T12:00:00"));
  });

  it("joins the one that follows it", () => {
    const following = { weekday: 3, from: "05:30", to: "07:00" };
    expect(nextAllowed([night, following], hanoi, at("2026-11-24T23:00:00"))).toBe(at("2026-11-25T07:00:00"));
  });

  it("never lets work go on when the windows fill the week", () => {
    const always = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: "00:00", to: "00:00" }));
    expect(nextAllowed(always, hanoi, at("2026-11-24T12:00:00"))).toBeNull();
  });

  it("keeps to the wall clock in the night when clocks are put back", () => {
    const sunday = { weekday: 6, from: "23:00", to: "04:00" };
    const next = nextAllowed([sunday], berlin, at("2026-10-24T23:30:00", berlin));
    expect(next).toBe(at("2026-10-25T04:00:00", berlin));
  });
});
