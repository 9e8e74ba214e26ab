/** Whose work it is, how it is stopped, and who is told how far it is. */
export interface ApplyContext {
  /** Named in the audit. */
  readonly actor: string;
  /** Stops between two steps; nothing is left half done. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}
