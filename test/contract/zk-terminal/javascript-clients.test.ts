import { afterEach, describe, expect, test } from "@jest/globals";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches, type SamplePunch } from "../../doubles/zk-terminal/samples/punches.ts";
import { decodeDeviceTime } from "../../doubles/zk-terminal/wire/device-time.ts";

import { runJsClient, type ClientReport } from "./clients/run-client.ts";

/** The libraries take a TCP segment for a packet, so each packet needs one of its own (`zk-pull.md` §8.2). */
const PACING_MS = 40;
const NOW = Date.parse("2026-11-22T01:00:00Z");
const LIVE_AT = "2026-11-22T08:00:00";

let terminal: ZkTerminal;
afterEach(() => terminal.stop());

/** Two chunks over TCP; ids below 256, because the libraries read one byte of a live event's id over UDP. */
const people = generatePeople(200);
const punches = generatePunches(7, { people, count: 3_000 });

async function report(name: string, transport: "tcp" | "udp"): Promise<ClientReport> {
  terminal = await ZkTerminal.start({
    transport,
    users: people,
    punches,
    pacingMs: transport === "tcp" ? PACING_MS : 1,
    firmware: "Ver 6.60 Mar 5 2024",
    serial: "ABCD203360007",
    now: () => NOW,
    rowSizes: transport === "udp" ? { event: 10 } : {},
  });
  void terminal.commands.next(500).then(() => terminal.punch({ userId: "42" }));
  return runJsClient(name, terminal.port, transport);
}

function timesOf(wanted: readonly SamplePunch[]): readonly { readonly userId: string; readonly at: string }[] {
  return wanted.map(({ userId, at }) => ({ userId, at }));
}

describe.each(["zklib-js", "node-zklib", "zkteco-js"])("%s, unmodified, over TCP", (name) => {
  test("gets everything the friendly terminal holds, and breaks no rule", async () => {
    const got = await report(name, "tcp");

    expect(got).toMatchObject({ transport: "tcp", serial: "ABCD203360007", firmware: "Ver 6.60 Mar 5 2024" });
    expect(got.info).toEqual({ userCounts: 200, logCounts: 3_000, logCapacity: 200_000 });
    expect(typeof got.time === "number" ? decodeDeviceTime(got.time) : got.time).toBe(LIVE_AT);
    // Names are decoded as 7-bit ASCII there (§5), so only the ids can be compared.
    expect(got.users.map(({ uid, userId }) => ({ uid, userId }))).toEqual(
      people.map(({ uid, userId }) => ({ uid, userId })),
    );
    expect(got.punches.map(({ userId, at }) => ({ userId, at }))).toEqual(timesOf(punches));
    expect(got.live).toEqual({ userId: "42", at: LIVE_AT });
    expect(terminal.violations).toEqual([]);
    expect(terminal.connections).toBe(0);
  });
});

test("zkteco-js also gets verify and state as stored", async () => {
  const got = await report("zkteco-js", "tcp");

  expect(got.punches).toEqual(punches);
});

// zkteco-js has no working UDP: its fallback tests the code of its own wrapper (§7.2).
describe.each(["zklib-js", "node-zklib"])("%s, unmodified, over UDP", (name) => {
  test("gets users, punches and live events of a black-and-white terminal", async () => {
    const got = await report(name, "udp");

    expect(got.transport).toBe("udp");
    expect(got.info).toEqual({ userCounts: 200, logCounts: 3_000, logCapacity: 200_000 });
    expect(got.users.map(({ uid, userId }) => ({ uid, userId }))).toEqual(
      people.map(({ uid, userId }) => ({ uid, userId })),
    );
    expect(got.punches.map(({ userId, at }) => ({ userId, at }))).toEqual(timesOf(punches));
    expect(got.live).toEqual({ userId: "42", at: LIVE_AT });
    expect(terminal.violations).toEqual([]);
  });
});
