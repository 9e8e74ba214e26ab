/** Keys of one phase (`phase:name`) run together, phases one after the other in the order of their first key. */
export function phasesOf(keys: readonly string[]): string[][] {
  const phases = new Map<string, string[]>();
  for (const key of keys) {
    const phase = phaseOf(key);
    phases.set(phase, [...(phases.get(phase) ?? []), key]);
  }
  return [...phases.values()];
}

/**
 * What a retry of the `failed` keys has to run: those, and everything in a later phase than the first of them, because a
 * later phase works on what the earlier ones bring.
 */
export function keysToRetry(keys: readonly string[], failed: ReadonlySet<string>): string[] {
  const phases = phasesOf(keys);
  const first = phases.findIndex((phase) => phase.some((key) => failed.has(key)));
  if (first === -1) return [];
  return phases.flatMap((phase, at) => (at > first ? phase : phase.filter((key) => failed.has(key))));
}

function phaseOf(key: string): string {
  return key.slice(0, key.indexOf(":") + 1);
}
