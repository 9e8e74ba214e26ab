/**
 * How long to leave a terminal alone after so many failures in a row (1 or more): twice as long each time, up to
 * `mostMs`.
 */
export function backOffMs(failures: number, firstMs: number, mostMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(failures - 1, 30), mostMs);
}
