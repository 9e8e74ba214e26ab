import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

import type { Step } from "../commands/request.ts";
import type { Modes } from "../device/modes.ts";
import { segmentsOf } from "../faults/segments.ts";
import type { Random } from "../samples/random.ts";
import { Deframer } from "../wire/deframer.ts";
import { encodeFrame, type Packet } from "../wire/packet.ts";

import type { Arrivals } from "./arrivals.ts";
import type { Outlet } from "./link.ts";

/** The terminal's TCP side: frames in, pieces of frames out. */
export class TcpSide {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(arrivals: Arrivals, random: Random) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      const deframer = new Deframer();
      const peer = arrivals.open("tcp", new TcpOutlet(socket, random));
      socket.on("data", (bytes) => {
        if (peer.raw(bytes)) return;
        try {
          for (const packet of deframer.push(bytes)) peer.packet(packet);
        } catch (error) {
          peer.garbage(error instanceof Error ? error.message : String(error));
          socket.destroy();
        }
      });
      // A client that goes away, orderly or not, is seen as `close`; the error itself is the client's business.
      socket.on("error", () => undefined);
      socket.on("end", () => socket.end());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        peer.closed();
      });
    });
  }

  async listen(port: number, host: string): Promise<number> {
    this.#server.listen(port, host);
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** Everything is cut off with RST, as by a power cut. */
  drop(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }
}

class TcpOutlet implements Outlet {
  readonly #socket: Socket;
  readonly #random: Random;

  constructor(socket: Socket, random: Random) {
    this.#socket = socket;
    this.#random = random;
  }

  encode({ send, prefix, portion }: Extract<Step, { send: Packet }>): Buffer {
    const frame = encodeFrame(send, prefix);
    return portion === undefined ? frame : frame.subarray(0, Math.floor(frame.length * portion));
  }

  cut(frames: readonly Buffer[], { segmentation }: Modes): readonly Buffer[] {
    return segmentsOf(frames, segmentation, this.#random);
  }

  async write(pieces: readonly Buffer[], pause: (() => Promise<void>) | null): Promise<void> {
    for (const piece of pieces) {
      if (pause !== null) await pause();
      if (this.#socket.destroyed || !this.#socket.writable) return;
      this.#socket.write(piece);
    }
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }
}
