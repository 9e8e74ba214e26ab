import type { FleetHealth } from "../terminals/fleet/fleet-health.ts";

import { find, type Finding } from "./find.ts";

/** This PC's clock against the HR server's. Errors: `hr.clock-skew`. */
export async function lookAtHrClock(health: FleetHealth): Promise<Record<string, unknown>> {
  return { pcClockOffsetSeconds: await health.trustPcClock() };
}

/** Each terminal, and what its readings warn of. All at once, because one that is switched off takes its whole time-out. */
export async function lookAtTerminals(health: FleetHealth): Promise<Finding[]> {
  const reachable = (await health.list()).filter(({ address }) => address !== null);
  const looks = reachable.map(({ name }) =>
    find(`terminal ${name}`, {}, async () => {
      const { serial, clockOffsetSeconds, hrClockOffsetSeconds, punches, daysUntilFull } = await health.check(name);
      return { serial, clockOffsetSeconds, hrClockOffsetSeconds, punches, daysUntilFull };
    }),
  );
  const findings = await Promise.all(looks);
  // Read after the checks: one that did not answer still has its warnings of before.
  const warned = await health.list();
  return [...findings, ...warned.flatMap(warningsOf)];
}

function warningsOf({ name, warnings }: Awaited<ReturnType<FleetHealth["list"]>>[number]): Finding[] {
  return warnings.map(({ code, at, details }) => ({
    id: `terminal ${name} ${code.slice(code.indexOf(".") + 1)}`,
    ok: false,
    code,
    details: { ...details, at },
  }));
}
