import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import type { VaultErased, VaultStatus, VaultSwitch, VaultSwitched } from "@tandem/contracts/domain/vault.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { refuseStrangers } from "../people/consent-people.ts";
import { forgetDeleted } from "../store/forget-deleted.ts";
import type { Store, Tx } from "../store/store.ts";

import type { TemplateEraser } from "./template-eraser.ts";
import { readVaultStatus, type VaultSettings } from "./vault-status.ts";

export interface VaultDeskParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly eraser: TemplateEraser;
  readonly settings: VaultSettings & {
    setKeepCopies(on: boolean): Promise<void>;
    setNoBiometrics(on: boolean): Promise<void>;
  };
}

/** What the operator does with the vault: looks at its numbers, turns its switches, erases people from it. */
export class VaultDesk {
  readonly #parts: VaultDeskParts;

  constructor(parts: VaultDeskParts) {
    this.#parts = parts;
  }

  status(): Promise<VaultStatus> {
    return readVaultStatus(this.#parts.store, this.#parts.settings);
  }

  /**
   * Switching off destroys the kept copies. Errors: `vault.unconfirmed` where there are some, and nothing is changed;
   * `vault.not-destroyed`.
   */
  keepCopies({ on, confirmed }: VaultSwitch, actor: string): Promise<VaultSwitched> {
    const { settings, eraser } = this.#parts;
    return this.#switch(
      "keep-copies",
      { on, wasOn: settings.keepCopies, confirmed, actor },
      {
        destroy: (tx) => eraser.eraseKept(tx, actor),
        save: () => settings.setKeepCopies(on),
      },
    );
  }

  /**
   * Switching off destroys everything sealed. Errors: `vault.unconfirmed` where something is, and nothing is changed;
   * `vault.not-destroyed`.
   */
  biometrics({ on, confirmed }: VaultSwitch, actor: string): Promise<VaultSwitched> {
    const { settings, eraser } = this.#parts;
    return this.#switch(
      "biometrics",
      { on, wasOn: !settings.noBiometrics, confirmed, actor },
      {
        destroy: (tx) => eraser.eraseAll(tx, actor),
        save: () => settings.setNoBiometrics(!on),
      },
    );
  }

  /**
   * Destroys the data keys of these people and all that is sealed with them, of all or of none. What terminals hold is
   * not touched. Errors: `people.unknown`, `vault.not-destroyed`.
   */
  async erase(people: readonly PersonId[], actor: string): Promise<VaultErased> {
    const { store, eraser } = this.#parts;
    const named = [...new Set(people)];
    const destroyed = await store.transaction(async (tx) => {
      await refuseStrangers(tx, named);
      let templates = 0;
      for (const personId of named) templates += await eraser.erasePerson(tx, personId, actor);
      return templates;
    });
    await forgetDeleted(store);
    return { people: named.length, destroyed };
  }

  async #switch(
    name: "keep-copies" | "biometrics",
    { on, wasOn, confirmed, actor }: VaultSwitch & { readonly wasOn: boolean; readonly actor: string },
    { destroy, save }: { readonly destroy: (tx: Tx) => Promise<number>; readonly save: () => Promise<void> },
  ): Promise<VaultSwitched> {
    const { store, audit } = this.#parts;
    const destroyed = await store.transaction(async (tx) => {
      const templates = on ? 0 : await destroy(tx);
      // Thrown here, it takes back what the line before destroyed.
      if (templates > 0 && !confirmed) throw new TandemError("vault.unconfirmed", { templates });
      if (on === wasOn) return templates;
      const detail = { on, templates };
      await audit.append(tx, { actor, action: `settings.${name}`, subject: "site", outcome: "succeeded", detail });
      // Last, so that a failure to write the settings takes everything back.
      await save();
      return templates;
    });
    // Also where nothing was left: the same command is repeated when a reader kept the bytes on the disk.
    if (!on) await forgetDeleted(store);
    return { on, destroyed };
  }
}
