import { connect } from "node:net";

import type { Clock } from "../../platform/clock.ts";

/** Whether something accepts TCP connections there; never throws. */
export type Probe = (host: string, port: number, signal?: AbortSignal) => Promise<boolean>;

/** Connects, sends nothing and leaves. A host that is silent for `timeoutMs` is not there. */
export function tcpProbe(clock: Clock, timeoutMs: number): Probe {
  return (host, port, signal) =>
    new Promise((resolve) => {
      const socket = connect({ host, port });
      let answer = false;
      const leave = (): void => void socket.destroy();
      const cancel = clock.after(timeoutMs, leave);
      signal?.addEventListener("abort", leave, { once: true });
      socket.on("connect", () => {
        answer = true;
        // An orderly goodbye, so that a terminal that serves one client is free again at once.
        socket.end(leave);
      });
      // Refused or unroutable is the answer "nobody"; `close` follows.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        cancel();
        signal?.removeEventListener("abort", leave);
        resolve(answer);
      });
    });
}
