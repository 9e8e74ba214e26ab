import { afterEach, beforeAll, expect, test } from "@jest/globals";

import { settingsOf } from "../../../connector/terminals/zk-pull/options.ts";
import { openWire } from "../../../connector/terminals/zk-pull/wire/open-wire.ts";
import { writeInBulk, writeTemplates } from "../../../connector/terminals/zk-pull/writing/templates.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate } from "../../doubles/zk-terminal/samples/templates.ts";
import { targetOf } from "../../integration/terminals/zk-pull/open-terminal.ts";
import { pythonWithPyzk } from "../../support/pyzk/pyzk.ts";
import { runPyzk } from "../zk-terminal/clients/run-client.ts";

const NOW = Date.UTC(2026, 10, 22, 8);
const INSTALL_MS = 400_000;
const users = generatePeople(3);

beforeAll(() => pythonWithPyzk(), INSTALL_MS);

let terminal: ZkTerminal;

afterEach(() => terminal.stop());

test.each(["one by one", "in bulk"] as const)("pyzk reads templates written %s byte for byte", async (way) => {
  terminal = await ZkTerminal.start({ users, punches: [{ userId: "1", at: "2026-11-22T07:00:00" }], now: () => NOW });
  const wanted = [1, 2, 3].flatMap((uid) =>
    [0, 6].map((finger) => ({
      uid,
      finger,
      flag: 1,
      template: generateTemplate(uid * 10 + finger, 900 + uid * 100 + finger),
    })),
  );
  const before = terminal.state.users.rows();
  const settings = settingsOf({ dump: () => Promise.resolve("kept.bin") });
  const wire = await openWire(targetOf(terminal.address, { mode: "active" }), settings);
  if (way === "one by one") await writeTemplates(wire.conversation, wanted, []);
  else {
    const rows = [1, 2, 3].flatMap((uid) => terminal.state.users.row(uid) ?? []);
    await writeInBulk(wire.conversation, rows, wanted);
  }
  await wire.conversation.ask(1001, Buffer.alloc(0), "disconnecting");
  await wire.closeSocket();
  void terminal.commands.next(500).then(() => terminal.punch({ userId: "1" }));

  const got = await runPyzk<{ templates: object[] }>("pyzk_client.py", String(terminal.port), "tcp");

  expect(got.templates).toEqual(wanted.map(({ template, ...slot }) => ({ ...slot, bytes: template.toString("hex") })));
  // Group byte and time zones are in the rows, which pyzk reads as text and would not show.
  expect(terminal.state.users.rows()).toEqual(before);
  expect(terminal.violations).toEqual([]);
});
