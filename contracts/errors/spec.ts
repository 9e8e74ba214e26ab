/** HTTP status an error answers with, and whether the same request may simply be tried again later. */
export interface ErrorSpec {
  readonly status: number;
  readonly retry: boolean;
}

/** Failure that a repeat may cure. */
export const passing = (status: number): ErrorSpec => ({ status, retry: true });

/** Failure that stays until somebody changes something. */
export const lasting = (status: number): ErrorSpec => ({ status, retry: false });
