import type { Discovery, FoundTerminal, LiveSetting } from "@tandem/contracts/domain/fleet.ts";
import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalAddress, TerminalRow } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../../audit/audit.ts";
import type { Store } from "../../store/store.ts";
import type { Secrets } from "../../vault/vault.ts";
import { type BookedTerminal, TerminalBook, toTerminalRow } from "../terminal-book.ts";
import { Visits } from "../visits.ts";

import { recordMove } from "./address-following.ts";
import { discover, type DiscoveryDeps } from "./discovery.ts";
import type { LiveListening } from "./live-listening.ts";

export interface FleetDeps extends DiscoveryDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly secrets: Secrets;
  readonly live: Pick<LiveListening, "refresh">;
}

export interface Search {
  readonly network: string;
  readonly port: number;
  readonly follow: boolean;
}

/** Finding terminals on the company's own networks, and following those that moved. */
export class Fleet {
  readonly #deps: FleetDeps;
  readonly #book: TerminalBook;
  readonly #visits = new Visits();

  constructor(deps: FleetDeps) {
    this.#deps = deps;
    this.#book = new TerminalBook(deps.store);
  }

  /**
   * What listens on a network. With `follow`, a registered terminal found elsewhere gets its new address, unless its
   * serial number answers at two addresses. Errors: `fleet.network-*`.
   */
  async discover({ network, port, follow }: Search, actor: string, signal?: AbortSignal): Promise<Discovery> {
    const { searched, found } = await this.#visits.run([signal], async (visit) =>
      discover(this.#deps, network, port, await this.#book.list(), visit),
    );
    if (!follow) return { searched, found };
    const after: FoundTerminal[] = [];
    for (const terminal of found) after.push(await this.#follow(terminal, found, actor));
    return { searched, found: after };
  }

  /**
   * Puts another address on record after the terminal with the registered serial number has answered there. Errors:
   * `fleet.serial-unknown`, `terminal.serial-changed`, `terminal.*`.
   */
  async moveAddress(name: TerminalName, address: TerminalAddress, actor: string): Promise<TerminalRow> {
    const { locks } = this.#deps;
    return locks.hold(name, async () => {
      const booked = await this.#book.get(name);
      const { serial: expected } = booked;
      if (expected === null) throw new TandemError("fleet.serial-unknown", { name });
      const serial = await locks.hold(address, () =>
        this.#visits.run([], (visit) => this.#serialAt(booked, address, visit)),
      );
      if (serial !== expected)
        throw new TandemError("terminal.serial-changed", { name, expected, found: serial ?? "–" });
      await recordMove(this.#deps, { name, from: booked.address, to: address }, actor);
      return toTerminalRow(await this.#book.get(name));
    });
  }

  /**
   * Whether punches are listened for as they happen. It takes the terminal's one connection, so other software is shut
   * out. Errors: `terminal.unknown`, `terminal.no-address`.
   */
  async setLive({ name, live }: LiveSetting, actor: string): Promise<LiveSetting> {
    const { store, audit } = this.#deps;
    const { address } = await this.#book.get(name);
    if (address === null) throw new TandemError("terminal.no-address", { name });
    await store.transaction(async (tx) => {
      await this.#book.setLive(tx, name, live);
      await audit.append(tx, {
        actor,
        action: "terminals.live",
        subject: name,
        outcome: "succeeded",
        detail: { live },
      });
    });
    await this.#deps.live.refresh();
    return { name, live };
  }

  /** Ends a search that is under way and lets go of the terminals it talks to. */
  stop(): Promise<void> {
    return this.#visits.stop();
  }

  async #follow(terminal: FoundTerminal, all: readonly FoundTerminal[], actor: string): Promise<FoundTerminal> {
    const { known, address, serial } = terminal;
    const isOnly = all.filter((other) => other.serial === serial).length === 1;
    if (known?.addressDiffers !== true || !isOnly) return terminal;
    const isMoved = await this.#deps.locks.hold(known.name, async () => {
      // The search took a while: what is on record now decides.
      const booked = await this.#book.get(known.name);
      if (booked.serial !== serial || booked.address !== known.address) return false;
      await recordMove(this.#deps, { name: known.name, from: known.address, to: address }, actor);
      return true;
    });
    return { ...terminal, known: { ...known, followed: isMoved } };
  }

  async #serialAt(
    { commKeyRef: ref, nameEncoding }: BookedTerminal,
    address: TerminalAddress,
    signal: AbortSignal,
  ): Promise<string | null> {
    const { drivers, secrets } = this.#deps;
    const commKey = ref === null ? 0 : Number(Buffer.from(await secrets.get(ref)).toString());
    const terminal = await drivers.open({ address, commKey, mode: "shadow", nameEncoding }, signal);
    try {
      return (await terminal.identity()).serial;
    } finally {
      await terminal.close();
    }
  }
}
