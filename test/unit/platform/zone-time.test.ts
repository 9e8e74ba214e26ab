import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import { convertLocal, offsetAt, toInstant, toLocal } from "../../../connector/platform/zone-time.ts";

const zone = (name: string) => Zone.parse(name);
const at = (text: string) => LocalDateTime.parse(text);
const utc = (text: string) => Date.parse(`${text}Z`);

const SAIGON = zone("Asia/Ho_Chi_Minh");
const BERLIN = zone("Europe/Berlin");
const NEW_YORK = zone("America/New_York");
const LORD_HOWE = zone("Australia/Lord_Howe");
const KATHMANDU = zone("Asia/Kathmandu");

describe("the wall clock of a zone", () => {
  test("is seven hours ahead of UTC in Vietnam", () => {
    expect(toLocal(SAIGON, utc("2026-11-24T01:02:03"))).toBe("2026-11-24T08:02:03");
  });

  test("is a quarter hour off the hour in Nepal", () => {
    expect(offsetAt(KATHMANDU, utc("2026-01-01T00:00:00"))).toBe((5 * 60 + 45) * 60_000);
  });

  test("shows midnight as 00 and not as 24", () => {
    expect(toLocal(SAIGON, utc("2026-11-23T17:00:00"))).toBe("2026-11-24T00:00:00");
  });

  test("is right before 1970 too", () => {
    expect(toLocal(zone("UTC"), utc("1969-12-31T23:59:59"))).toBe("1969-12-31T23:59:59");
  });
});

describe("the moment of a wall-clock time", () => {
  test("follows the zone's offset", () => {
    expect(toInstant(SAIGON, at("2026-11-24T08:02:03"))).toBe(utc("2026-11-24T01:02:03"));
  });

  test("is the first of the two when clocks are put back", () => {
    expect(toInstant(BERLIN, at("2026-10-25T02:30:00"))).toBe(utc("2026-10-25T00:30:00"));
    expect(toInstant(NEW_YORK, at("2026-11-01T01:30:00"))).toBe(utc("2026-11-01T05:30:00"));
    expect(toInstant(LORD_HOWE, at("2026-04-05T01:45:00"))).toBe(utc("2026-04-04T14:45:00"));
  });

  test("lies behind the gap when clocks are put forward over it", () => {
    expect(toLocal(BERLIN, toInstant(BERLIN, at("2026-03-29T02:30:00")))).toBe("2026-03-29T03:30:00");
    expect(toLocal(NEW_YORK, toInstant(NEW_YORK, at("2026-03-08T02:00:00")))).toBe("2026-03-08T03:00:00");
    expect(toLocal(LORD_HOWE, toInstant(LORD_HOWE, at("2026-10-04T02:10:00")))).toBe("2026-10-04T02:40:00");
  });

  test("moves over a whole skipped day", () => {
    const apia = zone("Pacific/Apia");
    expect(toLocal(apia, toInstant(apia, at("2011-12-30T12:00:00")))).toBe("2011-12-31T12:00:00");
  });

  test("leads back to the same wall-clock time wherever that time exists", () => {
    const zones = [
      "Asia/Ho_Chi_Minh",
      "Europe/Berlin",
      "America/St_Johns",
      "Pacific/Apia",
      "Africa/Casablanca",
      "Asia/Tehran",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: utc("2000-01-01T00:00:00") / 1000, max: utc("2037-01-01T00:00:00") / 1000 }),
        (name, seconds) => {
          const local = toLocal(zone(name), seconds * 1000);
          const moment = toInstant(zone(name), local);
          expect(toLocal(zone(name), moment)).toBe(local);
          expect(moment).toBeLessThanOrEqual(seconds * 1000);
        },
      ),
    );
  });
});

describe("a time carried from one zone to another", () => {
  test("is the same moment", () => {
    expect(convertLocal(zone("Asia/Tokyo"), SAIGON, at("2026-11-24T10:00:00"))).toBe("2026-11-24T08:00:00");
  });

  test("may fall on another day", () => {
    expect(convertLocal(SAIGON, zone("America/Los_Angeles"), at("2026-01-01T08:00:00"))).toBe("2025-12-31T17:00:00");
  });

  test("stays as it is within one zone, also when it is shown twice", () => {
    expect(convertLocal(BERLIN, BERLIN, at("2026-10-25T02:30:00"))).toBe("2026-10-25T02:30:00");
  });
});
