import { expect, test } from "@jest/globals";

import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import { generateTemplate } from "../../doubles/zk-terminal/samples/templates.ts";

test("the same arguments give the same people, punches and templates", () => {
  const people = generatePeople(50, { seed: 3 });

  expect(generatePeople(50, { seed: 3 })).toEqual(people);
  expect(generatePeople(50, { seed: 4 })).not.toEqual(people);
  expect(generatePunches(1, { people, count: 500 })).toEqual(generatePunches(1, { people, count: 500 }));
  expect(generatePunches(1, { people, count: 500 })).not.toEqual(generatePunches(2, { people, count: 500 }));
  expect(generateTemplate(4)).toEqual(generateTemplate(4));
});

test("punches come in exactly the number asked for, in the order of time, on working days", () => {
  const punches = generatePunches(1, { people: generatePeople(30), count: 2_345, from: "2026-03-02" });

  expect(punches).toHaveLength(2_345);
  expect(punches.map(({ at }) => at)).toEqual(punches.map(({ at }) => at).toSorted());
  expect(punches[0]?.at.slice(0, 10)).toBe("2026-03-02");
  expect(punches.some(({ at }) => [0, 6].includes(new Date(`${at}Z`).getUTCDay()))).toBe(false);
});

test("some punches stand there twice, as terminals do record them", () => {
  const punches = generatePunches(1, { people: generatePeople(30), count: 2_000 });
  const keys = new Set(punches.map((punch) => JSON.stringify(punch)));

  expect(keys.size).toBeLessThan(punches.length);
});
