import { describe, expect, it } from "@jest/globals";

import { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { Instant, LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { ReadingHistory } from "../../../../connector/terminals/fleet/readings.ts";
import { judge } from "../../../../connector/terminals/fleet/warnings.ts";

const GATE = TerminalName.parse("Gate 1");
const instant = (text: string) => Instant.parse(`${text}T01:00:00.000Z`);
const NOW = { instant: instant("2026-11-24"), local: LocalDateTime.parse("2026-11-24T08:00:00") };

const history = (facts: Partial<ReadingHistory> = {}): ReadingHistory => ({
  counts: [],
  punchCapacity: null,
  clockOffsetSeconds: 0,
  at: NOW.instant,
  gaps: [],
  habit: null,
  ...facts,
});
const codes = (facts: Partial<ReadingHistory>) => judge(GATE, history(facts), NOW).warnings.map(({ code }) => code);
const growing = (first: number, last: number) => [
  { at: instant("2026-11-14"), punches: first },
  { at: instant("2026-11-24"), punches: last },
];

describe("What a list of terminals warns of", () => {
  it("is nothing while all is well", () => {
    expect(judge(GATE, history(), NOW)).toEqual({ daysUntilFull: null, warnings: [] });
  });

  it("is a log that will soon be full, and one that is", () => {
    const filling = judge(GATE, history({ counts: growing(1_000, 2_000), punchCapacity: 3_000 }), NOW);
    expect(filling.daysUntilFull).toBe(10);
    expect(filling.warnings).toEqual([
      {
        code: "fleet.log-nearly-full",
        at: NOW.instant,
        details: { name: "Gate 1", days: 10, punches: 2_000, capacity: 3_000 },
      },
    ]);
    expect(codes({ counts: growing(1_000, 2_000), punchCapacity: 9_000 })).toEqual([]);
    expect(codes({ counts: growing(1_000, 3_000), punchCapacity: 3_000 })).toEqual(["fleet.log-full"]);
  });

  it("is a log that was cleared, for as long as a payroll may be open", () => {
    const gap = (at: string) => codes({ gaps: [{ at: instant(at), how: "cleared-by-other" }] });
    expect(gap("2026-11-23")).toEqual(["fleet.log-cleared"]);
    expect(gap("2026-10-16")).toEqual(["fleet.log-cleared"]);
    expect(gap("2026-10-14")).toEqual([]);
  });

  it("is a log that overwrites itself, and then not that it is full", () => {
    const gaps = [{ at: instant("2026-11-23"), how: "overwrote-oldest" as const }];
    expect(codes({ gaps, counts: growing(3_000, 3_000), punchCapacity: 3_000 })).toEqual(["fleet.log-overwrites"]);
  });

  it("is a clock that is more than a minute off, either way", () => {
    expect(codes({ clockOffsetSeconds: 60 })).toEqual([]);
    expect(codes({ clockOffsetSeconds: 61 })).toEqual(["fleet.clock-drift"]);
    expect(codes({ clockOffsetSeconds: -61 })).toEqual(["fleet.clock-drift"]);
    expect(codes({ clockOffsetSeconds: null })).toEqual([]);
  });

  it("is silence in hours in which people usually punch", () => {
    // Every hour of the week is a usual one.
    const usualHours = Array.from({ length: 168 }, (_, hour) => hour);
    const since = LocalDateTime.parse("2026-11-24T04:10:00");
    expect(judge(GATE, history({ habit: { last: since, usualHours } }), NOW).warnings).toMatchObject([
      { code: "fleet.silent", details: { since, missedHours: 3 } },
    ]);
    expect(codes({ habit: { last: since, usualHours: [] } })).toEqual([]);
  });
});
