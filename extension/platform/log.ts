/** Writes a failure that no surface can show to the extension's own console; codes and causes only, never people. */
export function logFailure(what: string, error: unknown): void {
  // eslint-disable-next-line no-console -- an extension has no other log
  console.error(`Tandem: ${what} failed`, error);
}

/** For event listeners, whose promise nobody waits for. */
export function unattended(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => logFailure(what, error));
}
