import type { TerminalCapacity, TerminalMode } from "@tandem/contracts/domain/terminal.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { decodePunchEvents, PUNCH_EVENT, type PunchEvent } from "../codec/events.ts";
import { untilNul } from "../codec/text.ts";
import { encodeTime, TimeDecoder } from "../codec/time.ts";
import { Command, Reply } from "../commands.ts";
import { TCP_CHUNK, UDP_CHUNK } from "../reading/chunks.ts";
import { readCapacity, readDataSet, type DataSet } from "../reading/data-set.ts";

import type { Conversation } from "./conversation.ts";

/** What stands in for the readers of zklib-js, the same over both transports (`zk-pull.md` §7.1.6). */
export class Replacements {
  readonly #talk: Conversation;

  constructor(talk: Conversation) {
    this.#talk = talk;
  }

  /**
   * Header and data of an OK. The getters of zklib-js cut the header off and take the rest as text, so texts lose their
   * NUL here.
   */
  async executeCmd(command: number, data: Buffer | string): Promise<Buffer> {
    const step = "sending";
    const reply = await this.#talk.ask(command, Buffer.from(data), step);
    if (reply.command !== Reply.ok && reply.command !== Reply.data)
      throw new TandemError("terminal.refused", { step, code: reply.command });
    const isText = command === Command.optionRead || command === Command.version;
    return isText ? Buffer.concat([reply.bytes.subarray(0, 8), untilNul(reply.data)]) : reply.bytes;
  }

  readTable(set: DataSet, progress?: ReadProgress): Promise<Buffer> {
    const chunkSize = this.#talk.transport === "udp" ? UDP_CHUNK : TCP_CHUNK;
    return readDataSet(this.#talk, set, { chunkSize, progress });
  }

  getInfo(): Promise<TerminalCapacity> {
    return readCapacity(this.#talk);
  }

  async getTime(): Promise<LocalDateTime | null> {
    const step = "reading the clock";
    const data = await this.#talk.askOk(Command.getTime, step);
    if (data.length < 4) throw new TandemError("terminal.refused", { step });
    return new TimeDecoder().decode(data.readUInt32LE(0));
  }

  async setTime(at: LocalDateTime): Promise<void> {
    const step = "setting the clock";
    const data = Buffer.alloc(4);
    data.writeUInt32LE(encodeTime(at));
    await this.#talk.askOk(Command.setTime, step, data);
    await this.#talk.askOk(Command.refreshData, step);
  }

  async disableDevice(seconds: number): Promise<void> {
    // Without seconds a client that dies would leave the terminal dead (`zk-pull.md` §1.6).
    if (!Number.isInteger(seconds) || seconds < 1) throw new TandemError("terminal.never-sent", { command: 1003 });
    const data = Buffer.alloc(4);
    data.writeUInt32LE(seconds);
    await this.#talk.askOk(Command.disable, "disabling", data);
  }

  async getRealTimeLogs(
    listener: (punch: PunchEvent) => void,
    acknowledge: ((replyId: number) => void) | null,
  ): Promise<void> {
    this.#talk.line.onEvent = (packet) => {
      acknowledge?.(packet.reply);
      for (const punch of decodePunchEvents(packet)) listener(punch);
    };
    const mask = Buffer.alloc(4);
    mask.writeUInt32LE(PUNCH_EVENT);
    await this.#talk.askOk(Command.event, "listening", mask);
  }
}

/** An acknowledgement is a packet too: a terminal in shadow mode is sent nothing but what design §3.3 lists. */
export function mayAcknowledge(mode: TerminalMode): boolean {
  return mode === "active";
}

/** For what zklib-js does in a way that loses data, and Tandem does elsewhere or not at all. */
export function notOffered(name: string): Promise<never> {
  return Promise.reject(new TandemError("terminal.never-sent", { command: name }));
}
