import { afterEach, beforeAll, expect, test } from "@jest/globals";

import { UserId } from "@tandem/contracts/domain/ids.ts";

import { settingsOf } from "../../../connector/terminals/zk-pull/options.ts";
import { openWire } from "../../../connector/terminals/zk-pull/wire/open-wire.ts";
import { writeUser } from "../../../connector/terminals/zk-pull/writing/users.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { targetOf } from "../../integration/terminals/zk-pull/open-terminal.ts";
import { pythonWithPyzk } from "../../support/pyzk/pyzk.ts";
import { runPyzk } from "../zk-terminal/clients/run-client.ts";

const NOW = Date.UTC(2026, 10, 22, 8);
const INSTALL_MS = 400_000;
const LAN = { uid: 7, userId: "7", name: "Lan", card: 222, group: 3, timeZones: [1, 2] } as const;

beforeAll(() => pythonWithPyzk(), INSTALL_MS);

let terminal: ZkTerminal;

afterEach(() => terminal.stop());

test.each([72, 28] as const)("pyzk reads users written in rows of %i bytes", async (user) => {
  terminal = await ZkTerminal.start({
    users: [LAN],
    rowSizes: { user },
    punches: [{ userId: "7", at: "2026-11-22T07:00:00" }],
    now: () => NOW,
  });
  const settings = settingsOf({ dump: () => Promise.resolve("kept.bin") });
  const wire = await openWire(targetOf(terminal.address, { mode: "active" }), settings);
  const context = { clock: settings.clock, dump: settings.dump, nameEncoding: "utf8" } as const;
  await writeUser(wire, context, { userId: UserId.parse("7"), name: "Mỹ" });
  await writeUser(wire, context, { userId: UserId.parse("12"), name: "Bình", card: "4294967295", privilege: 2 });
  await wire.conversation.ask(1001, Buffer.alloc(0), "disconnecting");
  await wire.closeSocket();
  void terminal.commands.next(500).then(() => terminal.punch({ userId: "7" }));

  const got = await runPyzk<{ users: object[] }>("pyzk_client.py", String(terminal.port), "tcp");

  expect(got.users).toEqual([
    { uid: 7, userId: "7", name: "Mỹ", privilege: 0, card: 222 },
    { uid: 8, userId: "12", name: "Bình", privilege: 2, card: 4_294_967_295 },
  ]);
  expect(terminal.state.users.get(7)).toMatchObject({ group: 3, timeZones: user === 28 ? [1] : [1, 2, 0] });
  expect(terminal.violations).toEqual([]);
});
