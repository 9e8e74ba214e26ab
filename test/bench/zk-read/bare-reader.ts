import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { Command } from "../../doubles/zk-terminal/wire/codes.ts";
import { encodeFrame } from "../../doubles/zk-terminal/wire/packet.ts";

import { timed, type Reader, type Sample } from "./reader.ts";

const CHUNK = 65_472;
const ROW = 40;
const HEADER = 16;
/** PREPARE with its 8 bytes, the header of DATA, OK: what stands around the bytes of a chunk. */
const AROUND = HEADER + 8 + HEADER + HEADER;
const READ_LOG = Buffer.from([1, Command.attendanceRead, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Asks for every chunk and counts the bytes that come, nothing more: the least that any client can need. */
export class BareReader implements Reader {
  readonly name = "bare socket";
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async read(): Promise<Sample> {
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const drain = new Drain(socket);
    drain.ask(Command.connect);
    const hello = await drain.bytes(HEADER);
    drain.session = hello.readUInt16LE(12);
    const { ms, result } = await timed(() => drainLog(drain));
    drain.ask(Command.exit);
    await drain.bytes(HEADER);
    socket.end();
    await once(socket, "close");
    return { ms, records: result };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function drainLog(drain: Drain): Promise<number> {
  drain.ask(Command.bufferedRead, READ_LOG);
  const size = (await drain.bytes(HEADER + 13)).readUInt32LE(HEADER + 1);
  for (let start = 0; start < size; start += CHUNK) {
    const span = Buffer.alloc(8);
    span.writeUInt32LE(start, 0);
    span.writeUInt32LE(Math.min(CHUNK, size - start), 4);
    drain.ask(Command.chunkRead, span);
    await drain.count(AROUND + Math.min(CHUNK, size - start));
  }
  return (size - 4) / ROW;
}

class Drain {
  session = 0;
  readonly #socket: Socket;
  #reply = 0;
  #parts: Buffer[] = [];
  #arrived = 0;
  #wanted = 0;
  #done: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => {
      this.#arrived += bytes.length;
      if (bytes.length < CHUNK) this.#parts.push(bytes);
      if (this.#arrived >= this.#wanted) this.#done();
    });
  }

  ask(command: number, data: Buffer = Buffer.alloc(0)): void {
    this.#arrived = 0;
    this.#parts = [];
    this.#socket.write(encodeFrame({ command, session: this.session, reply: this.#reply++, data }));
  }

  async count(wanted: number): Promise<void> {
    this.#wanted = wanted;
    if (this.#arrived >= wanted) return;
    await new Promise<void>((resolve) => (this.#done = resolve));
  }

  async bytes(wanted: number): Promise<Buffer> {
    await this.count(wanted);
    return Buffer.concat(this.#parts);
  }
}
