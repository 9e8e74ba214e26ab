/** Middle of the values; of two middles the larger, so that a bar is never met by rounding in our favour. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("no values");
  return middle;
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
}

export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ");
  console.log([line(header), ...rows.map(line)].join("\n"));
}

/** Prints PASS or FAIL for each bar; true when all hold. */
export function printBars(bars: readonly Bar[]): boolean {
  for (const { name, value, limit, unit } of bars) {
    const verdict = value <= limit ? "PASS" : "FAIL";
    console.log(`${verdict}  ${name}: ${format(value)} ${unit} (at most ${format(limit)})`);
  }
  return bars.every(({ value, limit }) => value <= limit);
}

export function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
