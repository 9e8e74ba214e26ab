/** One timed read of the whole attendance log. */
export interface Sample {
  readonly ms: number;
  readonly records: number;
}

/** A client that reads the log again and again, on a connection of its own each time. */
export interface Reader {
  readonly name: string;
  read(): Promise<Sample>;
  close(): Promise<void>;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}
