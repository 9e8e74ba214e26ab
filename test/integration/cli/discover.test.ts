import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { runTandem, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let device: ZkTerminal;

beforeAll(async () => {
  home = await makeTempFolder();
  device = await ZkTerminal.start({ host: "127.78.0.1", serial: "A1" });
});

afterAll(async () => {
  await device.stop();
  await home.remove();
});

const discover = (...args: string[]) => tandem(home.path, "terminals", "discover", ...args);

describe("tandem terminals discover", () => {
  it("prints what answers", async () => {
    const { code, json } = await discover("127.78.0.0/30", "--port", String(device.port));
    expect(code).toBe(0);
    expect(json()).toEqual({
      searched: 2,
      found: [
        {
          address: device.address,
          state: "terminal",
          serial: "A1",
          model: "X628-C",
          firmware: device.firmware,
          known: null,
        },
      ],
    });
  });

  it("follows a terminal that was registered elsewhere", async () => {
    const elsewhere = await ZkTerminal.start({ host: "127.78.0.2", serial: "A1" });
    await tandem(home.path, "terminals", "add", "Gate 1", "--address", elsewhere.address);
    await tandem(home.path, "terminals", "check", "Gate 1");
    await elsewhere.stop();
    const { json } = await discover("127.78.0.0/30", "--port", String(device.port), "--follow");
    expect(json()).toMatchObject({ found: [{ known: { name: "Gate 1", addressDiffers: true, followed: true } }] });
    const list = await tandem(home.path, "terminals", "list");
    expect(list.json()).toMatchObject({ terminals: [{ name: "Gate 1", address: device.address }] });
  });

  it("moves a terminal by hand only to where it answers", async () => {
    const other = await ZkTerminal.start({ host: "127.78.0.2", serial: "B9" });
    const moved = await tandem(home.path, "terminals", "move-address", "Gate 1", "--address", other.address);
    await other.stop();
    expect([moved.code, moved.stderr]).toEqual([1, expect.stringMatching(/^terminal\.serial-changed: /)]);
    const back = await tandem(home.path, "terminals", "move-address", "Gate 1", "--address", device.address);
    expect(back.json()).toMatchObject({ name: "Gate 1", address: device.address });
  });

  it.each([
    ["8.8.8.0/24", "fleet.network-public"],
    ["10.0.0.0/16", "fleet.network-too-large"],
    ["office", "fleet.network-invalid"],
  ])("refuses %s and says what to do, in the operator's language", async (network, code) => {
    const args = ["--home", home.path, "--lang", "vi", "terminals", "discover", network];
    const { code: exit, stderr } = await runTandem(args);
    expect([exit, stderr]).toEqual([1, expect.stringContaining(code)]);
    expect(stderr).toMatch(/mạng/i);
  });

  it("refuses a port that does not exist", async () => {
    const { code, stderr } = await discover("127.78.0.0/30", "--port", "70000");
    expect([code, stderr]).toEqual([1, expect.stringContaining("request.invalid")]);
  });
});
