import { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { NewTerminal, type TerminalRow } from "@tandem/contracts/domain/terminal.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import { PunchLedger } from "../../connector/ledger/punch-ledger.ts";
import { DisableJournal } from "../../connector/terminals/disable-journal.ts";
import { TerminalDrivers } from "../../connector/terminals/drivers.ts";
import { TerminalLocks } from "../../connector/terminals/locks.ts";
import { Terminals } from "../../connector/terminals/service.ts";
import { zkPullDriver } from "../../connector/terminals/zk-pull/driver.ts";
import type { ZkPullOptions } from "../../connector/terminals/zk-pull/options.ts";

import { openTempStore, type TempStore } from "./temp-store.ts";

/** Time-outs that fail in a moment, yet leave a busy machine time to answer. */
const QUICK = { idleMs: 500, connectMs: 2_000, graceMs: 120, reconnectMs: 30 } as const;

/** The product's terminals, on its real driver and a real store. */
export class TerminalBench {
  readonly data: TempStore;
  readonly ledger: PunchLedger;
  readonly terminals: Terminals;

  private constructor(data: TempStore, options: Partial<ZkPullOptions>) {
    this.data = data;
    this.ledger = new PunchLedger(data.store, data.clock);
    const journal = new DisableJournal(data.store);
    const driver = zkPullDriver({ ...QUICK, dump: () => Promise.resolve("kept.bin"), journal, ...options });
    this.terminals = new Terminals({
      ...data,
      ledger: this.ledger,
      drivers: new TerminalDrivers([driver]),
      locks: new TerminalLocks(),
      unfinished: {
        isDue: () => Promise.resolve(false),
        settle: () => Promise.resolve(),
        giveUp: () => Promise.resolve(),
      },
      defaultZone: () => Zone.parse("Asia/Ho_Chi_Minh"),
    });
  }

  static async open(options: Partial<ZkPullOptions> = {}): Promise<TerminalBench> {
    return new TerminalBench(await openTempStore(), options);
  }

  close(): Promise<void> {
    return this.data.close();
  }

  add(name: string, address: string, facts: object = {}): Promise<TerminalRow> {
    return this.terminals.add(NewTerminal.parse({ name, address, ...facts }), "cli");
  }

  async row(name: string): Promise<TerminalRow | undefined> {
    return (await this.terminals.list()).find((row) => row.name === name);
  }

  /** What the ledger holds, as `user time ×count`. */
  async punches(): Promise<string[]> {
    return (await this.ledger.list({})).map(({ userId, at, count }) => `${userId} ${at ?? "?"} ×${count}`);
  }

  async audited(): Promise<{ action: string; actor: string; subject: string; detail: unknown }[]> {
    const rows = await this.data.store.db
      .selectFrom("audit")
      .select(["action", "actor", "subject", "detail"])
      .where("action", "like", "terminals.%")
      .orderBy("seq")
      .execute();
    return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
  }
}

export const nameOf = (name: string): TerminalName => TerminalName.parse(name);
