import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";

import type { Audit } from "../../audit/audit.ts";
import type { Store } from "../../store/store.ts";

/** `tcp://` or `udp://` with an IPv4 address: what can be compared with where a terminal was found. */
const IPV4 = /^(?:tcp|udp):\/\/((?:\d{1,3}\.){3}\d{1,3}:\d+)$/;

/**
 * Whether a terminal found at one address is registered under another. Null where that cannot be told: a host name may
 * lead to the same place.
 */
export function addressDiffers(onRecord: TerminalAddress | null, found: TerminalAddress): boolean | null {
  const [, before] = IPV4.exec(onRecord ?? "") ?? [];
  const [, now] = IPV4.exec(found) ?? [];
  return before === undefined || now === undefined ? null : before !== now;
}

/** Puts another address on record. The caller has made sure that the same device answers there. */
export async function recordMove(
  { store, audit }: { readonly store: Store; readonly audit: Audit },
  {
    name,
    from,
    to,
  }: { readonly name: TerminalName; readonly from: TerminalAddress | null; readonly to: TerminalAddress },
  actor: string,
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.updateTable("terminals").set({ address: to }).where("name", "=", name).execute();
    const detail = { from, to };
    await audit.append(tx, { actor, action: "terminals.move-address", subject: name, outcome: "succeeded", detail });
  });
}
