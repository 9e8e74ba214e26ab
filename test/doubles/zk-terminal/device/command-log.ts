/** One packet that a client sent, whatever became of it. */
export interface CommandEntry {
  /** Milliseconds since 1970 UTC on the terminal's time base. */
  readonly at: number;
  readonly command: number;
  readonly data: Buffer;
  readonly session: number;
  readonly reply: number;
  /** Number of the connection it came on, counted from 1. */
  readonly connection: number;
}

/** Every command received, in order: what shadow-mode tests assert on. */
export class CommandLog {
  #entries: CommandEntry[] = [];
  readonly #watchers: ((entry: CommandEntry) => void)[] = [];
  readonly #waiting = new Set<{ readonly command: number; readonly resolve: (entry: CommandEntry) => void }>();

  entries(): readonly CommandEntry[] {
    return this.#entries;
  }

  codes(): readonly number[] {
    return this.#entries.map(({ command }) => command);
  }

  count(command: number): number {
    return this.#entries.filter((entry) => entry.command === command).length;
  }

  /** Resolves when the next packet of this command has been dealt with: its effect is there and its answer is sent. */
  next(command: number): Promise<CommandEntry> {
    return new Promise((resolve) => this.#waiting.add({ command, resolve }));
  }

  /** Called whenever a packet has been dealt with: to watch what is true of the terminal at every moment. */
  watch(watcher: (entry: CommandEntry) => void): void {
    this.#watchers.push(watcher);
  }

  add(entry: CommandEntry): void {
    this.#entries.push(entry);
  }

  dealtWith(entry: CommandEntry): void {
    for (const watcher of this.#watchers) watcher(entry);
    for (const waiter of this.#waiting) {
      if (waiter.command !== entry.command) continue;
      this.#waiting.delete(waiter);
      waiter.resolve(entry);
    }
  }

  clear(): void {
    this.#entries = [];
  }
}
