import { once } from "node:events";
import { parseArgs } from "node:util";

import { ZkTerminal } from "./index.ts";
import { generatePeople } from "./samples/people.ts";
import { generatePunches } from "./samples/punches.ts";
import { generateTemplates } from "./samples/templates.ts";

const OPTIONS = {
  port: { type: "string", default: "4370" },
  transport: { type: "string", default: "both" },
  people: { type: "string", default: "50" },
  punches: { type: "string", default: "1000" },
  from: { type: "string", default: "2026-01-05" },
  seed: { type: "string", default: "1" },
  "comm-key": { type: "string", default: "0" },
  pacing: { type: "string", default: "0" },
  zone: { type: "string", default: "Asia/Ho_Chi_Minh" },
  /** Somebody punches every so many seconds. */
  live: { type: "string", default: "0" },
} as const;

/**
 * Runs a terminal with invented people until SIGINT or SIGTERM, or until the returned signal's owner aborts. Prints one
 * JSON line `{"address","port","serial"}` when it listens.
 */
export async function runTerminal(args: readonly string[], stopped: AbortSignal): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const seed = numberOf("seed", values.seed);
  const people = generatePeople(numberOf("people", values.people), { seed });
  const count = numberOf("punches", values.punches);
  const terminal = await ZkTerminal.start({
    port: numberOf("port", values.port),
    transport: transportOf(values.transport),
    commKey: numberOf("comm-key", values["comm-key"]),
    pacingMs: numberOf("pacing", values.pacing),
    zone: values.zone,
    users: people,
    punches: people.length === 0 ? [] : generatePunches(seed, { people, count, from: values.from }),
    templates: generateTemplates(
      seed,
      people.map(({ uid }) => uid),
    ),
  });
  const { address, port, serial } = terminal;
  process.stdout.write(`${JSON.stringify({ address, port, serial })}\n`);
  const pulse = punchNowAndThen(terminal, people, numberOf("live", values.live));
  if (!stopped.aborted) await once(stopped, "abort");
  clearInterval(pulse);
  await terminal.stop();
}

function punchNowAndThen(
  terminal: ZkTerminal,
  people: readonly { readonly userId: string }[],
  seconds: number,
): NodeJS.Timeout | undefined {
  if (seconds === 0) return undefined;
  let turn = 0;
  return setInterval(() => {
    const person = people[turn++ % people.length];
    if (person !== undefined) terminal.punch({ userId: person.userId });
  }, seconds * 1_000);
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} wants a whole number, not "${text}"`);
  return value;
}

function transportOf(text: string): "tcp" | "udp" | "both" {
  if (text === "tcp" || text === "udp" || text === "both") return text;
  throw new Error(`--transport is tcp, udp or both, not "${text}"`);
}
