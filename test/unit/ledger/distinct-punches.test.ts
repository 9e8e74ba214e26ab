import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { DistinctPunches } from "../../../connector/ledger/distinct-punches.ts";
import type { RawPunch } from "../../../connector/terminals/terminal.ts";
import { punch } from "../../support/punches.ts";

const withKeys = (keys: readonly string[]): RawPunch[] => keys.map((key) => ({ ...punch({}), key }));
const all = (records: readonly RawPunch[], batch = 1000, chunk = 1000) =>
  [...new DistinctPunches(records).batches(batch)].flatMap((part) => [...part.chunks(chunk)].flat());

describe("the distinct punches of a read", () => {
  it("are none of an empty log", () => {
    expect(all([])).toEqual([]);
  });

  it("stand in order of the log, each with its first record and place", () => {
    const records = withKeys(["b", "a", "b", "c", "b"]);
    expect(all(records)).toEqual([
      { key: "b", record: records[0], position: 0, count: 3 },
      { key: "a", record: records[1], position: 1, count: 1 },
      { key: "c", record: records[3], position: 3, count: 1 },
    ]);
  });

  it("come in batches and chunks of the sizes asked for", () => {
    const records = withKeys(Array.from({ length: 25 }, (_, n) => String(n)));
    const sizes = [...new DistinctPunches(records).batches(10)].map((batch) =>
      [...batch.chunks(4)].map((chunk) => chunk.length),
    );
    expect(sizes).toEqual([
      [4, 4, 2],
      [4, 4, 2],
      [4, 1],
    ]);
  });

  it("tell apart keys whose hashes are equal", () => {
    // FNV-1a gives both of each pair the same 32 bits.
    const keys = ["costarring", "liquid", "declinate", "macallums", "altarage", "zinke"];
    expect(all(withKeys([...keys, ...keys])).map(({ key, count }) => [key, count])).toEqual(
      keys.map((key) => [key, 2]),
    );
  });

  it("are counted as a map would count them, whatever the keys and sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), fc.integer({ min: 1, max: 9 }), (keys, size) => {
        const truth = new Map<string, number>();
        for (const key of keys) truth.set(key, (truth.get(key) ?? 0) + 1);
        const found = all(withKeys(keys), size, 2);
        expect(found.map(({ key, count }) => [key, count])).toEqual([...truth]);
        const repeated = [...new DistinctPunches(withKeys(keys)).batches(size)].flatMap((batch) => batch.repeated());
        expect(repeated.map(({ key }) => key)).toEqual([...truth].filter(([, n]) => n > 1).map(([key]) => key));
      }),
    );
  });
});
