import type { JSX } from "preact";

import type { ErrorCode } from "@tandem/contracts/errors.ts";

import { Explain } from "../../ui/explain.tsx";
import { useStore } from "../../ui/hooks.ts";
import type { Texts } from "../../ui/texts.ts";

import { PullProgress } from "./pull-progress.tsx";
import { viewOfPull } from "./pull-view.ts";
import type { PullStatus, PullWatch } from "./pull-watch.ts";

export interface PullPanelProps {
  readonly watch: PullWatch;
  readonly texts: Texts;
  readonly now: () => number;
  /** Draws the list under the panel anew; absent where there is none. */
  readonly showNew?: () => void;
  readonly openSetup: () => void;
}

/** Failures that the set-up page explains step by step. */
const NEEDS_SETUP: ReadonlySet<string> = new Set<ErrorCode>([
  "browser.connector-offline",
  "browser.connector-blocked",
  "pairing.client-unknown",
  "pairing.client-revoked",
  "pairing.connector-not-proven",
  "pairing.protocol",
  "hr.not-connected",
]);

/** Progress and result of reading the terminals, with what can be done about it. */
export function PullPanel({ watch, texts, now, showNew, openSetup }: PullPanelProps): JSX.Element {
  const status = useStore(watch.status);
  const { phase, job, error } = status;
  const view = job === null ? null : viewOfPull(job);
  const busy = phase === "starting" || phase === "running" || phase === "finding";
  return (
    <>
      <div class="body">
        <p class="headline" role="status">
          {headline(status, texts)}
        </p>
        {busy && <Bar percent={view?.percent ?? null} label={texts.ui("pull.title")} />}
        {job?.finishedAt != null && !busy && (
          <p class="quiet">{texts.ui("pull.finished", { when: texts.when(job.finishedAt, now()) })}</p>
        )}
        {error !== null && <Explain of={texts.problem(error)} />}
        {job !== null && view !== null && view.terminals.length === 0 && <p>{texts.ui("pull.no-terminals")}</p>}
        {job !== null && job.items.length > 0 && <PullProgress job={job} texts={texts} />}
        {phase === "running" && <p class="quiet">{texts.ui("pull.may-close")}</p>}
      </div>
      <div class="foot">
        {!busy && (view?.failed ?? 0) > 0 && (
          <button type="button" class="btn primary" data-do="retry" onClick={() => void watch.retry()}>
            {texts.ui("action.retry-failed")}
          </button>
        )}
        {!busy && (
          <button
            type="button"
            class={`btn${(view?.failed ?? 0) > 0 ? "" : " primary"}`}
            data-do="pull"
            onClick={() => void watch.start()}
          >
            {texts.ui(job === null ? "action.pull" : "action.pull-again")}
          </button>
        )}
        {!busy && showNew !== undefined && (view?.totals.delivered ?? 0) > 0 && (
          <button type="button" class="btn" data-do="show-new" onClick={showNew}>
            {texts.ui("pull.show-new")}
          </button>
        )}
        {needsSetup(status) && (
          <button type="button" class="btn" data-do="setup" onClick={openSetup}>
            {texts.ui("action.open-setup")}
          </button>
        )}
        {phase === "running" && (
          <button
            type="button"
            class="btn"
            data-do="stop"
            disabled={job?.state === "cancelling"}
            onClick={() => void watch.stop()}
          >
            {texts.ui("action.stop")}
          </button>
        )}
      </div>
    </>
  );
}

function needsSetup({ error, job }: PullStatus): boolean {
  const codes = [error?.code, job?.error?.code, ...(job?.items ?? []).map((item) => item.error?.code)];
  return codes.some((code) => code !== undefined && NEEDS_SETUP.has(code));
}

function Bar({ percent, label }: { readonly percent: number | null; readonly label: string }): JSX.Element {
  const known = percent === null ? {} : { "aria-valuenow": Math.floor(percent) };
  return (
    <div
      class={`bar${percent === null ? " unsure" : ""}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...known}
    >
      <span style={percent === null ? {} : { width: `${Math.max(3, percent)}%` }} />
    </div>
  );
}

/** One line that says how it stands; it is read out when it changes. */
export function headline({ phase, job, error }: PullStatus, texts: Texts): string {
  if (phase === "finding") return texts.ui("pull.finding");
  if (phase === "starting") return texts.ui("pull.starting");
  if (job === null) return texts.ui(error === null ? "pull.never" : "pull.failed");
  const view = viewOfPull(job);
  if (phase === "running") {
    if (job.state === "cancelling") return texts.ui("pull.stopping");
    const reading = view.finished < view.terminals.length || view.deliveries.length === 0;
    return reading
      ? texts.ui("pull.reading", { done: view.finished, total: view.terminals.length })
      : texts.ui("pull.sending");
  }
  if (job.state === "cancelled") return texts.ui("pull.cancelled");
  if (job.state === "done" && view.failed === 0) return texts.ui("pull.done");
  return texts.ui(view.failed < job.items.length ? "pull.done-partly" : "pull.failed");
}
