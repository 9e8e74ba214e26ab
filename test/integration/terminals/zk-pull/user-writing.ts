import { UserId } from "@tandem/contracts/domain/ids.ts";

import { settingsOf } from "../../../../connector/terminals/zk-pull/options.ts";
import type { TableContext } from "../../../../connector/terminals/zk-pull/reading/tables.ts";
import { openWire } from "../../../../connector/terminals/zk-pull/wire/open-wire.ts";
import type { Wire } from "../../../../connector/terminals/zk-pull/wire/wire.ts";
import {
  removeUser,
  type UserChange,
  writeUser,
  type WrittenUser,
} from "../../../../connector/terminals/zk-pull/writing/users.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";

import { QUICK, targetOf } from "./open-terminal.ts";

/** A terminal in active mode, and the means to write users to it. */
export class UserWriting {
  private constructor(
    readonly terminal: ZkTerminal,
    readonly wire: Wire,
    readonly context: TableContext,
  ) {}

  static async start(given: Parameters<typeof ZkTerminal.start>[0]): Promise<UserWriting> {
    const terminal = await ZkTerminal.start(given);
    const settings = settingsOf({ ...QUICK, dump: () => Promise.resolve("kept.bin") });
    const wire = await openWire(targetOf(terminal.address, { mode: "active" }), settings);
    return new UserWriting(terminal, wire, { clock: settings.clock, dump: settings.dump, nameEncoding: "utf8" });
  }

  write(userId: string, change: Omit<UserChange, "userId"> = {}): Promise<WrittenUser> {
    return writeUser(this.wire, this.context, { userId: UserId.parse(userId), ...change });
  }

  remove(userId: string): Promise<boolean> {
    return removeUser(this.wire, this.context, UserId.parse(userId));
  }

  async stop(): Promise<void> {
    await this.wire.closeSocket();
    await this.terminal.stop();
  }
}
