import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { Disclosure } from "../../ui/disclosure.tsx";
import { useStore } from "../../ui/hooks.ts";
import { CloseIcon, Mark, StateDot } from "../../ui/icons.tsx";

import { PullPanel, type PullPanelProps } from "./pull-panel.tsx";
import { viewOfPull } from "./pull-view.ts";

/** The button beside the page's own ones. A click reads the terminals, or shows the reading that is under way. */
export function PullButton(props: PullPanelProps): JSX.Element {
  const { watch, texts } = props;
  const [open, setOpen] = useState(false);
  const { phase, job } = useStore(watch.status);
  const running = phase === "running" || phase === "starting";
  const percent = running && job !== null ? viewOfPull(job).percent : null;

  const unseen = useUnseenEnd(running, open);

  const toggle = (next: boolean): void => {
    setOpen(next);
    // A reading that ended while nobody looked is shown first; its panel offers the next one.
    if (next && !unseen) void watch.pull();
  };
  return (
    <Disclosure
      open={open}
      onToggle={toggle}
      buttonClass="btn"
      title={texts.ui("pull.title")}
      button={
        <>
          {running ? <StateDot level="checking" /> : <Mark />}
          <span>{texts.ui(running ? "action.pull.running" : unseen ? "action.pull.result" : "action.pull")}</span>
          {percent !== null && <span class="percent">{Math.floor(percent)} %</span>}
        </>
      }
    >
      <div class="head">
        <h2>{texts.ui("pull.title")}</h2>
        <button type="button" class="icon-btn" aria-label={texts.ui("action.close")} onClick={() => toggle(false)}>
          <CloseIcon />
        </button>
      </div>
      <PullPanel {...props} />
    </Disclosure>
  );
}

/** Whether a reading has ended since the panel was last open. */
function useUnseenEnd(running: boolean, open: boolean): boolean {
  const [unseen, setUnseen] = useState(false);
  const wasRunning = useRef(running);
  useEffect(() => {
    if (open) setUnseen(false);
    else if (wasRunning.current && !running) setUnseen(true);
    wasRunning.current = running;
  }, [running, open]);
  return unseen;
}
