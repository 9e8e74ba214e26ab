import { encodeDeviceTime } from "../wire/device-time.ts";
import type { Punch } from "../wire/punch-row.ts";

import { encodeName, type NameEncoding } from "./name-encoding.ts";
import { Operation, OperationLog } from "./operation-log.ts";
import { sizesOf, terminalOptions } from "./options.ts";
import type { Capacity, PunchInput, RowSizes, UserInput, ZkTerminalOptions } from "./options.ts";
import { PunchLog } from "./punch-log.ts";
import { TemplateStore } from "./template-store.ts";
import { TerminalClock } from "./terminal-clock.ts";
import { UserTable } from "./user-table.ts";

/** The terminal's memory. It outlives connections and restarts; only a factory reset empties it. */
export class TerminalState {
  readonly sizes: RowSizes;
  readonly capacity: Capacity;
  readonly users: UserTable;
  readonly punches: PunchLog;
  readonly templates = new TemplateStore();
  readonly operations = new OperationLog();
  readonly options: Map<string, string>;
  /** Verify mode by uid, command 79. */
  readonly verifyModes = new Map<number, number>();
  readonly clock: TerminalClock;
  readonly #nameEncoding: NameEncoding;
  #disabledUntil: number | null = null;
  #waiting: (() => void)[] = [];

  constructor(given: ZkTerminalOptions) {
    this.sizes = sizesOf(given);
    this.capacity = { users: 3_000, fingers: 3_000, punches: 200_000, faces: 0, ...given.capacity };
    this.#nameEncoding = given.nameEncoding ?? "utf8";
    this.users = new UserTable(this.sizes.user, given.extraUserRows ?? []);
    this.punches = new PunchLog(this.sizes.punch);
    this.options = terminalOptions(given);
    this.clock = new TerminalClock(
      given.now ?? Date.now,
      given.zone ?? "Asia/Ho_Chi_Minh",
      given.clockOffsetSeconds ?? 0,
    );
    for (const user of given.users ?? []) this.addUser(user);
    this.addPunches(given.punches ?? []);
    for (const template of given.templates ?? []) this.templates.put(template);
    this.record(Operation.powerOn);
  }

  /** Whether people can punch. A timed disable ends by itself (`zk-pull.md` §1.6). */
  get enabled(): boolean {
    if (this.#disabledUntil !== null && this.clock.epoch >= this.#disabledUntil) this.#disabledUntil = null;
    return this.#disabledUntil === null;
  }

  enable(): void {
    this.#disabledUntil = null;
  }

  /** Without seconds until somebody enables it again, or for ever. */
  disable(seconds: number | null): void {
    this.#disabledUntil = seconds === null ? Infinity : this.clock.epoch + seconds * 1_000;
  }

  /** Makes a change now, or at the next refresh where the firmware wants one. */
  change(apply: () => void, wait: boolean): void {
    if (wait) this.#waiting.push(apply);
    else apply();
  }

  refresh(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const apply of waiting) apply();
  }

  /** What was not refreshed is gone after a restart. */
  restart(): void {
    this.#waiting = [];
    this.#disabledUntil = null;
    this.record(Operation.powerOn);
  }

  record(operation: number, ...params: readonly number[]): void {
    this.operations.append({ operation, time: this.clock.value(), params });
  }

  addUser(input: UserInput): void {
    this.users.add({
      uid: input.uid ?? this.users.count + 1,
      userId: input.userId,
      name: typeof input.name === "string" ? encodeName(input.name, this.#nameEncoding) : Buffer.from(input.name ?? []),
      password: input.password ?? "",
      privilege: input.privilege ?? 0,
      card: input.card ?? 0,
      group: input.group ?? 1,
      timeZones: input.timeZones ?? [],
    });
  }

  addPunches(inputs: readonly PunchInput[]): readonly Punch[] {
    const slots = new Map(this.users.all().map((user) => [user.userId, user.uid]));
    const punches = inputs.map((input) => ({
      uid: input.uid ?? slots.get(input.userId) ?? 0,
      userId: input.userId,
      time: typeof input.at === "number" ? input.at : encodeDeviceTime(input.at),
      verify: input.verify ?? 1,
      state: input.state ?? 0,
      workCode: input.workCode ?? 0,
    }));
    this.punches.append(punches);
    return punches;
  }

  removeUser(uid: number): boolean {
    this.templates.removeAll(uid);
    this.verifyModes.delete(uid);
    return this.users.remove(uid);
  }
}
