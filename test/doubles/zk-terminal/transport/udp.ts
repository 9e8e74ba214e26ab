import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

import type { Step } from "../commands/request.ts";
import { encodePacket, type Packet } from "../wire/packet.ts";

import type { Arrivals, Peer } from "./arrivals.ts";
import type { Outlet } from "./link.ts";

/** The terminal's UDP side: one packet per datagram, one client per source address. */
export class UdpSide {
  readonly #socket: Socket = createSocket("udp4");
  readonly #peers = new Map<string, Peer>();
  #stopped = false;

  constructor(arrivals: Arrivals) {
    this.#socket.on("message", (bytes, from) => {
      const key = `${from.address}:${from.port}`;
      let peer = this.#peers.get(key);
      if (peer === undefined) {
        peer = arrivals.open("udp", new UdpOutlet(this.#socket, from.port, from.address, () => !this.#stopped));
        this.#peers.set(key, peer);
      }
      if (!peer.raw(bytes)) peer.packet(bytes);
    });
  }

  async listen(port: number): Promise<number> {
    this.#socket.bind(port, "127.0.0.1");
    await once(this.#socket, "listening");
    return this.#socket.address().port;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const peer of this.#peers.values()) peer.closed();
    this.#socket.close();
    await once(this.#socket, "close");
  }
}

class UdpOutlet implements Outlet {
  readonly #socket: Socket;
  readonly #port: number;
  readonly #address: string;
  readonly #open: () => boolean;

  constructor(socket: Socket, port: number, address: string, open: () => boolean) {
    this.#socket = socket;
    this.#port = port;
    this.#address = address;
    this.#open = open;
  }

  /** Half a datagram does not exist: what would be cut off is not sent at all. */
  encode({ send, portion }: Extract<Step, { send: Packet }>): Buffer {
    return portion === undefined ? encodePacket(send) : Buffer.alloc(0);
  }

  cut(frames: readonly Buffer[]): readonly Buffer[] {
    return frames.filter((frame) => frame.length > 0);
  }

  async write(pieces: readonly Buffer[], pause: (() => Promise<void>) | null): Promise<void> {
    for (const piece of pieces) {
      if (pause !== null) await pause();
      if (!this.#open()) return;
      await new Promise<void>((resolve) => this.#socket.send(piece, this.#port, this.#address, () => resolve()));
    }
  }

  /** UDP has no RST: the terminal just falls silent. */
  reset(): void {
    return;
  }
}
