import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";

import type { Modes } from "../../doubles/zk-terminal/device/modes.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import { generateTemplates } from "../../doubles/zk-terminal/samples/templates.ts";
import { pythonWithPyzk } from "../../support/pyzk/pyzk.ts";

import { runPyzk, type ClientReport } from "./clients/run-client.ts";

const NOW = Date.parse("2026-11-22T01:00:00Z");
const INSTALL_MS = 400_000;

interface PyzkReport extends ClientReport {
  readonly platform: string;
  readonly pinWidth: number;
  readonly fingers: number;
  readonly templates: readonly unknown[];
}

beforeAll(() => pythonWithPyzk(), INSTALL_MS);

let terminal: ZkTerminal;
afterEach(() => terminal.stop());

const people = generatePeople(200, { firstId: 7_001 });
const punches = generatePunches(7, { people, count: 3_000 });
const templates = generateTemplates(3, [1, 2, 3]);

describe.each([
  { transport: "tcp", platform: "ZEM760_TFT", pinWidth: 9 },
  { transport: "udp", platform: "ZEM560", pinWidth: 5 },
] as const)("pyzk, unmodified, over $transport", ({ transport, platform, pinWidth }) => {
  test("gets everything the friendly terminal holds, and breaks no rule", async () => {
    terminal = await ZkTerminal.start({ transport, users: people, punches, templates, now: () => NOW });
    void terminal.commands.next(500).then(() => terminal.punch({ userId: "7042", verify: 4, state: 1 }));

    const got = await runPyzk<PyzkReport>("pyzk_client.py", String(terminal.port), transport);

    expect(got).toMatchObject({ serial: terminal.serial, firmware: terminal.firmware, platform, pinWidth });
    expect(got.time).toBe("2026-11-22T08:00:00");
    expect(got.info).toEqual({ userCounts: 200, logCounts: 3_000, logCapacity: 200_000 });
    expect(got.users.map(({ uid, userId }) => ({ uid, userId }))).toEqual(
      people.map(({ uid, userId }) => ({ uid, userId })),
    );
    expect(got.punches).toEqual(punches);
    expect(got.fingers).toBe(templates.length);
    expect(got.templates).toEqual(templates.map(({ bytes, ...rest }) => ({ ...rest, bytes: bytes.toString("hex") })));
    expect(got.live).toEqual({ userId: "7042", at: "2026-11-22T08:00:00", verify: 4, state: 1 });
    expect(terminal.violations).toEqual([]);
  });

  test("writes users and templates, reads them back and deletes them", async () => {
    terminal = await ZkTerminal.start({ transport, users: people, punches, templates, now: () => NOW });

    const got = await runPyzk<Record<string, unknown>>("pyzk_writer.py", String(terminal.port), transport);

    expect(got["time"]).toBe("2026-11-22T08:00:00");
    expect(got["user"]).toMatchObject([{ uid: 77, privilege: 14, password: "1234", user_id: "7077", card: 987_654 }]);
    expect(got["all"]).toEqual(got["wanted"]);
    expect([got["one"]]).toEqual(
      (got["wanted"] as [number, string][]).filter(([at]) => at === 6).map(([, hex]) => hex),
    );
    expect(got).toMatchObject({ deleted: true, deletedTwice: false, left: [0], gone: [], orphans: [], punches: 0 });
    expect(terminal.violations).toEqual([]);
  });
});

test("pyzk reads names of the colour-screen generation as UTF-8, and cards and privileges", async () => {
  terminal = await ZkTerminal.start({ users: people, punches, templates, now: () => NOW });
  void terminal.commands.next(500).then(() => terminal.punch({ userId: "7042" }));

  const got = await runPyzk<PyzkReport>("pyzk_client.py", String(terminal.port), "tcp");

  expect(got.users).toEqual(
    people.map(({ uid, userId, name, privilege, card }) => ({ uid, userId, name, privilege, card })),
  );
});

describe("a terminal with a communication key", () => {
  test("lets pyzk in with the key", async () => {
    terminal = await ZkTerminal.start({ users: people, punches, templates, commKey: 123_456, now: () => NOW });
    void terminal.commands.next(500).then(() => terminal.punch({ userId: "7042" }));

    const got = await runPyzk<PyzkReport>("pyzk_client.py", String(terminal.port), "tcp", "123456");

    expect(got.punches).toHaveLength(3_000);
    expect(terminal.violations).toEqual([]);
  });

  test("turns pyzk away with another key", async () => {
    terminal = await ZkTerminal.start({ users: people, commKey: 123_456 });

    const attempt = runPyzk<PyzkReport>("pyzk_client.py", String(terminal.port), "tcp", "654321");

    await expect(attempt).rejects.toThrow("Unauthenticated");
    expect(terminal.commands.codes()).toEqual([1000, 1102]);
  });
});

/** What was measured with pyzk before this double existed (`zk-pull.md` §7.1.2, §2.1): the modes are no invention. */
describe("in hostile modes pyzk fails as it is known to", () => {
  test.each<[string, Partial<Modes>, string]>([
    ["a prefix in two segments", { segmentation: "prefix-split", pacingMs: 100 }, "TCP packet invalid"],
    ["6001 on CONNECT", { connect: "secured" }, "Invalid response: Can't connect"],
    ["an error on 1503", { bufferedRead: "error" }, "RWB Not supported"],
    ["RST in the middle of a chunk", { transfer: ["reset"] }, "Connection reset by peer"],
  ])("%s", async (_name, modes, text) => {
    terminal = await ZkTerminal.start({ users: people, punches, modes });

    await expect(runPyzk("pyzk_client.py", String(terminal.port), "tcp")).rejects.toThrow(text);
  });

  test.each<[string, Partial<Modes>]>([
    ["all packets of an answer in one segment", { segmentation: "coalesced" }],
    ["a stream cut at 1,400 bytes", { segmentation: "mtu" }],
    ["the last chunk as bare DATA", { transfer: ["bare-data"] }],
    ["a late OK", { transfer: ["late-ok"], lateOkMs: 20 }],
  ])("or reads everything where it is known to: %s", async (_name, modes) => {
    terminal = await ZkTerminal.start({ users: people, punches, templates, modes });
    void terminal.commands.next(500).then(() => terminal.punch({ userId: "7042" }));

    const got = await runPyzk<PyzkReport>("pyzk_client.py", String(terminal.port), "tcp");

    expect(got.punches).toEqual(punches);
    expect(got.users).toHaveLength(people.length);
  });
});
