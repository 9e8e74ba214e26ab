import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { isIntact } from "../checksum.ts";
import { Command, Reply } from "../commands.ts";
import type { Packet } from "../frame.ts";

import { DataAnswer, OneReply } from "./collectors.ts";
import { DataParts } from "./data-parts.ts";
import type { Line } from "./line.ts";
import type { Step } from "./step.ts";

const NO_DATA = Buffer.alloc(0);
/** A datagram may be lost: how often the same is asked, each time with a reply id of its own. */
const UDP_TRIES = 4;
const DAMAGED_TRIES = 3;

/** What an answer with data came to. */
export interface DataReply {
  readonly refusal: number | null;
  readonly announcement: Buffer | null;
  readonly isComplete: boolean;
  /** Nothing says whether the bytes are all: there was neither PREPARE nor OK. */
  readonly isBare: boolean;
  readonly isIntact: boolean;
  readonly got: number;
  readonly need: number | null;
  bytes(): Buffer;
}

/** Questions and answers in the protocol's own terms, over whichever transport. */
export class Conversation {
  readonly line: Line;
  readonly transport: "tcp" | "udp";
  readonly #session: () => number | null;

  constructor(line: Line, transport: "tcp" | "udp", session: () => number | null) {
    this.line = line;
    this.transport = transport;
    this.#session = session;
  }

  /** One packet for one packet, whatever its code. Errors: `terminal.*`. */
  async ask(command: number, data: Buffer, step: Step): Promise<Packet> {
    const damaged: Buffer[] = [];
    for (let attempt = 1; ; attempt++) {
      const collector = new OneReply();
      try {
        await this.line.request(command, data, collector, step);
      } catch (error) {
        if (this.mayRepeat(error, attempt)) continue;
        // Over UDP a terminal that restarted is silent for ever: the next call begins a new session.
        if (hasCode(error, "terminal.timeout", "terminal.reply-mismatch")) this.line.fail(error);
        throw error;
      }
      const { reply } = collector;
      if (reply === null) continue;
      // A wrong checksum is believed only when a repetition says the same: some firmware may count otherwise.
      if (isIntact(reply.bytes) || damaged.some((before) => before.equals(reply.data))) {
        this.#assertSession(command, reply.command, step);
        return reply;
      }
      damaged.push(reply.data);
      if (damaged.length > DAMAGED_TRIES) throw new TandemError("terminal.reply-mismatch", { step });
    }
  }

  /** Data of an answer that must be an OK. Errors: `terminal.refused` and what `ask` throws. */
  async askOk(command: number, step: Step, data: Buffer = NO_DATA): Promise<Buffer> {
    const reply = await this.ask(command, data, step);
    if (reply.command !== Reply.ok && reply.command !== Reply.data)
      throw new TandemError("terminal.refused", { step, code: reply.command });
    return reply.data;
  }

  /** An answer with data of `want` bytes, or of as many as it says itself (`DataAnswer`). Errors: `terminal.*`. */
  async collect(command: number, data: Buffer, want: number | "announced" | null, step: Step): Promise<DataReply> {
    const collector = new DataAnswer(want, new DataParts(this.transport === "udp", this.#session()));
    try {
      await this.line.request(command, data, collector, step);
    } catch (error) {
      if (!hasCode(error, "terminal.timeout") || collector.got === 0) throw error;
      // Over UDP the closing OK may be what was lost; whether the data are all there is for the caller to see.
      if (this.transport === "tcp")
        throw new TandemError("terminal.incomplete", { got: collector.got, want: collector.need }, { cause: error });
    }
    if (collector.refusal !== null) this.#assertSession(command, collector.refusal, step);
    return collector;
  }

  /** Whether a failed request may be asked again on this connection. */
  mayRepeat(error: unknown, attempt: number): boolean {
    return (
      this.transport === "udp" && attempt < UDP_TRIES && hasCode(error, "terminal.timeout", "terminal.reply-mismatch")
    );
  }

  /** A terminal that restarted does not know the session any more; that is no answer to the question. */
  #assertSession(command: number, code: number, step: Step): void {
    const isGone = code === Reply.noSession || code === Reply.unauthorised;
    if (!isGone || command === Command.auth || command === Command.connect) return;
    const error = new TandemError("terminal.connection-lost", { step, code });
    this.line.fail(error);
    throw error;
  }
}
