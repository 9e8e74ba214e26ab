import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../../platform/clock.ts";
import { Command, isAnswer } from "../commands.ts";
import type { Packet } from "../frame.ts";

import type { Step } from "./step.ts";

/** Gathers what answers one request. */
export interface Collector {
  packet(packet: Packet): void;
  /** Bytes that came outside any packet, right behind the last one. */
  stray(bytes: Buffer): void;
  /** `settling`: all may be here, only a closing packet can still come. */
  readonly state: "waiting" | "settling" | "done";
}

/** What a line speaks through. */
export interface Carrier {
  /** Reply id that the next packet will carry. */
  nextReplyId(): number;
  post(command: number, data: Buffer): Promise<void>;
  /** Gives out what was held back for want of more bytes. */
  flush(): void;
  /** Ends a connection whose stream cannot be trusted any more. */
  abandon(error: Error): void;
  /** Whether an unanswered request leaves the connection usable: datagrams stand by themselves, a stream does not. */
  readonly survivesSilence: boolean;
}

export interface LineTiming {
  readonly clock: Clock;
  /** Longest silence while something is awaited. */
  readonly idleMs: number;
  /** Longest wait for a closing OK when the data are there, and for data after the OK. */
  readonly graceMs: number;
}

interface InFlight {
  readonly id: number;
  readonly step: Step;
  readonly collector: Collector;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** Milliseconds of the last byte that belonged to the answer. */
  heard: number;
  /** A packet came with a reply id that was never sent. */
  mismatched: boolean;
  cancelTimer: () => void;
}

/** Ids that repeat or wrap within a session are answered nobody knows how (`zk-pull.md` §1.3). */
const LAST_REPLY_ID = 65_000;

/**
 * Requests and answers on one connection: one at a time, matched by reply id, ended by an idle time-out and never by a
 * total one. Late answers to earlier requests are dropped; events are told apart by their command (`zk-pull.md` §2.2).
 */
export class Line {
  readonly #carrier: Carrier;
  readonly #timing: LineTiming;
  #tail: Promise<unknown> = Promise.resolve();
  #inFlight: InFlight | null = null;
  #highest = 0;
  #lost: Error | null = null;
  #onEvent: ((packet: Packet) => void) | null = null;
  /** True while the last packet belonged to the answer in flight, so that stray bytes are its end. */
  #continues = false;

  constructor(carrier: Carrier, timing: LineTiming) {
    this.#carrier = carrier;
    this.#timing = timing;
  }

  /** Why the connection is gone; null while it stands. */
  get lost(): Error | null {
    return this.#lost;
  }

  /** What is being done; null while nothing is. */
  get step(): string | null {
    return this.#inFlight?.step ?? null;
  }

  set onEvent(listener: ((packet: Packet) => void) | null) {
    this.#onEvent = listener;
  }

  /** Asks and fills `collector`. Errors: `terminal.timeout`, `terminal.reply-mismatch`, `terminal.connection-lost`. */
  request(command: number, data: Buffer, collector: Collector, step: Step): Promise<void> {
    const run = (): Promise<void> => this.#exchange(command, data, collector, step);
    const asked = this.#tail.then(run, run);
    this.#tail = asked.catch(() => undefined);
    return asked;
  }

  /** A packet from the terminal. */
  take(packet: Packet): void {
    if (packet.command === Command.event) {
      this.#continues = false;
      this.#onEvent?.(packet);
      return;
    }
    const flight = this.#inFlight;
    this.#continues = flight !== null && packet.reply === flight.id && isAnswer(packet.command);
    if (flight === null) return;
    if (!this.#continues) {
      if (packet.reply > this.#highest) flight.mismatched = true;
      return;
    }
    this.#hear(flight, () => flight.collector.packet(packet));
  }

  /** Bytes outside packets. */
  takeStray(bytes: Buffer): void {
    const flight = this.#inFlight;
    if (flight !== null && this.#continues) this.#hear(flight, () => flight.collector.stray(bytes));
  }

  /** Part of a packet has come: the terminal is alive, however slow the line. */
  stir(): void {
    if (this.#inFlight !== null) this.#inFlight.heard = this.#timing.clock.now();
  }

  /** The connection is gone, or must be given up. */
  fail(error: Error): void {
    this.#lost ??= error;
    this.#inFlight?.reject(error);
  }

  async #exchange(command: number, data: Buffer, collector: Collector, step: Step): Promise<void> {
    if (this.#lost === null && this.#carrier.nextReplyId() > LAST_REPLY_ID)
      this.#carrier.abandon(new TandemError("terminal.connection-lost", { step }));
    if (this.#lost !== null) throw this.#lost;
    let flight: InFlight | null = null;
    try {
      await new Promise<void>((resolve, reject) => {
        const id = this.#carrier.nextReplyId();
        const heard = this.#timing.clock.now();
        flight = { id, step, collector, resolve, reject, heard, mismatched: false, cancelTimer: () => undefined };
        this.#inFlight = flight;
        this.#continues = false;
        this.#highest = id;
        this.#arm(flight);
        this.#carrier.post(command, data).catch(reject);
      });
    } finally {
      this.#release(flight);
    }
  }

  #release(flight: InFlight | null): void {
    flight?.cancelTimer();
    if (this.#inFlight === flight) this.#inFlight = null;
  }

  #hear(flight: InFlight, act: () => void): void {
    const before = flight.collector.state;
    flight.heard = this.#timing.clock.now();
    act();
    const { state } = flight.collector;
    if (state === "done") {
      // Nothing that comes in the same segment may change a finished answer.
      this.#inFlight = null;
      flight.resolve();
    } else if (state !== before) this.#arm(flight);
  }

  #arm(flight: InFlight): void {
    flight.cancelTimer();
    const { clock } = this.#timing;
    const due = flight.heard + this.#limit(flight);
    flight.cancelTimer = clock.after(Math.max(0, due - clock.now()), () => {
      if (this.#inFlight !== flight) return;
      if (clock.now() < flight.heard + this.#limit(flight)) this.#arm(flight);
      else if (flight.collector.state === "settling") flight.resolve();
      else this.#giveUp(flight);
    });
  }

  #limit({ collector }: InFlight): number {
    const { idleMs, graceMs } = this.#timing;
    return collector.state === "settling" ? Math.min(graceMs, idleMs) : idleMs;
  }

  #giveUp(flight: InFlight): void {
    this.#carrier.flush();
    if (this.#inFlight !== flight) return;
    const code = flight.mismatched ? "terminal.reply-mismatch" : "terminal.timeout";
    const error = new TandemError(code, { step: flight.step });
    if (!this.#carrier.survivesSilence) this.#carrier.abandon(error);
    flight.reject(error);
  }
}
