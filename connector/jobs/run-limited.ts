/** Works through the items in order, at most `limit` at once; begins no further one once `mayGoOn` says no. */
export async function runLimited<T>(
  items: readonly T[],
  limit: number,
  mayGoOn: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (mayGoOn() && next < items.length) {
      const item = items[next++];
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}
