import { afterEach, describe, expect, test } from "@jest/globals";

import type { Modes, TransferFault } from "../../../doubles/zk-terminal/device/modes.ts";
import type { ZkTerminalOptions } from "../../../doubles/zk-terminal/device/options.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../../doubles/zk-terminal/samples/punches.ts";

import { openTerminal, seen, truth } from "./open-terminal.ts";

const many = generatePeople(120);
/** Three TCP chunks. */
const long = generatePunches(2, { people: many, count: 3_400 });
/** Fits into one inline answer. */
const short = long.slice(0, 20);
const few = many.slice(0, 10);

let double: ZkTerminal | null = null;
afterEach(async () => {
  await double?.stop();
  double = null;
});

/** Opens in peace, then reads everything while the terminal behaves as `modes` say. */
async function readAll(options: ZkTerminalOptions, modes: Partial<Modes>) {
  double = await ZkTerminal.start(options);
  const { terminal } = await openTerminal(double.address);
  double.set(modes);
  try {
    const users = await terminal.users();
    const punches = await terminal.punches();
    const identity = await terminal.identity();
    return { users: users.map(({ userId }) => userId), punches: seen(punches.records), serial: identity.serial };
  } finally {
    await terminal.close();
  }
}

function whole(): unknown {
  return {
    users: double?.state.users.all().map(({ userId }) => userId),
    punches: truth(double?.state.punches.all() ?? []),
    serial: double?.serial,
  };
}

const SEGMENTATIONS = ["packets", "coalesced", "prefix-split", "mtu", "random"] as const;
const HARMLESS: readonly (readonly TransferFault[])[] = [
  ["late-ok"],
  ["ok-before-data"],
  ["many-data"],
  ["bare-data"],
  ["short-announcement"],
  ["short-prefix"],
  ["short-total"],
  ["direct-prepare"],
  ["event-inside"],
  ["short-chunk"],
  ["many-data", "ok-before-data", "event-inside"],
  ["many-data", "short-prefix", "event-inside"],
  ["direct-prepare", "short-announcement"],
  ["direct-prepare", "ok-before-data", "many-data"],
  ["bare-data", "short-prefix"],
];

describe.each(SEGMENTATIONS)("everything is read when answers come %s", (segmentation) => {
  test("in chunks", async () => {
    expect(await readAll({ users: many, punches: long }, { segmentation })).toEqual(whole());
  });

  test("inline", async () => {
    expect(await readAll({ users: few, punches: short }, { segmentation })).toEqual(whole());
  });
});

test("everything is read when answers come byte by byte", async () => {
  const modes = { segmentation: "one-byte" } as const;

  expect(await readAll({ users: few, punches: long.slice(0, 60) }, modes)).toEqual(whole());
});

