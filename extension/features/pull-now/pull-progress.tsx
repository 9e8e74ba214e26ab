import type { ComponentChildren, JSX } from "preact";

import type { JobItemState, JobView } from "@tandem/contracts/domain/job.ts";

import type { Level } from "../../ui/connector-view.ts";
import { Explain } from "../../ui/explain.tsx";
import { StateDot } from "../../ui/icons.tsx";
import type { Texts } from "../../ui/texts.ts";

import { type DeliveryLine, type PullView, type TerminalLine, viewOfPull } from "./pull-view.ts";

interface ProgressProps {
  readonly job: JobView;
  readonly texts: Texts;
}

/** Terminals and delivery of a job, each with its state, its numbers and, where it failed, why and what to do. */
export function PullProgress({ job, texts }: ProgressProps): JSX.Element {
  const view = viewOfPull(job);
  return (
    <>
      <Totals view={view} texts={texts} />
      <ul class="lines">
        {view.terminals.map((line) => (
          <TerminalRow key={line.key} line={line} texts={texts} />
        ))}
        {view.deliveries.map((line) => (
          <DeliveryRow key={line.key} line={line} texts={texts} />
        ))}
      </ul>
      {job.error !== null && <Explain of={texts.problem(job.error)} />}
    </>
  );
}

function Totals({ view: { totals }, texts }: { readonly view: PullView; readonly texts: Texts }): JSX.Element {
  const tiles = [
    ["pull.total.read", totals.read],
    ["pull.total.added", totals.added],
    ["pull.total.delivered", totals.delivered],
    ["pull.total.waiting", totals.waiting],
  ] as const;
  return (
    <dl class="tiles">
      {tiles.map(([key, value]) => (
        <div key={key} data-tile={key}>
          <dt>{texts.ui(key)}</dt>
          <dd>{texts.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const LEVELS: Readonly<Record<JobItemState, Level>> = {
  waiting: "idle",
  running: "checking",
  done: "ok",
  failed: "trouble",
  cancelled: "idle",
};

interface RowProps {
  readonly state: JobItemState;
  readonly level?: Level;
  readonly name: string;
  readonly children: ComponentChildren;
}

function Row({ state, level = LEVELS[state], name, children }: RowProps): JSX.Element {
  return (
    <li data-state={state}>
      <StateDot level={level} />
      <div>
        <strong>{name}</strong>
        {children}
      </div>
    </li>
  );
}

function TerminalRow({ line, texts }: { readonly line: TerminalLine; readonly texts: Texts }): JSX.Element {
  const { state, result, error, percent } = line;
  const count = (value: number): string => texts.number(value);
  return (
    <Row state={state} name={line.name}>
      {state === "waiting" && <p>{texts.ui("pull.item.waiting")}</p>}
      {state === "cancelled" && <p>{texts.ui("pull.item.cancelled")}</p>}
      {state === "running" && (
        <p>
          {percent === null
            ? texts.ui("pull.item.running")
            : texts.ui("pull.item.percent", { percent: Math.floor(percent) })}
        </p>
      )}
      {result !== null && (
        <p>
          {texts.ui("pull.item.read", {
            read: count(result.read),
            added: count(result.added),
            known: count(result.known),
          })}
        </p>
      )}
      {result !== null && result.quarantined > 0 && (
        <p class="amber">{texts.ui("pull.item.quarantined", { count: count(result.quarantined) })}</p>
      )}
      {result !== null && result.rejected > 0 && (
        <p class="amber">{texts.ui("pull.item.rejected", { count: count(result.rejected) })}</p>
      )}
      {error !== null && <Explain of={texts.problem(error)} />}
    </Row>
  );
}

function DeliveryRow({ line, texts }: { readonly line: DeliveryLine; readonly texts: Texts }): JSX.Element {
  const { state, result, error } = line;
  return (
    <Row state={state} name={texts.ui("pull.delivery")} level={levelOf(line)}>
      {state === "waiting" && <p>{texts.ui("pull.item.waiting")}</p>}
      {state === "cancelled" && <p>{texts.ui("pull.item.cancelled")}</p>}
      {state === "running" && <p>{progressText(line, texts)}</p>}
      {result !== null && <DeliveryResult result={result} texts={texts} />}
      {error !== null && <Explain of={texts.problem(error)} />}
    </Row>
  );
}

/** A delivery that held something back is done, but wants a look. */
function levelOf({ state, result }: DeliveryLine): Level {
  const wantsLook = result !== null && result.held + result.refused + result.failed > 0;
  return state === "done" && wantsLook ? "waiting" : LEVELS[state];
}

function progressText({ done, total }: DeliveryLine, texts: Texts): string {
  return total === null || total === 0
    ? texts.ui("pull.delivery.running")
    : texts.ui("pull.delivery.progress", { done: texts.number(done), total: texts.number(total) });
}

interface DeliveryResultProps {
  readonly result: NonNullable<DeliveryLine["result"]>;
  readonly texts: Texts;
}

function DeliveryResult({ result, texts }: DeliveryResultProps): JSX.Element {
  const { delivered, duplicate, held, refused, failed, reasons } = result;
  const count = (value: number): { count: string } => ({ count: texts.number(value) });
  const nothing = delivered + duplicate + held + refused + failed === 0;
  return (
    <>
      {nothing && <p>{texts.ui("pull.delivery.nothing")}</p>}
      {!nothing && (
        <p>
          {texts.ui("pull.delivery.result", { delivered: texts.number(delivered) })}
          {duplicate > 0 && ` · ${texts.ui("pull.delivery.duplicate", count(duplicate))}`}
        </p>
      )}
      {held > 0 && <p class="amber">{texts.ui("pull.delivery.held", count(held))}</p>}
      {refused > 0 && <p class="red">{texts.ui("pull.delivery.refused", count(refused))}</p>}
      {failed > 0 && <p class="red">{texts.ui("pull.delivery.failed", count(failed))}</p>}
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={reason.code}>
              {texts.ui("pull.reason", {
                count: texts.number(reason.count),
                reason: texts.problem({ code: reason.code, details: {} }).text,
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
