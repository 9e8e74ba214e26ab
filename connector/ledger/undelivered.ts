/** Punches that are somebody's and not in the HR app yet, from the counts by delivery state. */
export function undeliveredIn(states: Readonly<Record<string, number>>): number {
  return ["pending", "held", "failed", "refused"].reduce((sum, state) => sum + (states[state] ?? 0), 0);
}
