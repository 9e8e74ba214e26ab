import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

import type { Random } from "../../doubles/zk-terminal/samples/random.ts";

const KINDS = ["flip", "drop", "insert", "repeat", "cut"] as const;

interface Damage {
  readonly at: number;
  readonly kind: (typeof KINDS)[number];
}

/** A line between client and terminal that damages what the terminal says, at random places of each connection. */
export class NoisyLine {
  readonly #random: Random;
  readonly #target: number;
  readonly #reach: number;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  /** Damage falls within the first `reach` bytes of a connection. */
  constructor(random: Random, target: number, reach: number) {
    this.#random = random;
    this.#target = target;
    this.#reach = reach;
    this.#server = createServer((client) => this.#join(client));
  }

  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(client: Socket): void {
    const terminal = connect(this.#target, "127.0.0.1");
    const damages = Array.from({ length: this.#random.below(4) }, (): Damage => {
      return { at: this.#random.below(this.#reach), kind: this.#random.pick(KINDS) };
    }).sort((a, b) => a.at - b.at);
    let passed = 0;
    terminal.on("data", (bytes) => {
      const from = passed;
      passed += bytes.length;
      const due = damages.filter(({ at }) => at >= from && at < passed);
      let left: Buffer = bytes;
      for (const { kind, at } of due) left = this.#damage(left, at - from, kind);
      if (!client.destroyed) client.write(left);
      if (due.some(({ kind }) => kind === "cut")) client.destroy();
    });
    client.on("data", (bytes) => terminal.write(bytes));
    for (const [socket, other] of [
      [client, terminal],
      [terminal, client],
    ] as const) {
      this.#sockets.add(socket);
      // Ends of either side are what is being tested.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }

  #damage(bytes: Buffer, at: number, kind: Damage["kind"]): Buffer {
    const run = 1 + this.#random.below(40);
    const before = bytes.subarray(0, at);
    switch (kind) {
      case "flip": {
        const flipped = Buffer.from(bytes);
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << this.#random.below(8));
        return flipped;
      }
      case "drop":
        return Buffer.concat([before, bytes.subarray(at + run)]);
      case "insert":
        return Buffer.concat([
          before,
          Buffer.from(Array.from({ length: run }, () => this.#random.below(256))),
          bytes.subarray(at),
        ]);
      case "repeat":
        return Buffer.concat([before, bytes.subarray(at, at + run), bytes.subarray(at)]);
      case "cut":
        return before;
    }
  }
}
