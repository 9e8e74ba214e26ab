/** Whose work it is, how it is stopped, and who is told how far it is. */
export interface ApplyContext {
  /** Named in the audit. */
  readonly actor: string;
  /** Stops between two steps; nothing is left half done. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** The same of a preview, which may also be made while somebody waits for it. */
export interface MakeContext {
  /** Ends the reading; no plan comes of it. */
  readonly signal?: AbortSignal;
  /** Terminals compared of all. */
  readonly progress?: (done: number, total: number) => void;
}
