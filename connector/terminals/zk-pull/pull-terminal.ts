import type { TerminalCapacity } from "@tandem/contracts/domain/terminal.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { instantOf, sleep } from "../../platform/clock.ts";
import type { Enrolments } from "../enrolments.ts";
import type {
  LivePunch,
  PunchRead,
  ReadProgress,
  Terminal,
  TerminalIdentity,
  TerminalTarget,
  TerminalUser,
} from "../terminal.ts";

import { Command } from "./commands.ts";
import type { ReaderLock } from "./enrolment/lock.ts";
import { PullEnrolments } from "./enrolment/pull-enrolments.ts";
import { listenForPunches } from "./listening.ts";
import type { Settings } from "./options.ts";
import { readIdentity } from "./reading/identity.ts";
import { readPunches, readUsers, type TableContext } from "./reading/tables.ts";
import { openWire, reasonOf } from "./wire/open-wire.ts";
import type { Wire } from "./wire/wire.ts";

/** A lock that is younger than a tenth of its time, in milliseconds per second of it, is not renewed. */
const FRESH = 100;

/**
 * A terminal of the 4370 protocol: one queue, one connection at a time. A connection that broke, or has used up its reply
 * ids, is made anew for the next call; a table that was being read then is read from its beginning, once.
 */
export class PullTerminal implements Terminal {
  readonly #target: TerminalTarget;
  readonly #settings: Settings;
  readonly #signal: AbortSignal | undefined;
  readonly #context: TableContext;
  #wire: Wire;
  #tail: Promise<unknown> = Promise.resolve();
  #running = 0;
  #closed = false;
  #disabledFor: number | null = null;
  /** Whether a new connection leaves the terminal locked, because two IDs have one finger until that is settled. */
  #staysLocked: boolean;
  #mayFree: (failure: unknown) => boolean = () => true;
  readonly enrolments: Enrolments;
  readonly #abort = (): void => this.#wire.abandon(reasonOf(this.#signal));

