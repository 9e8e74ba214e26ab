/**
 * A reader that is locked while something is done. The terminal frees itself after a while, whatever happens here
 * (`zk-pull.md` §1.6), so work that takes long locks it anew in good time.
 */
export interface ReaderLock {
  /** To be called between steps: locks for the whole time again unless that was just done. Errors: `terminal.*`. */
  renew(): Promise<void>;
}
