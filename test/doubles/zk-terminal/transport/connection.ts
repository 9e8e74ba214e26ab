import { answer } from "../commands/answer.ts";
import { refuse, type Machine, type Request } from "../commands/request.ts";
import type { Client } from "../device/client.ts";
import type { CommandEntry, CommandLog } from "../device/command-log.ts";
import type { Violation } from "../device/violation.ts";
import { ReplyFaults } from "../faults/replies.ts";
import { Command, Reply } from "../wire/codes.ts";
import { decodePacket, type Received } from "../wire/packet.ts";

import type { Peer } from "./arrivals.ts";
import type { Link } from "./link.ts";

/** First bytes of what a C3/inBio panel says (`zk-pull.md` §0.5). */
const PANEL_ANSWER = Buffer.from([0xaa, 0x01, 0xc8, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x66, 0x21, 0x55]);

export interface Surroundings {
  readonly machine: Machine;
  readonly commands: CommandLog;
  violation(violation: Violation): void;
  /** Sends bytes outside the protocol. */
  write(bytes: Buffer): void;
  closed(): void;
}

/** One client's packets on their way to the handlers: logged, checked, answered in order. */
export class Connection implements Peer {
  readonly client: Client;
  readonly link: Link;
  readonly #around: Surroundings;
  readonly #replies = new ReplyFaults();

  constructor(client: Client, link: Link, around: Surroundings) {
    this.client = client;
    this.link = link;
    this.#around = around;
  }

  raw(bytes: Buffer): boolean {
    if (this.client.forgotten) {
      if (this.#around.machine.modes.halfOpen === "reset") this.link.reset();
      return true;
    }
    if (this.#around.machine.modes.connect !== "panel" || bytes.length === 0) return false;
    this.#around.write(PANEL_ANSWER);
    return true;
  }

  packet(bytes: Buffer): void {
    const packet = decodePacket(bytes);
    if (packet === null) {
      this.garbage("shorter than a header");
      return;
    }
    const entry = this.#log(packet);
    void this.link.enqueue(() => this.#answer(packet)).then(() => this.#around.commands.dealtWith(entry));
  }

  garbage(reason: string): void {
    this.#around.violation({ rule: "framing", connection: this.client.connection, text: reason });
  }

  closed(): void {
    this.client.end();
    this.link.close();
    this.#around.closed();
  }

  #answer(packet: Received): ReturnType<typeof answer> {
    const request: Request = { packet, client: this.client, machine: this.#around.machine };
    if (!packet.intact) {
      this.#violation("checksum", `command ${packet.command}`);
      return refuse(request, Reply.dataError);
    }
    this.#check(packet);
    return this.#replies.apply(request, answer(request));
  }

  #log({ command, data, session, reply }: Received): CommandEntry {
    const at = this.#around.machine.state.clock.epoch;
    const entry = { at, command, data, session, reply, connection: this.client.connection };
    this.#around.commands.add(entry);
    return entry;
  }

  #check({ command, session, reply }: Received): void {
    // Acknowledged events carry the event's reply id, not the client's counter.
    if (command === Reply.ok) return;
    const { client } = this;
    if (command === Command.connect) {
      client.lastReply = reply;
      return;
    }
    if (client.session === null) this.#violation("order", `command ${command} before CONNECT`);
    else if (session !== client.session) this.#violation("session", `command ${command} with session ${session}`);
    else if (!client.authorised && command !== Command.auth) this.#violation("order", `command ${command} before AUTH`);
    if (client.lastReply !== null && reply <= client.lastReply)
      this.#violation("reply-id", `${reply} after ${client.lastReply}`);
    client.lastReply = reply;
  }

  #violation(rule: Violation["rule"], text: string): void {
    this.#around.violation({ rule, connection: this.client.connection, text });
  }
}
