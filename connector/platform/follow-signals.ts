/**
 * Aborts `controller` when one of the signals does, for the same reason. The returned function ends that. Unlike
 * `AbortSignal.any`, it leaves nothing behind on a signal that lives as long as the program.
 */
export function followSignals(controller: AbortController, signals: readonly (AbortSignal | undefined)[]): () => void {
  const undo: (() => void)[] = [];
  for (const signal of signals) {
    if (signal === undefined) continue;
    const follow = (): void => controller.abort(signal.reason);
    if (signal.aborted) follow();
    signal.addEventListener("abort", follow, { once: true });
    undo.push(() => signal.removeEventListener("abort", follow));
  }
  return () => undo.forEach((one) => one());
}
