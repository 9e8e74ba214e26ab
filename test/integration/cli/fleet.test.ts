import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { runTandem, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let device: ZkTerminal;
let site: FrappeSite;

beforeAll(async () => {
  home = await makeTempFolder();
  device = await ZkTerminal.start({
    clockOffsetSeconds: 600,
    capacity: { punches: 2 },
    punches: [
      { userId: "1", at: "2026-11-20T08:00:00" },
      { userId: "1", at: "2026-11-20T17:00:00" },
    ],
  });
  site = await FrappeSite.start({ employees: [{ first_name: "Lan" }] });
  const hr = ["--url", site.origin, "--api-key", "hr-key", "--api-secret", "hr-secret"];
  await run("hr", "connect", "frappe", ...hr);
  await run("terminals", "add", "Gate 1", "--address", device.address);
});

afterAll(async () => {
  await device.stop();
  await site.stop();
  await home.remove();
});

const run = (...args: string[]) => tandem(home.path, ...args);
const inVietnamese = (...args: string[]) => runTandem(["--home", home.path, "--lang", "vi", ...args]);

describe("The command line about terminals as a fleet", () => {
  it("checks a terminal against this PC's clock and the HR server's, and warns", async () => {
    const { json } = await run("terminals", "check", "Gate 1");
    const check = json() as Record<string, number>;
    for (const [field, seconds] of [
      ["clockOffsetSeconds", 600],
      ["hrClockOffsetSeconds", 600],
      ["pcClockOffsetSeconds", 0],
    ] as const) {
      expect(Math.abs((check[field] ?? NaN) - seconds)).toBeLessThanOrEqual(3);
    }
    expect(check).toMatchObject({
      daysUntilFull: 0,
      warnings: [{ code: "fleet.log-full" }, { code: "fleet.clock-drift" }],
    });
  });

  it("lists what the terminals warn of, in the operator's language", async () => {
    const { json } = await run("terminals", "list");
    expect(json()).toMatchObject({ terminals: [{ live: false, daysUntilFull: 0, warnings: [{}, {}] }] });
    const { code, stdout } = await inVietnamese("terminals", "list");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/fleet\.log-full: Bộ nhớ chấm công của máy Gate 1/)]);
  });

  it("turns listening on and off, and takes nothing else for an answer", async () => {
    expect((await run("terminals", "live", "Gate 1", "on")).json()).toEqual({ name: "Gate 1", live: true });
    expect((await run("terminals", "list")).json()).toMatchObject({ terminals: [{ live: true }] });
    expect((await run("terminals", "live", "Gate 1", "perhaps")).code).toBe(2);
    const { stdout } = await inVietnamese("terminals", "live", "Gate 1", "off");
    expect(stdout).toContain("theo lịch");
    const unknown = await run("terminals", "live", "Gate 9", "on");
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/^terminal\.unknown: /)]);
  });

  it("sets no terminal's clock to the time of a PC that is not the HR server's", async () => {
    await run("terminals", "mode", "Gate 1", "active");
    site.faults.clockSkewMs = 300_000;
    const { code, stderr } = await run("terminals", "set-clock", "Gate 1");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^hr\.clock-skew: /)]);
    expect(device.commands.count(202)).toBe(0);
    site.faults.clockSkewMs = 0;
    expect((await run("terminals", "set-clock", "Gate 1")).json()).toMatchObject({ name: "Gate 1" });
    device.state.clock.drift(600);
    await run("terminals", "mode", "Gate 1", "shadow");
  });

  it("finds in the doctor what terminals warn of, and a PC clock that is not the HR server's", async () => {
    site.faults.clockSkewMs = -300_000;
    const { code, json } = await run("doctor");
    expect(code).toBe(1);
    const { findings } = json() as { findings: { id: string; code: string | null }[] };
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: "hr-clock", ok: false, code: "hr.clock-skew" }),
        expect.objectContaining({ id: "terminal Gate 1", ok: true }),
        expect.objectContaining({ id: "terminal Gate 1 log-full", ok: false, code: "fleet.log-full" }),
        expect.objectContaining({ id: "terminal Gate 1 clock-drift", ok: false, code: "fleet.clock-drift" }),
      ]),
    );
  });
});
