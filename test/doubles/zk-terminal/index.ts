import type { Machine } from "./commands/request.ts";
import { Client } from "./device/client.ts";
import { CommandLog } from "./device/command-log.ts";
import type { Modes, TransferFault } from "./device/modes.ts";
import { modesOf, type PunchInput, type ZkTerminalOptions } from "./device/options.ts";
import { TerminalState } from "./device/terminal-state.ts";
import type { Violation } from "./device/violation.ts";
import { Random } from "./samples/random.ts";
import type { Arrivals, Peer } from "./transport/arrivals.ts";
import { Connection } from "./transport/connection.ts";
import { Link, type Outlet } from "./transport/link.ts";
import { TcpSide } from "./transport/tcp.ts";
import { UdpSide } from "./transport/udp.ts";
import { EventBit } from "./wire/codes.ts";
import { Command } from "./wire/codes.ts";
import { encodePunchEvent } from "./wire/punch-row.ts";

const FIRST_SESSION = 0x1a2b;
const FIRMWARE = "Ver 6.60 Apr 28 2017";

/**
 * A ZKTeco terminal on real sockets, made from `zk-pull.md` alone and without the product's code, so that the driver is
 * checked against a second reading of the protocol. Friendly by default (§8.2); every hostile mode of §8.3 by `set`.
 */
export class ZkTerminal implements Machine, Arrivals {
  readonly commands = new CommandLog();
  readonly state: TerminalState;
  readonly commKey: number;
  readonly firmware: string;
  readonly transport: "tcp" | "udp" | "both";
  readonly #given: ZkTerminalOptions;
  readonly #host: string;
  readonly #connections = new Set<Connection>();
  readonly #violations: Violation[] = [];
  readonly #random: Random;
  #tcp: TcpSide | null = null;
  #udp: UdpSide | null = null;
  #modes: Modes;
  #port = 0;
  #opened = 0;
  #sessions = FIRST_SESSION;
  #strikes = new Map<TransferFault, number>();
  #enrolment: { readonly client: Client; readonly userId: string; readonly finger: number } | null = null;

  private constructor(given: ZkTerminalOptions) {
    this.#given = given;
    this.#host = given.host ?? "127.0.0.1";
    this.state = given.state ?? new TerminalState(given);
    this.commKey = given.commKey ?? 0;
    this.firmware = given.firmware ?? FIRMWARE;
    this.transport = given.transport ?? "tcp";
    this.#random = new Random(given.seed ?? 1);
    this.#modes = modesOf(given);
  }

  /** Listens on loopback; with `transport: "both"` on the same port number for TCP and UDP. */
  static async start(options: ZkTerminalOptions = {}): Promise<ZkTerminal> {
    const terminal = new ZkTerminal(options);
    await terminal.#listen();
    return terminal;
  }

  get port(): number {
    return this.#port;
  }

  /** `tcp://127.0.0.1:PORT` or `udp://…`, as `tandem terminals add --address` takes it. */
  get address(): string {
    return `${this.transport === "udp" ? "udp" : "tcp"}://${this.#host}:${this.#port}`;
  }

  get serial(): string {
    return this.state.options.get("~SerialNumber") ?? "";
  }

  get modes(): Modes {
    return this.#modes;
  }

  /** What clients did that a correct one does not. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** Connections that stand now, whether or not they have a session. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Switches modes while running; the ones not named stay. */
  set(modes: Partial<Modes>): void {
    this.#modes = { ...this.#modes, ...modes };
    this.#strikes = new Map();
  }

  /** Back to the modes it was started with. */
  calm(): void {
    this.#modes = modesOf(this.#given);
    this.#strikes = new Map();
  }

  /** Whether one finger is under two IDs: whose punch it would be then, nobody knows (`zk-pull.md` §4). */
  hasTwins(): boolean {
    const owners = new Map<string, number>();
    return this.state.templates.all().some(({ uid, bytes }) => {
      const print = bytes.toString("latin1");
      const owner = owners.get(print) ?? uid;
      owners.set(print, uid);
      return owner !== uid;
    });
  }

  /** Somebody punches. False while the terminal is disabled, because its reader is locked then, or takes no more. */
  punch(input: Omit<PunchInput, "at"> & { readonly at?: string | number }): boolean {
    const { state, modes } = this;
    const isFull = state.punches.count >= state.capacity.punches;
    if (!state.enabled || (isFull && modes.fullLog === "refuse")) return false;
    if (isFull && modes.fullLog === "overwrite") state.punches.dropOldest();
    const [punch] = this.state.addPunches([{ at: this.state.clock.value(), ...input }]);
    if (punch !== undefined) this.emit(EventBit.punch, encodePunchEvent(punch, this.state.sizes.event));
    return true;
  }

