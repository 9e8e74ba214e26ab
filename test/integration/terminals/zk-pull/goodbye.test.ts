import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";

import { openTerminal } from "./open-terminal.ts";

const EXIT = 1001;
const ENABLE = 1002;
const CLOCK = 201;

let double: ZkTerminal;

beforeEach(async () => {
  double = await ZkTerminal.start({ transport: "udp" });
});

afterEach(() => double.stop());

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource.includes("UDP")).length;
}

/** Waits for what comes from outside; what never comes is an error. */
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a locked terminal that answers again only after the client has closed is freed, and its socket with it", async () => {
  const before = openSockets();
  const options = { idleMs: 4_000, connectMs: 50 };
  const { terminal } = await openTerminal(double.address, { mode: "active" }, options);
  await terminal
    .withDisabled(60, async () => {
      double.set({ silentOn: "all" });
      const asked = terminal.clock().catch(() => null);
      await until(() => double.commands.codes().includes(CLOCK));
      await terminal.close();
      await asked;
    })
    .catch(() => undefined);
  double.calm();
  await until(() => double.commands.codes().includes(ENABLE) && double.commands.codes().includes(EXIT));

  // A socket of an earlier test may close meanwhile.
  await until(() => openSockets() <= before);

  expect(double.state.enabled).toBe(true);
});
