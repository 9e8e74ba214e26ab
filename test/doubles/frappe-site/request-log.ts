/** One request as the site saw it. */
export interface LoggedRequest {
  readonly method: string;
  /** Decoded path without query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who it was served as; `Guest` also when sign-in failed. */
  user: string;
  /** New records it carried. */
  rows: number;
  /** HTTP status, or 0 while there is no answer (a fault may keep it so). */
  status: number;
}

/** The requests so far, oldest first. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): LoggedRequest {
    this.#entries.push(entry);
    return entry;
  }

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Requests whose decoded path begins with `path`. */
  to(path: string, method?: string): LoggedRequest[] {
    return this.#entries.filter((one) => one.path.startsWith(path) && (method === undefined || one.method === method));
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
