import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { ConnectorPoll } from "../../ui/connector-poll.ts";
import { viewOfConnector } from "../../ui/connector-view.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { Explain } from "../../ui/explain.tsx";
import { useStore } from "../../ui/hooks.ts";
import { ChevronIcon, CloseIcon, Mark, StateDot } from "../../ui/icons.tsx";
import { Numbers } from "../../ui/numbers.tsx";
import type { Texts } from "../../ui/texts.ts";

interface TandemMenuProps {
  readonly poll: ConnectorPoll;
  readonly texts: Texts;
  readonly checkinsPath: string;
  readonly openSetup: () => void;
}

/** The Tandem button with the connector's state, and its menu. */
export function TandemMenu({ poll, texts, checkinsPath, openSetup }: TandemMenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const report = useStore(poll.report);
  const view = viewOfConnector(report, texts);
  const status = report?.status ?? null;
  const waiting = status === null ? 0 : status.quarantined + status.undelivered;

  const toggle = (next: boolean): void => {
    setOpen(next);
    if (next) void poll.refresh();
  };
  return (
    <Disclosure
      open={open}
      onToggle={toggle}
      buttonClass="btn"
      label={`${texts.ui("product.name")}: ${view.title}`}
      title={texts.ui("product.name")}
      button={
        <>
          <Mark />
          <span>{texts.ui("product.name")}</span>
          <StateDot level={view.level} />
          {waiting > 0 && <span class="count">{texts.number(waiting)}</span>}
          <ChevronIcon />
        </>
      }
    >
      <div class="head">
        <h2>{texts.ui("product.name")}</h2>
        <button type="button" class="icon-btn" aria-label={texts.ui("action.close")} onClick={() => toggle(false)}>
          <CloseIcon />
        </button>
      </div>
      <div class="body">
        <div class="state" role="status" data-level={view.level}>
          <StateDot level={view.level} />
          <div>
            <strong>{view.title}</strong>
            <Explain of={view.explanation} />
          </div>
        </div>
        {status !== null && <Numbers status={status} texts={texts} />}
      </div>
      <div class="foot">
        {report?.state === "online" && (
          <a class="btn primary" href={checkinsPath}>
            {texts.ui("action.open-checkins")}
          </a>
        )}
        <button type="button" class={`btn${view.needsSetup ? " primary" : ""}`} data-do="setup" onClick={openSetup}>
          {texts.ui("action.open-setup")}
        </button>
      </div>
    </Disclosure>
  );
}
