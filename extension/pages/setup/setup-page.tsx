import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";

import type { UiKey } from "@tandem/contracts/catalogue/index.ts";

import { viewOfConnector } from "../../ui/connector-view.ts";
import { useStore } from "../../ui/hooks.ts";
import { Mark, StateDot } from "../../ui/icons.tsx";
import { Store } from "../../ui/store.ts";
import type { Texts } from "../../ui/texts.ts";
import { LanguageSwitch, useLanguage } from "../language.tsx";
import type { PageContext } from "../page-context.ts";

import { HrStep } from "./hr-step.tsx";
import { PairStep } from "./pair-step.tsx";
import { followFacts, refreshFacts, type SetupFacts } from "./setup-facts.ts";
import { SiteStep } from "./site-step.tsx";
import { type StepId, STEPS, type StepState, stepStates } from "./steps.ts";
import { TerminalsStep } from "./terminals-step.tsx";

interface SetupPageProps {
  readonly context: PageContext;
  /** Site from which the page was opened, or empty. */
  readonly suggestedSite: string;
}

/** Everything a browser needs once: pair, allow the HR site, see the terminals, let the connector deliver. */
export function SetupPage({ context, suggestedSite }: SetupPageProps): JSX.Element | null {
  const language = useLanguage(context);
  const store = useMemo(() => new Store<SetupFacts | null>(null), []);
  const facts = useStore(store);
  useEffect(() => void followFacts(context, store), [context, store]);
  if (language === null) return null;
  const { texts } = language;
  document.title = texts.ui("setup.title");
  const refresh = (): Promise<void> => refreshFacts(context, store);
  return (
    <main>
      <header>
        <span class="mark">
          <Mark size={22} />
        </span>
        <h1>{texts.ui("setup.title")}</h1>
        <LanguageSwitch {...language} />
      </header>
      <p class="lead">{texts.ui("setup.lead")}</p>
      <ConnectorLine facts={facts} texts={texts} />
      {facts !== null && (
        <Steps facts={facts} texts={texts} context={context} refresh={refresh} suggestedSite={suggestedSite} />
      )}
    </main>
  );
}

function ConnectorLine({ facts, texts }: { readonly facts: SetupFacts | null; readonly texts: Texts }): JSX.Element {
  const view = viewOfConnector(facts?.report ?? null, texts);
  return (
    <p class="connector" role="status" data-state={facts?.report.state ?? "checking"}>
      <StateDot level={view.level} />
      {view.title}
    </p>
  );
}

interface StepsProps extends SetupPageProps {
  readonly facts: SetupFacts;
  readonly texts: Texts;
  readonly refresh: () => Promise<void>;
}

function Steps({ facts, texts, context, refresh, suggestedSite }: StepsProps): JSX.Element {
  const states = stepStates(facts);
  const done = STEPS.filter((step) => states[step] === "done").length;
  const { sites, terminals, hrSites } = facts;
  return (
    <>
      <div class="progress">
        <div
          class="bar"
          role="progressbar"
          aria-label={texts.ui("setup.title")}
          aria-valuemin={0}
          aria-valuemax={STEPS.length}
          aria-valuenow={done}
        >
          <span style={{ width: `${(done / STEPS.length) * 100}%` }} />
        </div>
        <span>{texts.ui("setup.progress", { done, total: STEPS.length })}</span>
      </div>
      <ol class="steps">
        <Step id="pair" states={states} texts={texts}>
          <PairStep facts={facts} texts={texts} context={context} refresh={refresh} />
        </Step>
        <Step id="site" states={states} texts={texts}>
          <SiteStep sites={sites} suggested={suggestedSite} texts={texts} context={context} refresh={refresh} />
        </Step>
        <Step id="terminals" states={states} texts={texts}>
          {terminals !== null && <TerminalsStep terminals={terminals} texts={texts} now={context.now} />}
        </Step>
        <Step id="hr" states={states} texts={texts}>
          {hrSites !== null && <HrStep hrSites={hrSites} sites={sites} texts={texts} />}
        </Step>
      </ol>
      {done === STEPS.length && (
        <section class="finish" role="status">
          <h2>{texts.ui("setup.finish.title")}</h2>
          <p>{texts.ui("setup.finish.text")}</p>
        </section>
      )}
    </>
  );
}

const TITLES: Readonly<Record<StepId, readonly [title: UiKey, why: UiKey]>> = {
  pair: ["setup.pair.title", "setup.pair.why"],
  site: ["setup.site.title", "setup.site.why"],
  terminals: ["setup.terminals.title", "setup.terminals.why"],
  hr: ["setup.hr.title", "setup.hr.why"],
};

const STATE_KEYS: Readonly<Record<StepState, UiKey>> = {
  done: "setup.state.done",
  open: "setup.state.next",
  later: "setup.state.later",
  attention: "setup.state.attention",
};

interface StepProps {
  readonly id: StepId;
  readonly states: Readonly<Record<StepId, StepState>>;
  readonly texts: Texts;
  readonly children: ComponentChildren;
}

function Step({ id, states, texts, children }: StepProps): JSX.Element {
  const state = states[id];
  const [title, why] = TITLES[id];
  const number = STEPS.indexOf(id) + 1;
  return (
    <li class="step" data-step={id} data-state={state}>
      <span class="number" aria-hidden="true">
        {state === "done" ? "✓" : number}
      </span>
      <div class="content">
        <div class="title">
          <h2>
            <span class="hidden-text">{texts.ui("setup.step", { number })}: </span>
            {texts.ui(title)}
          </h2>
          {/* What waits, waits for pairing: only a paired connector tells about terminals and the HR app. */}
          <span class="chip">{texts.ui(STATE_KEYS[state], { number: 1 })}</span>
        </div>
        <p class="why">{texts.ui(why)}</p>
        {children}
      </div>
    </li>
  );
}