  emit(bit: number, payload: Buffer): void {
    if (this.#modes.events === "never") return;
    for (const { client, link } of this.#connections) {
      if (client.session === null || client.forgotten || (client.eventMask & bit) === 0) continue;
      void link.enqueue(() => [{ send: { command: Command.event, session: bit, reply: 0, data: payload } }]);
    }
  }

  /** Restarts as after a power cut: memory stays, sessions are gone, and the clients are not told (`modes.halfOpen`). */
  restart(): void {
    this.state.restart();
    for (const { client, link } of this.#connections) {
      client.end();
      client.forgotten = true;
      link.close();
    }
  }

  /** Cuts every TCP connection with RST. */
  drop(): void {
    this.#tcp?.drop();
  }

  /** Resolves when everything that was asked has been answered. */
  async idle(): Promise<void> {
    while ([...this.#connections].some(({ link }) => link.busy)) await new Promise((resolve) => setImmediate(resolve));
  }

  async stop(): Promise<void> {
    await Promise.all([this.#tcp?.stop(), this.#udp?.stop()]);
  }

  openSession(client: Client): number | null {
    const others = [...this.#connections].filter((other) => other.client !== client && other.client.session !== null);
    if (others.length > 0 && (this.#given.oneClient ?? true)) {
      // A UDP client that died says no goodbye: whoever connects next takes its place.
      if (client.transport === "tcp") return null;
      for (const other of others) other.client.end();
    }
    this.#sessions = (this.#sessions % 0xfffe) + 1;
    return this.#sessions;
  }

  strikes(fault: TransferFault): boolean {
    const before = this.#strikes.get(fault) ?? 0;
    if (before >= this.#modes.faultTimes) return false;
    this.#strikes.set(fault, before + 1);
    return true;
  }

  grow(): void {
    if (!this.#modes.growing) return;
    const user = this.state.users.all()[0];
    this.state.addPunches([{ userId: user?.userId ?? "1", at: this.state.clock.value() }]);
  }

  startEnrolment(client: Client, userId: string, finger: number): void {
    this.#enrolment = { client, userId, finger };
  }

  cancelEnrolment(): void {
    this.#enrolment = null;
  }

  /**
   * The person puts the finger down three times for a remote enrolment that a client started (`zk-pull.md` §2.11). Events
   * go to that client whether or not it registered. `result` other than 0 fails (5 duplicate, 4 and 6 timed out).
   */
  finishEnrolment(template: Buffer, result = 0): boolean {
    const enrolment = this.#enrolment;
    const connection = [...this.#connections].find(({ client }) => client === enrolment?.client);
    if (enrolment === null || connection === undefined) return false;
    this.#enrolment = null;
    const { userId, finger } = enrolment;
    const user = this.state.users.byUserId(userId);
    const succeeded = result === 0 && user !== null;
    if (succeeded) this.state.templates.put({ uid: user.uid, finger, flag: 1, bytes: template });
    const score = Buffer.from([100, 0, 0, 0]);
    const event = (bit: number, data: Buffer) => ({ send: { command: Command.event, session: bit, reply: 0, data } });
    const touches = [1, 2, 3].flatMap(() => [
      event(EventBit.finger, Buffer.alloc(0)),
      event(EventBit.fingerScore, score),
    ]);
    const verdict = event(
      EventBit.enrolledFinger,
      succeeded ? enrolled(template, userId, finger) : Buffer.from([result, 0]),
    );
    void connection.link.enqueue(() => [...touches, verdict]);
    return succeeded;
  }

  open(transport: "tcp" | "udp", outlet: Outlet): Peer {
    const client = new Client(++this.#opened, transport);
    const link = new Link(outlet, () => this.#modes, { reboot: () => this.restart() });
    const connection = new Connection(client, link, {
      machine: this,
      commands: this.commands,
      violation: (violation) => this.#violations.push(violation),
      write: (bytes) => void outlet.write([bytes], null),
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    return connection;
  }

  async #listen(): Promise<void> {
    const wanted = this.#given.port ?? 0;
    if (this.transport !== "udp") {
      this.#tcp = new TcpSide(this, this.#random);
      this.#port = await this.#tcp.listen(wanted, this.#host);
    }
    if (this.transport !== "tcp") {
      this.#udp = new UdpSide(this);
      this.#port = await this.#udp.listen(this.#tcp === null ? wanted : this.#port);
    }
  }
}

/** ENROLLFINGER: u16 result, u16 size, id, finger at 13 (§2.10). */
function enrolled(template: Buffer, userId: string, finger: number): Buffer {
  const data = Buffer.alloc(14);
  data.writeUInt16LE(template.length, 2);
  data.write(userId, 4, 9, "latin1");
  data.writeUInt8(finger, 13);
  return data;
}
