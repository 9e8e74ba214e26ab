import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { PullPanel } from "../../features/pull-now/pull-panel.tsx";
import { PullWatch } from "../../features/pull-now/pull-watch.ts";
import { ConnectorPoll } from "../../ui/connector-poll.ts";
import { viewOfConnector } from "../../ui/connector-view.ts";
import { Explain } from "../../ui/explain.tsx";
import { useStore } from "../../ui/hooks.ts";
import { Mark, StateDot } from "../../ui/icons.tsx";
import { Numbers } from "../../ui/numbers.tsx";
import { useLanguage } from "../language.tsx";
import type { PageContext } from "../page-context.ts";

const PERIODS = { onlineMs: 5_000, otherwiseMs: 2_000 } as const;

/** How the connector is, what waits, and the two things to do about it. */
export function PopupPage({ context }: { readonly context: PageContext }): JSX.Element | null {
  const { send, wait, signal, now } = context;
  const language = useLanguage(context);
  const poll = useMemo(() => new ConnectorPoll(send, wait, PERIODS), [send, wait]);
  const watch = useMemo(() => new PullWatch(send, wait, signal), [send, wait, signal]);
  const [pulling, setPulling] = useState(false);
  const report = useStore(poll.report);
  const { phase } = useStore(watch.status);
  useEffect(() => {
    void poll.run(signal);
    void watch.find();
  }, [poll, watch, signal]);
  useEffect(() => {
    if (phase === "running") setPulling(true);
  }, [phase]);
  if (language === null) return null;

  const { texts } = language;
  const view = viewOfConnector(report, texts);
  const openSetup = (): void => {
    void send("setup.open", {}).then(() => close());
  };
  const pull = (): void => {
    setPulling(true);
    void watch.pull();
  };
  return (
    <main>
      <header>
        <span class="mark">
          <Mark size={16} />
        </span>
        <h1>{texts.ui("product.name")}</h1>
        <button type="button" class="btn plain" data-do="setup" onClick={openSetup}>
          {texts.ui("action.setup")}
        </button>
      </header>
      <div class="state" role="status" data-state={report?.state ?? "checking"}>
        <StateDot level={view.level} />
        <div>
          <strong>{view.title}</strong>
          <Explain of={view.explanation} />
        </div>
      </div>
      {report?.status != null && <Numbers status={report.status} texts={texts} />}
      {report?.state === "online" && !pulling && (
        <button type="button" class="btn primary wide" data-do="pull" onClick={pull}>
          {texts.ui("action.pull")}
        </button>
      )}
      {report !== null && report.state !== "online" && (
        <button type="button" class="btn primary wide" onClick={openSetup}>
          {texts.ui("action.open-setup")}
        </button>
      )}
      {pulling && (
        <section class="pull">
          <PullPanel watch={watch} texts={texts} now={now} openSetup={openSetup} />
        </section>
      )}
    </main>
  );
}
