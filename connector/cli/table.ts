export type Cell = string | number | boolean | null | undefined;

/** Columns of text, wide enough for their longest cell; the last one is not padded. */
export function renderTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows.map((row) => row.map(text))];
  const widths = head.map((_title, column) => Math.max(...lines.map((line) => width(line[column] ?? ""))));
  return lines
    .map((line) => line.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell)))))
    .map((cells) => cells.join("  ").trimEnd())
    .join("\n");
}

function text(cell: Cell): string {
  return cell === null || cell === undefined || cell === "" ? "–" : String(cell);
}

/** Letters a terminal shows: combining marks of decomposed Vietnamese take no room of their own. */
function width(cell: string): number {
  return Array.from(cell.normalize("NFC")).length;
}
