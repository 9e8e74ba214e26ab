import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

import zklib from "zklib-js/utils.js";
import ZKLibUDP from "zklib-js/zklibudp.js";

import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { assertMaySend } from "../allow-list.ts";
import type { PunchEvent } from "../codec/events.ts";
import { Command, isAnswer, Reply } from "../commands.ts";
import { decodePacket } from "../frame.ts";
import { PUNCHES, USERS, type DataSet } from "../reading/data-set.ts";

import { Conversation } from "./conversation.ts";
import { greet, strangerError } from "./handshake.ts";
import { Line, type Carrier } from "./line.ts";
import { mayAcknowledge, notOffered, Replacements } from "./replacements.ts";
import type { Wire, WireOptions } from "./wire.ts";

/** Silence is shared out over the repetitions that a lost datagram needs, so that giving up takes as long as over TCP. */
const SHARE = 4;

/** zklib-js over UDP with a transport of its own. One packet per datagram; what is lost is asked for again. */
export class UdpWire extends ZKLibUDP implements Wire, Carrier {
  readonly survivesSilence = true;
  readonly conversation: Conversation;
  readonly #options: WireOptions;
  readonly #line: Line;
  readonly #instead: Replacements;

  constructor(options: WireOptions) {
    super(options.host, options.port, options.idleMs, 0);
    this.#options = options;
    this.#line = new Line(this, { ...options, idleMs: Math.ceil(options.idleMs / SHARE) });
    this.conversation = new Conversation(this.#line, "udp", () => this.sessionId);
    this.#instead = new Replacements(this.conversation);
  }

  override createSocket(): Promise<Socket> {
    const { address } = this.#options;
    const socket = createSocket(isIPv6(this.ip) ? "udp6" : "udp4");
    this.socket = socket;
    socket.on("message", (bytes) => this.#receive(bytes));
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      // Also "connection refused", which is how UDP says that nobody listens.
      socket.on("error", (cause) => {
        const code = this.sessionId === null ? "terminal.unreachable" : "terminal.connection-lost";
        const error = new TandemError(code, { address, step: this.#line.step ?? "waiting" }, { cause });
        this.abandon(error);
        reject(error);
      });
      socket.bind(this.inport, () => socket.connect(this.port, this.ip));
    });
  }

  override async connect(): Promise<boolean> {
    const { address, commKey } = this.#options;
    try {
      await greet(this.conversation, commKey, (session) => (this.sessionId = session));
      return true;
    } catch (error) {
      // There is no connection that could have been made: silence is all an absent terminal says.
      if (this.sessionId === null && error instanceof TandemError && error.code === "terminal.timeout")
        throw new TandemError("terminal.unreachable", { address }, { cause: error });
      throw error;
    }
  }

  override closeSocket(): Promise<boolean> {
    this.abandon(new TandemError("terminal.connection-lost", { step: this.#line.step ?? "waiting" }));
    return Promise.resolve(true);
  }

  /** The one place where bytes leave. Errors: `terminal.shadow-mode`. */
  override async writeMessage(message: Buffer): Promise<void> {
    assertMaySend(message.readUInt16LE(0), this.#options.mode);
    const { socket } = this;
    if (socket === null) throw this.#line.lost ?? new TandemError("terminal.connection-lost", { step: "sending" });
    await new Promise<void>((resolve, reject) => {
      socket.send(message, (cause) => {
        if (cause === null) resolve();
        else reject(new TandemError("terminal.connection-lost", { step: "sending" }, { cause }));
      });
    });
  }

  nextReplyId(): number {
    return this.replyId + 1;
  }

  async post(command: number, data: Buffer): Promise<void> {
    // The builder transmits the given id plus one (`zk-pull.md` §7.1.6).
    const message = zklib.createUDPHeader(command, this.sessionId ?? 0, this.replyId, data);
    this.replyId += 1;
    await this.writeMessage(message);
  }

  abandon(error: Error): void {
    this.#line.fail(error);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  flush(): void {
    return;
  }

  override executeCmd(command: number, data: Buffer | string): Promise<Buffer> {
    return this.#instead.executeCmd(command, data);
  }

  readTable(set: DataSet, progress?: ReadProgress): Promise<Buffer> {
    return this.#instead.readTable(set, progress);
  }

  override getUsers(): Promise<Buffer> {
    return this.readTable(USERS);
  }

  override getAttendances(progress?: ReadProgress): Promise<Buffer> {
    return this.readTable(PUNCHES, progress);
  }

  override getInfo(): ReturnType<Wire["getInfo"]> {
    return this.#instead.getInfo();
  }

  setTime(at: LocalDateTime): Promise<void> {
    return this.#instead.setTime(at);
  }

  override getTime(): ReturnType<Wire["getTime"]> {
    return this.#instead.getTime();
  }

  override disableDevice(seconds: number): Promise<void> {
    return this.#instead.disableDevice(seconds);
  }

  override getRealTimeLogs(listener: (punch: PunchEvent) => void): Promise<void> {
    const acknowledge = (id: number): void => {
      const message = zklib.createUDPHeader(Reply.ok, this.sessionId ?? 0, id === 0 ? 65_534 : id - 1, Buffer.alloc(0));
      // A lost acknowledgement costs a repeated event; a dead socket is reported by its own error.
      this.writeMessage(message).catch((error: unknown) => this.#line.fail(asError(error)));
    };
    return this.#instead.getRealTimeLogs(listener, mayAcknowledge(this.#options.mode) ? acknowledge : null);
  }

  override requestData(): Promise<never> {
    return notOffered("requestData");
  }

  override sendChunkRequest(): Promise<never> {
    return notOffered("sendChunkRequest");
  }

  override readWithBuffer(): Promise<never> {
    return notOffered("readWithBuffer");
  }

  override clearAttendanceLog(): Promise<never> {
    return notOffered("clearAttendanceLog");
  }

  override async disconnect(): Promise<void> {
    await this.conversation.ask(Command.exit, Buffer.alloc(0), "disconnecting");
    await this.closeSocket();
  }

  #receive(bytes: Buffer): void {
    const packet = decodePacket(bytes);
    const isOurs = packet !== null && (isAnswer(packet.command) || packet.command === Command.event);
    if (isOurs) this.#line.take(packet);
    else if (this.sessionId === null) this.abandon(strangerError(bytes, this.#options.address));
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
