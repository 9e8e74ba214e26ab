import { createSocket } from "node:dgram";
import { EventEmitter, once } from "node:events";
import { connect, type Socket } from "node:net";

import { encodeFrame, encodePacket, PREFIX } from "../../doubles/zk-terminal/wire/packet.ts";

export interface Seen {
  readonly command: number;
  readonly session: number;
  readonly reply: number;
  readonly data: Buffer;
}

/** What a request may do wrong on purpose. */
export interface Twist {
  readonly session?: number;
  readonly reply?: number;
  readonly spoil?: (bytes: Buffer) => Buffer;
}

export const READ_USERS = Buffer.from([1, 9, 0, 5, 0, 0, 0, 0, 0, 0, 0]);
export const READ_PUNCHES = Buffer.from([1, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
export const READ_TEMPLATES = Buffer.from([1, 7, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
export const READ_OPERATIONS = Buffer.from([1, 34, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** A client that shows every byte and packet, for looking at the terminal double itself. */
export class RawClient {
  readonly #send: (bytes: Buffer) => void;
  readonly #close: () => Promise<void>;
  readonly transport: "tcp" | "udp";
  /** As they arrived. */
  readonly segments: Buffer[] = [];
  /** Error code or "end", when the terminal hangs up. */
  readonly hungUp: Promise<string>;
  readonly #packets: Seen[] = [];
  readonly #waiting: ((packet: Seen) => void)[] = [];
  readonly #arrived = new EventEmitter();
  #rest = Buffer.alloc(0);
  session = 0;
  reply = -1;

  constructor(
    transport: "tcp" | "udp",
    send: (bytes: Buffer) => void,
    close: () => Promise<void>,
    hungUp: Promise<string>,
  ) {
    this.transport = transport;
    this.#send = send;
    this.#close = close;
    this.hungUp = hungUp;
  }

  static async tcp(port: number): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const client = new RawClient(
      "tcp",
      (bytes) => socket.write(bytes),
      async () => {
        socket.end();
        if (!socket.destroyed) await once(socket, "close");
      },
      hangUpOf(socket),
    );
    socket.on("data", (bytes) => client.#receive(bytes));
    return client;
  }

  static async udp(port: number): Promise<RawClient> {
    const socket = createSocket("udp4");
    socket.connect(port, "127.0.0.1");
    await once(socket, "connect");
    const client = new RawClient(
      "udp",
      (bytes) => socket.send(bytes),
      async () => {
        socket.close();
        await once(socket, "close");
      },
      new Promise(() => undefined),
    );
    socket.on("message", (bytes) => client.#receive(bytes));
    return client;
  }

  /** Connected, with a session. */
  static async open(port: number, transport: "tcp" | "udp" = "tcp"): Promise<RawClient> {
    const client = await RawClient[transport](port);
    client.session = (await client.ask(1000)).session;
    return client;
  }

  send(command: number, data: Buffer = Buffer.alloc(0), twist: Twist = {}): void {
    this.reply = twist.reply ?? this.reply + 1;
    const packet = { command, session: twist.session ?? this.session, reply: this.reply, data };
    const bytes = this.transport === "tcp" ? encodeFrame(packet) : encodePacket(packet);
    this.#send(twist.spoil?.(bytes) ?? bytes);
  }

  write(bytes: Buffer): void {
    this.#send(bytes);
  }

  next(): Promise<Seen> {
    const packet = this.#packets.shift();
    return packet === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(packet);
  }

  async ask(command: number, data?: Buffer, twist?: Twist): Promise<Seen> {
    this.send(command, data, twist);
    return this.next();
  }

  async take(count: number): Promise<readonly Seen[]> {
    const packets: Seen[] = [];
    while (packets.length < count) packets.push(await this.next());
    return packets;
  }

  /** The first `count` bytes since `segments` was emptied. */
  async bytes(count: number): Promise<Buffer> {
    while (Buffer.concat(this.segments).length < count) await once(this.#arrived, "bytes");
    return Buffer.concat(this.segments).subarray(0, count);
  }

  /** Packets that arrived and were not asked for. */
  get unread(): readonly Seen[] {
    return this.#packets;
  }

  /** A buffered read of a terminal that behaves: the bytes of the data set. */
  async read(request: Buffer, chunk = 16_384): Promise<Buffer> {
    const first = await this.ask(1503, request);
    if (first.command === 1501) return first.data;
    const size = first.data.readUInt32LE(1);
    const parts: Buffer[] = [];
    for (let start = 0; start < size; start += chunk)
      parts.push(await this.chunk(start, Math.min(chunk, size - start)));
    await this.ask(1502);
    return Buffer.concat(parts);
  }

  async chunk(start: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let packet = await this.ask(1504, span(start, length));
    for (; packet.command !== 2000; packet = await this.next()) if (packet.command === 1501) parts.push(packet.data);
    return Buffer.concat(parts);
  }

  close(): Promise<void> {
    return this.#close();
  }

  #receive(bytes: Buffer): void {
    this.segments.push(bytes);
    this.#arrived.emit("bytes");
    if (this.transport === "udp") {
      this.#arrive(bytes);
      return;
    }
    this.#rest = Buffer.concat([this.#rest, bytes]);
    // What does not start with a prefix is left alone: some modes send such bytes on purpose.
    while (
      this.#rest.length >= 16 &&
      this.#rest.indexOf(PREFIX) === 0 &&
      this.#rest.length >= 8 + this.#rest.readUInt32LE(4)
    ) {
      const end = 8 + this.#rest.readUInt32LE(4);
      this.#arrive(this.#rest.subarray(8, end));
      this.#rest = this.#rest.subarray(end);
    }
  }

  #arrive(bytes: Buffer): void {
    const packet = {
      command: bytes.readUInt16LE(0),
      session: bytes.readUInt16LE(4),
      reply: bytes.readUInt16LE(6),
      data: Buffer.from(bytes.subarray(8)),
    };
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#packets.push(packet);
    else waiter(packet);
  }
}

export function span(start: number, length: number): Buffer {
  const data = Buffer.alloc(8);
  data.writeUInt32LE(start, 0);
  data.writeUInt32LE(length, 4);
  return data;
}

function hangUpOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    socket.on("end", () => resolve("end"));
    socket.on("close", () => resolve("end"));
  });
}