  constructor(wire: Wire, target: TerminalTarget, settings: Settings, signal?: AbortSignal) {
    this.#wire = wire;
    this.#target = target;
    this.#settings = settings;
    this.#signal = signal;
    this.#context = { clock: settings.clock, dump: settings.dump, nameEncoding: target.nameEncoding };
    this.#staysLocked = target.staysLocked ?? false;
    this.enrolments = new PullEnrolments({
      context: this.#context,
      call: (work) => this.#queue(work),
      twice: (work) => this.#queue(() => this.#twice(work)),
      locked: (seconds, work, mayFree) =>
        this.withDisabled(seconds, (lock) => this.#queue((wire) => work(wire, lock)), mayFree),
    });
  }

  identity(): Promise<TerminalIdentity> {
    return this.#queue((wire) => readIdentity(wire.conversation));
  }

  capacity(): Promise<TerminalCapacity> {
    return this.#queue((wire) => wire.getInfo());
  }

  clock(): Promise<LocalDateTime | null> {
    return this.#queue((wire) => wire.getTime());
  }

  setClock(at: LocalDateTime): Promise<void> {
    return this.#queue((wire) => wire.setTime(at));
  }

  users(progress?: ReadProgress): Promise<readonly TerminalUser[]> {
    return this.#queue(async () => {
      const rows = await this.#twice((wire) => readUsers(wire, this.#context, progress));
      return rows.map(({ user }) => user);
    });
  }

  punches(progress?: ReadProgress): Promise<PunchRead> {
    return this.#queue(() => this.#twice((wire) => readPunches(wire, this.#context, progress)));
  }

  async live(listener: (punch: LivePunch) => void, signal: AbortSignal): Promise<void> {
    // Nothing is under way that had to be cut off: who ends the listening says goodbye.
    this.#signal?.removeEventListener("abort", this.#abort);
    try {
      await this.#queue((wire) => listenForPunches(wire, this.#settings, listener, signal));
    } finally {
      if (this.#signal?.aborted !== true) this.heedSignal();
    }
  }

  /**
   * Works while nobody can punch or open the menu. The terminal frees itself after `seconds` whatever happens here, and is
   * freed at once when the work ends, unless `mayFree` says of its failure that it must stay locked. Active mode only.
   * Errors: `terminal.shadow-mode`, `terminal.left-disabled`, those of `work`.
   */
  async withDisabled<T>(
    seconds: number,
    work: (lock: ReaderLock) => Promise<T>,
    mayFree: (failure: unknown) => boolean = () => true,
  ): Promise<T> {
    const { mode } = this.#target;
    if (mode === "shadow") throw new TandemError("terminal.shadow-mode", { command: Command.disable });
    this.#staysLocked = true;
    this.#mayFree = mayFree;
    await this.#queue((wire) => this.#disable(wire, seconds));
    let failure: unknown;
    try {
      return await work(this.#lock(seconds));
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.#mayFree = () => true;
      if (failure === undefined || mayFree(failure)) {
        this.#staysLocked = false;
        await this.#enable(failure);
      } else {
        // It frees itself; until the work is settled, nobody here frees it earlier.
        this.#disabledFor = null;
      }
    }
  }

  /** From now on, aborting the signal ends the connection and the call that is under way. */
  heedSignal(): void {
    this.#signal?.addEventListener("abort", this.#abort, { once: true });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#signal?.removeEventListener("abort", this.#abort);
    const closing = new TandemError("terminal.connection-lost", { step: "closing" });
    if (!this.#mayFree(closing)) this.#disabledFor = null;
    // Somebody who closes during a call wants it to end now.
    if (this.#running > 0) this.#wire.abandon(closing);
    const isCutOff = this.#wire.conversation.line.lost !== null && this.#signal?.aborted === true;
    if (this.#wire.conversation.line.lost === null || this.#disabledFor !== null) await this.#sayGoodbye();
    await this.#wire.closeSocket();
    // A terminal serves the next client when it has noticed that this one left.
    if (isCutOff) await sleep(this.#settings.clock, this.#settings.reconnectMs);
  }

  /** The goodbye is a courtesy that frees the terminal's one place for the next client; close promises not to throw. */
  async #sayGoodbye(): Promise<void> {
    const { clock, connectMs, graceMs, journal } = this.#settings;
    const isLost = this.#wire.conversation.line.lost !== null;
    const goodbye = async (): Promise<void> => {
      // A terminal that is still locked is freed over a connection of its own: opening one does that.
      if (isLost) this.#wire = await openWire({ ...this.#target, staysLocked: false }, this.#settings);
      else if (this.#disabledFor !== null) {
        await this.#wire.enableDevice();
        await journal.forget(this.#target.address);
      }
      this.#disabledFor = null;
      await this.#wire.conversation.ask(Command.exit, Buffer.alloc(0), "disconnecting");
    };
    // A failure leaves the journal's note, which the next connection works off (design §3.11).
    await new Promise<void>((resolve) => {
      const cancel = clock.after(isLost ? connectMs : graceMs, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      // A connection that is made after the wait has nobody else to close it.
      goodbye()
        .finally(() => this.#wire.closeSocket())
        .then(done, done);
    });
  }

  async #disable(wire: Wire, seconds: number): Promise<void> {
    const { journal, clock } = this.#settings;
    // Noted first: a process that dies between the two steps frees a terminal that was not locked, and not the reverse.
    await journal.note(this.#target.address, instantOf(clock.now() + seconds * 1_000));
    this.#disabledFor = seconds;
    await wire.disableDevice(seconds);
  }

  /** Locks anew over the connection that is at work, from within its call. */
  #lock(seconds: number): ReaderLock {
    const { clock } = this.#settings;
    let since = clock.now();
    return {
      renew: async () => {
        if (clock.now() - since < seconds * FRESH) return;
        await this.#disable(this.#wire, seconds);
        since = clock.now();
      },
    };
  }

  async #enable(failure: unknown): Promise<void> {
    const seconds = this.#disabledFor;
    // The terminal was closed during the work, and freed by that.
    if (seconds === null) return;
    const { journal } = this.#settings;
    try {
      await this.#queue(async (wire) => {
        await wire.enableDevice();
        await journal.forget(this.#target.address);
      });
      this.#disabledFor = null;
    } catch (cause) {
      throw new TandemError("terminal.left-disabled", { seconds }, { cause: failure ?? cause });
    }
  }

  #queue<T>(call: (wire: Wire) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      this.#running++;
      try {
        return await call(await this.#connected());
      } finally {
        this.#running--;
      }
    };
    const called = this.#tail.then(run, run);
    this.#tail = called.catch(() => undefined);
    return called;
  }

  /** A read that lost its connection starts over on a new one; twice lost is an error. */
  async #twice<T>(read: (wire: Wire) => Promise<T>): Promise<T> {
    try {
      return await read(await this.#connected());
    } catch (error) {
      const isBroken = hasCode(error, "terminal.timeout", "terminal.connection-lost", "terminal.reply-mismatch");
      // Data that stopped coming in the middle take the connection with them.
      const isStalled = hasCode(error, "terminal.incomplete") && this.#wire.conversation.line.lost !== null;
      if (!(isBroken || isStalled) || this.#closed || this.#signal?.aborted === true) throw error;
      await this.#reconnect();
      return read(this.#wire);
    }
  }

  async #connected(): Promise<Wire> {
    if (this.#signal?.aborted === true) throw reasonOf(this.#signal);
    if (this.#closed) throw new TandemError("terminal.connection-lost", { step: "closing" });
    const isUsedUp = this.#wire.replyId >= this.#settings.maxCommands;
    if (isUsedUp && this.#wire.conversation.line.lost === null)
      await this.#wire.conversation.ask(Command.exit, Buffer.alloc(0), "disconnecting");
    if (isUsedUp || this.#wire.conversation.line.lost !== null) await this.#reconnect();
    return this.#wire;
  }

  #current(): TerminalTarget {
    return { ...this.#target, staysLocked: this.#staysLocked };
  }

  async #reconnect(): Promise<void> {
    await this.#wire.closeSocket();
    await sleep(this.#settings.clock, this.#settings.reconnectMs, this.#signal);
    this.#wire = await openWire(this.#current(), this.#settings, this.#signal);
  }
}
