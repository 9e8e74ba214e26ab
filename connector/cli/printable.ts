/**
 * Text for a console, with its line end. Names come from terminals, browsers and HR sites, and control characters in them
 * could rewrite what stands on the screen.
 */
export function printable(text: string): string {
  return `${text.replace(/[^\P{C}\n]/gu, " ")}\n`;
}
