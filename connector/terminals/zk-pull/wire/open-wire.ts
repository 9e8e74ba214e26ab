import { TandemError } from "@tandem/contracts/errors.ts";

import type { TerminalTarget } from "../../terminal.ts";
import type { Settings } from "../options.ts";

import { TcpWire } from "./tcp-wire.ts";
import { UdpWire } from "./udp-wire.ts";
import type { Wire, WireOptions } from "./wire.ts";

const ADDRESS = /^(tcp|udp):\/\/(\[[^\]]+\]|[^:]+):(\d+)$/;

/**
 * Connects with the transport that the address names, and no other, and unlocks a terminal that an earlier process left
 * locked, unless it is to stay so. `signal` ends the attempt, not the connection. Errors: `terminal.*`.
 */
export async function openWire(target: TerminalTarget, settings: Settings, signal?: AbortSignal): Promise<Wire> {
  signal?.throwIfAborted();
  const { address, commKey, mode } = target;
  const [, scheme, host = "", port = ""] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined) throw new TandemError("terminal.unsupported-address", { address });
  const { clock, idleMs, graceMs, connectMs } = settings;
  const options: WireOptions = {
    ...{ clock, idleMs, graceMs, connectMs, address, commKey, mode },
    host: host.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port),
  };
  const wire = scheme === "tcp" ? new TcpWire(options) : new UdpWire(options);
  const abort = (): void => wire.abandon(reasonOf(signal));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await wire.createSocket();
    await wire.connect();
    if (mode === "active" && target.staysLocked !== true && (await settings.journal.isNoted(address))) {
      await wire.enableDevice();
      await settings.journal.forget(address);
    }
    return wire;
  } catch (error) {
    await wire.closeSocket();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Why somebody aborted. */
export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
