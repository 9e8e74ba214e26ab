import { hasCode, toTandemError } from "@tandem/contracts/errors.ts";
import type { ConnectorReport } from "@tandem/contracts/messages.ts";

import type { Send } from "../platform/message-client.ts";
import type { Wait } from "../platform/wait.ts";

import { Store } from "./store.ts";

export interface PollPeriods {
  readonly onlineMs: number;
  /** Shorter: somebody may be starting the connector just now. */
  readonly otherwiseMs: number;
}

/** Keeps the connector's state fresh for one surface, for as long as the surface lives. */
export class ConnectorPoll {
  readonly report = new Store<ConnectorReport | null>(null);
  readonly #send: Send;
  readonly #wait: Wait;
  readonly #periods: PollPeriods;

  constructor(send: Send, wait: Wait, periods: PollPeriods) {
    this.#send = send;
    this.#wait = wait;
    this.#periods = periods;
  }

  /** Resolves once `signal` is aborted, or when this script has been cut off from the background for good. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.refresh())) await this.#pause(signal);
  }

  /** Until the next look; a look in between, for example by a click, sets a new time. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { onlineMs, otherwiseMs } = this.#periods;
    const looked = new AbortController();
    const stop = this.report.listen(() => looked.abort());
    const pause = this.report.value?.state === "online" ? onlineMs : otherwiseMs;
    await this.#wait(pause, AbortSignal.any([signal, looked.signal]));
    stop();
  }

  /** Asks now; false when asking again is in vain. */
  async refresh(): Promise<boolean> {
    try {
      this.report.set(await this.#send("state.get", {}));
      return true;
    } catch (caught) {
      const { code, details, status } = toTandemError(caught);
      const problem = { type: `urn:tandem:${code}`, title: code, status, code, details: { ...details } };
      this.report.set({ state: "offline", status: null, problem });
      return !hasCode(caught, "browser.reload-needed", "browser.not-granted");
    }
  }
}