describe.each(["tcp", "udp"] as const)("everything is read over %s", (transport) => {
  describe.each(HARMLESS.map((transfer) => [transfer.join(" + "), transfer] as const))("with %s", (_name, transfer) => {
    test("in chunks", async () => {
      expect(await readAll({ transport, users: many, punches: long }, { transfer, lateOkMs: 40 })).toEqual(whole());
    });

    test("inline", async () => {
      expect(await readAll({ transport, users: few, punches: short }, { transfer, lateOkMs: 40 })).toEqual(whole());
    });
  });

  test.each(["duplicate", "stale"] as const)("with %s replies", async (replies) => {
    expect(await readAll({ transport, users: many, punches: long }, { replies })).toEqual(whole());
  });

  test.each(["80", "120", "single-u32", "empty", "zeros", "unknown"] as const)(
    "with free sizes %s",
    async (freeSizes) => {
      expect(await readAll({ transport, users: many, punches: long }, { freeSizes })).toEqual(whole());
    },
  );

  test.each(["error", "unknown"] as const)("when 1503 is answered with %s", async (bufferedRead) => {
    expect(await readAll({ transport, users: many, punches: long }, { bufferedRead })).toEqual(whole());
  });

  test.each(["inline", "error"] as const)("from empty tables, answered with %s", async (emptyTable) => {
    expect(await readAll({ transport }, { emptyTable })).toEqual(whole());
  });

  test.each(["late-ok", "event-inside", "direct-prepare"] as const)("from empty tables with %s", async (fault) => {
    expect(await readAll({ transport }, { transfer: [fault], lateOkMs: 40 })).toEqual(whole());
  });

  test("while people go on punching", async () => {
    const options = { transport, users: many, punches: long };

    const { punches } = await readAll(options, { growing: true });

    expect(truth(double?.state.punches.all() ?? []).slice(0, punches.length)).toEqual(punches);
    expect(punches.length).toBeGreaterThanOrEqual(long.length);
  });

  test("when one chunk comes short now and then", async () => {
    const modes: Partial<Modes> = { transfer: ["short-chunk"], faultChunk: 1, faultTimes: 1 };

    expect(await readAll({ transport, users: many, punches: long }, modes)).toEqual(whole());
  });

  test.each(["stall", "reset"] as const)("when a %s happens once", async (fault) => {
    const modes: Partial<Modes> = { transfer: [fault], faultChunk: 0, faultTimes: 1 };

    expect(await readAll({ transport, users: many, punches: long }, modes)).toEqual(whole());
  });

  test.each(["late-ok", "many-data"] as const)("a following question gets its own answer after %s", async (fault) => {
    double = await ZkTerminal.start({ transport, users: many, punches: long });
    const { terminal } = await openTerminal(double.address);
    double.set({ transfer: [fault], lateOkMs: 10_000 });

    await terminal.punches();
    const [capacity, identity] = [await terminal.capacity(), await terminal.identity()];
    await terminal.close();

    expect([capacity.punches, identity.serial]).toEqual([long.length, double.serial]);
  });
});

describe("everything is read over udp", () => {
  test.each(["lost", "doubled", "swapped"] as const)("with datagrams %s", async (datagrams) => {
    expect(await readAll({ transport: "udp", users: many, punches: long.slice(0, 400) }, { datagrams })).toEqual(
      whole(),
    );
  });
});

describe.each(["tcp", "udp"] as const)("an error and no records over %s", (transport) => {
  const options = { transport, users: many, punches: long };

  async function failure(modes: Partial<Modes>, given: ZkTerminalOptions = options): Promise<string> {
    return readAll(given, modes).then(
      () => "read",
      (error: unknown) => (error instanceof Error ? error.message : "no error"),
    );
  }

  test.each(["stall", "reset", "reboot"] as const)("when a %s happens each time", async (fault) => {
    expect(await failure({ transfer: [fault], faultChunk: 1 })).toMatch(
      /^terminal\.(timeout|connection-lost|incomplete|unreachable)$/,
    );
  });

  test.each(["stall", "reset", "reboot"] as const)("when a %s happens in an inline answer", async (fault) => {
    expect(await failure({ transfer: [fault] }, { transport, users: few, punches: short })).toMatch(
      /^terminal\.(timeout|connection-lost|incomplete|unreachable)$/,
    );
  });

  test.each([
    ["in chunks", many, long],
    ["inline", few, short],
  ] as const)("when the data set says it is longer than it is, %s", async (_name, users, punches) => {
    expect(await failure({ transfer: ["long-length"] }, { transport, users, punches })).toBe("terminal.incomplete");
  });

  test("when the legacy read says it is longer than it is", async () => {
    expect(await failure({ transfer: ["long-length"], bufferedRead: "error" })).toBe("terminal.incomplete");
  });

  test.each(["supported", "error"] as const)("when every answer is short, 1503 %s", async (bufferedRead) => {
    expect(await failure({ transfer: ["short-chunks"], bufferedRead })).toBe("terminal.incomplete");
  });

  test("when nothing is answered", async () => {
    expect(await failure({ silentOn: "all" })).toMatch(/^terminal\.(timeout|unreachable)$/);
  });

  test.each([13, 1503, 1504])("when command %i is not answered", async (command) => {
    const modes: Partial<Modes> = { silentOn: [command], bufferedRead: command === 13 ? "error" : "supported" };

    expect(await failure(modes)).toMatch(/^terminal\.(timeout|incomplete)$/);
  });

  test("when replies carry ids that were never sent", async () => {
    expect(await failure({ replies: "wrong-id" })).toMatch(/^terminal\.(reply-mismatch|timeout)$/);
  });
});
