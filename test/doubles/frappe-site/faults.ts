import type { Doc } from "./data/value.ts";
import { FrappeError } from "./rest/frappe-error.ts";

/** Which requests a fault strikes; everything by default. */
export interface FaultTarget {
  readonly method?: string;
  /** Beginning of the path, decoded. */
  readonly path?: string;
}

export type FaultKind =
  /** The connection is cut before anything is done. */
  | { readonly kind: "reset" }
  /** The work is done and committed, then the connection is cut without an answer. */
  | { readonly kind: "reset-after-commit" }
  /** Nothing is done and no answer ever comes. */
  | { readonly kind: "hang-before-commit" }
  /** The work is done and committed, but no answer ever comes. */
  | { readonly kind: "hang-after-commit" }
  /** A reverse proxy gives up while the work goes on: committed, answered with 504 and an HTML page. */
  | { readonly kind: "gateway-timeout-after-commit" }
  /** Half of the answer is sent, then the connection is cut. */
  | { readonly kind: "cut-answer" }
  /** A reverse proxy cannot reach the application: 502 and an HTML page. */
  | { readonly kind: "bad-gateway" }
  | { readonly kind: "too-many-requests"; readonly retryAfterSeconds: number }
  /** The site is being updated: 503, as JSON or as the page a browser would be shown. */
  | { readonly kind: "session-stopped"; readonly page?: boolean }
  /** The site takes no writes for now. */
  | { readonly kind: "read-only" }
  /** The work is rolled back because of a lock. */
  | { readonly kind: "deadlock" }
  | { readonly kind: "slow"; readonly ms: number };

export interface Fault {
  readonly target: FaultTarget;
  readonly fault: FaultKind;
  /** How many requests it still strikes. */
  left: number;
}

interface RowRefusal {
  readonly doctype: string;
  readonly matches: (doc: Doc) => boolean;
  readonly message: string;
}

/** The switches for everything that can go wrong; all may be turned while the double runs. */
export class Faults {
  /** How far the site's clock is ahead of the real one. */
  clockSkewMs = 0;
  /** Sent with every page, as a reverse proxy might. */
  contentSecurityPolicy: string | null = null;
  /** A proxy in front that wants its own sign-in: answers everything with its HTML login page until its cookie is set. */
  proxyLogin = false;
  readonly #active: Fault[] = [];
  readonly #refusals: RowRefusal[] = [];
  #barrier: { readonly doctype: string; readonly size: number; readonly waiting: (() => void)[] } | null = null;

  /** Strikes the next `times` requests that match. */
  add(fault: FaultKind, target: FaultTarget = {}, times = Number.POSITIVE_INFINITY): Fault {
    const entry: Fault = { target, fault, left: times };
    this.#active.push(entry);
    return entry;
  }

  /** Answers every new row of a DocType that `matches` with 417. */
  refuseRows(
    doctype: string,
    matches: (doc: Doc) => boolean,
    message = "This row is refused by a rule of the site.",
  ): void {
    this.#refusals.push({ doctype, matches, message });
  }

  /**
   * Holds new rows of a DocType between their checks and their write until `size` of them stand there, then lets all
   * go on: parallel requests with the same row all succeed.
   */
  raceInserts(doctype: string, size: number): void {
    this.#barrier = { doctype, size, waiting: [] };
  }

  clear(): void {
    this.clockSkewMs = 0;
    this.contentSecurityPolicy = null;
    this.proxyLogin = false;
    this.#active.length = 0;
    this.#refusals.length = 0;
    const held = this.#barrier?.waiting ?? [];
    this.#barrier = null;
    for (const release of held) release();
  }

  /** The fault that strikes this request, used up by one. */
  take(method: string, path: string): FaultKind | null {
    const struck = this.#active.find(
      ({ target, left }) =>
        left > 0 &&
        (target.method === undefined || target.method === method) &&
        (target.path === undefined || path.startsWith(target.path)),
    );
    if (struck === undefined) return null;
    struck.left -= 1;
    return struck.fault;
  }

  refuseRow(doctype: string, doc: Doc): void {
    const refusal = this.#refusals.find((one) => one.doctype === doctype && one.matches(doc));
    if (refusal === undefined) return;
    const { message } = refusal;
    throw new FrappeError({
      status: 417,
      type: "ValidationError",
      text: message,
      messages: [{ message, title: "Message", raised: true }],
    });
  }

  async beforeRowIsWritten(doctype: string): Promise<void> {
    const barrier = this.#barrier;
    if (barrier?.doctype !== doctype) return;
    await new Promise<void>((resolve) => {
      barrier.waiting.push(resolve);
      if (barrier.waiting.length < barrier.size) return;
      this.#barrier = null;
      for (const release of barrier.waiting) release();
    });
  }
}
