/**
 * Works through the items in order, at most `limit` at once; begins no further one once `mayGoOn` says no or one has
 * thrown. Ends when everything that began has ended, then throws what was thrown first.
 */
export async function runLimited<T>(
  items: readonly T[],
  limit: number,
  mayGoOn: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (failures.length === 0 && mayGoOn()) {
      const next = rest.next();
      if (next.done === true) return;
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}
