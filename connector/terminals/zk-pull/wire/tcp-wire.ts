import { Socket } from "node:net";

import zklib from "zklib-js/utils.js";
import ZKLibTCP from "zklib-js/zklibtcp.js";

import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { assertMaySend } from "../allow-list.ts";
import type { PunchEvent } from "../codec/events.ts";
import { Command, Reply } from "../commands.ts";
import { Deframer, PREFIX_LENGTH, type Packet, type StreamSink } from "../frame.ts";
import { PUNCHES, USERS, type DataSet } from "../reading/data-set.ts";

import { Conversation } from "./conversation.ts";
import { greet, strangerError } from "./handshake.ts";
import { Line, type Carrier } from "./line.ts";
import { mayAcknowledge, notOffered, Replacements } from "./replacements.ts";
import type { Wire, WireOptions } from "./wire.ts";

/** zklib-js over TCP with a transport of its own: framed, matched by reply id, complete or an error. */
export class TcpWire extends ZKLibTCP implements Wire, Carrier, StreamSink {
  readonly survivesSilence = false;
  readonly conversation: Conversation;
  readonly #options: WireOptions;
  readonly #line: Line;
  readonly #instead: Replacements;
  readonly #deframer: Deframer;

  constructor(options: WireOptions) {
    super(options.host, options.port, options.idleMs);
    this.#options = options;
    this.#line = new Line(this, options);
    this.conversation = new Conversation(this.#line, "tcp", () => this.sessionId);
    this.#instead = new Replacements(this.conversation);
    this.#deframer = new Deframer(this);
  }

  override createSocket(): Promise<Socket> {
    const { address, clock, connectMs } = this.#options;
    const socket = new Socket();
    socket.setNoDelay(true);
    this.socket = socket;
    socket.on("data", (bytes: Buffer) => this.#receive(bytes));
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        cancel();
        this.abandon(error);
        reject(error);
      };
      const cancel = clock.after(connectMs, () => fail(new TandemError("terminal.unreachable", { address })));
      socket.once("connect", () => {
        cancel();
        socket.off("error", unreachable);
        socket.on("error", (cause) => this.#lose(cause));
        resolve(socket);
      });
      const unreachable = (cause: Error): void => fail(new TandemError("terminal.unreachable", { address }, { cause }));
      socket.once("error", unreachable);
      socket.once("end", () => this.#lose());
      socket.once("close", () => this.#lose());
      socket.connect(this.port, this.ip);
    });
  }

  override async connect(): Promise<boolean> {
    await greet(this.conversation, this.#options.commKey, (session) => (this.sessionId = session));
    return true;
  }

  override closeSocket(): Promise<boolean> {
    const { socket } = this;
    this.#lose();
    socket?.destroy();
    this.socket = null;
    return Promise.resolve(true);
  }

  /** The one place where bytes leave. Errors: `terminal.shadow-mode`. */
  override async writeMessage(message: Buffer): Promise<void> {
    assertMaySend(message.readUInt16LE(PREFIX_LENGTH), this.#options.mode);
    const { socket } = this;
    if (socket === null || socket.destroyed) throw this.#line.lost ?? this.#lost();
    await new Promise<void>((resolve, reject) => {
      socket.write(message, (cause) => {
        if (cause == null) resolve();
        else reject(this.#line.lost ?? this.#lost(cause));
      });
    });
  }

  nextReplyId(): number {
    return this.replyId + 1;
  }

  async post(command: number, data: Buffer): Promise<void> {
    // The builder transmits the given id plus one (`zk-pull.md` §7.1.6).
    const message = zklib.createTCPHeader(command, this.sessionId ?? 0, this.replyId, data);
    this.replyId += 1;
    await this.writeMessage(message);
  }

  abandon(error: Error): void {
    this.#line.fail(error);
    this.socket?.destroy();
  }

  flush(): void {
    this.#deframer.flush();
  }

  packet(packet: Packet): void {
    this.#line.take(packet);
  }

  stray(bytes: Buffer): void {
    if (this.sessionId === null) this.abandon(strangerError(bytes, this.#options.address));
    else this.#line.takeStray(bytes);
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
    return this.#instead.getRealTimeLogs(
      listener,
      mayAcknowledge(this.#options.mode) ? (id) => this.#acknowledge(id) : null,
    );
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

  override getSmallAttendanceLogs(): Promise<never> {
    return notOffered("getSmallAttendanceLogs");
  }

  override setUser(): Promise<never> {
    return notOffered("setUser");
  }

  override clearAttendanceLog(): Promise<never> {
    return notOffered("clearAttendanceLog");
  }

  override async disconnect(): Promise<void> {
    await this.conversation.ask(Command.exit, Buffer.alloc(0), "disconnecting");
    await this.closeSocket();
  }

  #receive(bytes: Buffer): void {
    this.#deframer.push(bytes);
    if (this.#deframer.pending > PREFIX_LENGTH) this.#line.stir();
  }

  /** An event is acknowledged with its own reply id (`zk-pull.md` §2.10). */
  #acknowledge(replyId: number): void {
    // The builder cannot make 0 out of −1; 65534 wraps to it.
    const before = replyId === 0 ? 65_534 : replyId - 1;
    const message = zklib.createTCPHeader(Reply.ok, this.sessionId ?? 0, before, Buffer.alloc(0));
    // A lost acknowledgement shows as a lost connection, which the line reports.
    this.writeMessage(message).catch((cause: unknown) => this.#lose(cause));
  }

  #lose(cause?: unknown): void {
    this.#line.fail(this.#lost(cause));
    this.socket?.destroy();
  }

  #lost(cause?: unknown): TandemError {
    return new TandemError("terminal.connection-lost", { step: this.#line.step ?? "waiting" }, { cause });
  }
}
