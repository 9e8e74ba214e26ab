/** Lines Plasmo marks as errors, without the one about its own newest version: builds have to work without a network. */
export function errorsIn(output) {
  return output
    .split("\n")
    .filter((line) => /\bERROR\b/.test(line) && !line.includes('Error fetching package information for "plasmo"'));
}
