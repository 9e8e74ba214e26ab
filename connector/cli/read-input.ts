import { createInterface } from "node:readline";

/** More than anybody types, or pipes in place of typing. */
const MOST_LETTERS = 4_096;

/**
 * What the operator types or pipes. For secrets: an argument would stand in the list of processes and in the shell's
 * history. `ask` is called where somebody sits at a keyboard; then one line is all there is.
 */
export async function readInput(ask: () => void): Promise<string> {
  const isTyped = process.stdin.isTTY;
  if (isTyped) ask();
  let text = "";
  for await (const line of createInterface({ input: process.stdin })) {
    text += `${line}\n`;
    if (isTyped || text.length > MOST_LETTERS) break;
  }
  return text.trim();
}
