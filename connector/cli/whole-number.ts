import { InvalidArgumentError } from "commander";

/** `7`; an empty text is a slip, and not zero. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number.");
  return Number(text);
}
