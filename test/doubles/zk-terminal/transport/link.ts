import type { Answer, Step } from "../commands/request.ts";
import type { Modes } from "../device/modes.ts";
import type { Packet } from "../wire/packet.ts";

const RESET_AFTER_MS = 20;
/** So much later the second half of a prefix is sent: a client in another process has read the first half by then. */
const PREFIX_GAP_MS = 3;

/** Where a link's bytes go. */
export interface Outlet {
  write(pieces: readonly Buffer[], pause: (() => Promise<void>) | null): Promise<void>;
  encode(step: Extract<Step, { send: Packet }>): Buffer;
  cut(frames: readonly Buffer[], modes: Modes): readonly Buffer[];
  reset(): void;
}

export interface LinkEvents {
  /** Half a packet has been sent and the terminal restarts. */
  reboot(): void;
}

/** One client's way back: sends answers one after another, in the pace and pieces that the modes want. */
export class Link {
  readonly #outlet: Outlet;
  readonly #modes: () => Modes;
  readonly #events: LinkEvents;
  #queue: Promise<void> = Promise.resolve();
  #held: { readonly packet: Packet; readonly timer: NodeJS.Timeout } | null = null;
  #lastSent = 0;
  #closed = false;
  #stalled = false;
  #busy = 0;

  constructor(outlet: Outlet, modes: () => Modes, events: LinkEvents) {
    this.#outlet = outlet;
    this.#modes = modes;
    this.#events = events;
  }

  /** True while something is still to be sent. */
  get busy(): boolean {
    return !this.#closed && !this.#stalled && (this.#busy > 0 || this.#held !== null);
  }

  get stalled(): boolean {
    return this.#stalled;
  }

  /** Queues work that produces an answer and sends it; the terminal does one thing at a time per client. */
  enqueue(work: () => Answer): Promise<void> {
    this.#busy++;
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#closed && !this.#stalled) await this.#send(work());
      } finally {
        this.#busy--;
      }
    });
    return this.#queue;
  }

  close(): void {
    this.#closed = true;
    if (this.#held !== null) clearTimeout(this.#held.timer);
    this.#held = null;
  }

  reset(): void {
    this.close();
    this.#outlet.reset();
  }

  async #send(answer: Answer): Promise<void> {
    if (answer.length === 0) return;
    let frames: Buffer[] = this.#releaseHeld();
    for (const step of answer) {
      if ("send" in step) {
        frames.push(this.#outlet.encode(step));
        continue;
      }
      await this.#flush(frames);
      frames = [];
      if ("hold" in step) this.#hold(step.hold, step.ms);
      else await this.#end(step.end);
    }
    await this.#flush(frames);
  }

  async #flush(frames: readonly Buffer[]): Promise<void> {
    if (frames.length === 0 || this.#closed || this.#stalled) return;
    const modes = this.#modes();
    const pieces = this.#outlet.cut(frames, modes);
    await this.#outlet.write(pieces, this.#pause(modes));
    this.#lastSent = performance.now();
  }

  /** What to wait for before each piece; null where pieces may follow each other at once. */
  #pause({ segmentation, pacingMs }: Modes): (() => Promise<void>) | null {
    if (segmentation === "prefix-split") return () => this.#apart(Math.max(pacingMs, PREFIX_GAP_MS));
    if (segmentation !== "packets" && segmentation !== "coalesced") return turn;
    return pacingMs === 0 ? null : () => this.#apart(pacingMs);
  }

  async #apart(ms: number): Promise<void> {
    const wait = this.#lastSent + ms - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.#lastSent = performance.now();
  }

  #hold(packet: Packet, ms: number): void {
    const timer = setTimeout(() => {
      if (this.#held?.packet !== packet) return;
      void this.enqueue(() => [{ send: packet }]);
      this.#held = null;
    }, ms);
    this.#held = { packet, timer };
  }

  #releaseHeld(): Buffer[] {
    if (this.#held === null) return [];
    clearTimeout(this.#held.timer);
    const { packet } = this.#held;
    this.#held = null;
    return [this.#outlet.encode({ send: packet })];
  }

  async #end(how: "stall" | "reset" | "reboot"): Promise<void> {
    if (how === "reset") {
      // A client that finds data and RST together may see an orderly end only.
      await new Promise((resolve) => setTimeout(resolve, RESET_AFTER_MS));
      this.reset();
    } else if (how === "stall") this.#stalled = true;
    else this.#events.reboot();
  }
}

/** Lets the event loop run once, so that the peer reads what was written as a piece of its own. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
