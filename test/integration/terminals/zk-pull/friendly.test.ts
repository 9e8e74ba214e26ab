import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { SHADOW_COMMANDS } from "../../../../connector/terminals/zk-pull/allow-list.ts";
import type { PullTerminal } from "../../../../connector/terminals/zk-pull/pull-terminal.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../../doubles/zk-terminal/samples/punches.ts";

import { openTerminal, seen, truth } from "./open-terminal.ts";

const users = generatePeople(200);
const punches = generatePunches(1, { people: users, count: 4_000 });

describe.each(["tcp", "udp"] as const)("a friendly terminal over %s", (transport) => {
  let double: ZkTerminal;
  let terminal: PullTerminal;

  beforeEach(async () => {
    double = await ZkTerminal.start({ transport, users, punches, commKey: 123_456, now: () => Date.UTC(2026, 10, 24) });
    ({ terminal } = await openTerminal(double.address, { commKey: 123_456 }));
  });
  afterEach(async () => {
    await terminal.close();
    await double.stop();
  });

  test("says who it is", async () => {
    expect(await terminal.identity()).toEqual({
      serial: double.serial,
      model: "X628-C",
      firmware: "Ver 6.60 Apr 28 2017",
      platform: transport === "tcp" ? "ZEM760_TFT" : "ZEM560",
      fingerprintVersion: "10",
    });
  });

  test("says what it holds", async () => {
    expect(await terminal.capacity()).toEqual({
      users: 200,
      userCapacity: 3_000,
      fingers: 0,
      fingerCapacity: 3_000,
      faces: 0,
      faceCapacity: 0,
      punches: 4_000,
      punchCapacity: 200_000,
    });
  });

  test("tells its time without a zone", async () => {
    expect(await terminal.clock()).toBe("2026-11-24T07:00:00");
  });

  test("gives all users", async () => {
    const read = await terminal.users();

    expect(read.map(({ userId }) => userId)).toEqual(users.map(({ userId }) => userId));
    expect(read.map(({ card }) => card)).toEqual(users.map(({ card }) => (card === 0 ? null : String(card))));
    expect(read[0]).toMatchObject({ privilege: 14, group: 1 });
  });

  test("gives all punches, with the length of its rows", async () => {
    const read = await terminal.punches();

    expect(seen(read.records)).toEqual(truth(double.state.punches.all()));
    expect(read.recordSize).toBe(transport === "tcp" ? 40 : 16);
  });

  test("gives the same keys and bytes when it is read again", async () => {
    const first = await terminal.punches();
    const second = await terminal.punches();

    expect(second.records.map(({ key, raw }) => [key, Buffer.from(raw).toString("hex")])).toEqual(
      first.records.map(({ key, raw }) => [key, Buffer.from(raw).toString("hex")]),
    );
  });

  test("is asked one thing at a time, however many callers there are", async () => {
    const [identity, read, clock, people] = await Promise.all([
      terminal.identity(),
      terminal.punches(),
      terminal.clock(),
      terminal.users(),
    ]);

    expect([identity.serial, read.records.length, clock, people.length]).toEqual([
      double.serial,
      4_000,
      "2026-11-24T07:00:00",
      200,
    ]);
  });

  test("is sent reading commands only, and nothing it has to object to", async () => {
    await terminal.identity();
    await terminal.capacity();
    await terminal.clock();
    await terminal.users();
    await terminal.punches();
    await terminal.close();

    expect(double.commands.codes().filter((code) => !SHADOW_COMMANDS.has(code))).toEqual([]);
    expect(double.commands.codes().at(-1)).toBe(1001);
    expect(double.violations).toEqual([]);
  });

  test("reports how far a read has come", async () => {
    const steps: (readonly [number, number | null])[] = [];
    await terminal.punches((done, total) => steps.push([done, total]));

    const [last] = steps.slice(-1);
    expect(last?.[0]).toBe(last?.[1]);
    expect(steps.map(([done]) => done)).toEqual(steps.map(([done]) => done).sort((a, b) => a - b));
  });
});
