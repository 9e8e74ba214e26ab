import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { type TandemError, toTandemError } from "@tandem/contracts/errors.ts";
import { normalizePairingCode, PAIRING_CODE } from "@tandem/contracts/pairing-code.ts";

import { viewOfConnector } from "../../ui/connector-view.ts";
import { Explain } from "../../ui/explain.tsx";
import type { Texts } from "../../ui/texts.ts";
import type { PageContext } from "../page-context.ts";

import { browserName } from "./browser-name.ts";
import { Command } from "./command.tsx";
import { PC_PERMISSION, type SetupFacts } from "./setup-facts.ts";

interface PairStepProps {
  readonly facts: SetupFacts;
  readonly texts: Texts;
  readonly context: PageContext;
  readonly refresh: () => Promise<void>;
}

/** Step 1: who the connector is, and if it is not known yet, the code that introduces the two. */
export function PairStep(props: PairStepProps): JSX.Element {
  const { facts, texts, context, refresh } = props;
  const { report, pairing, mayReachPc } = facts;
  const view = viewOfConnector(report, texts);
  const refused = report.problem !== null && report.state === "unpaired";
  const allow = (): void => {
    void context.requestPermission(PC_PERMISSION).then(refresh);
  };
  return (
    <>
      {!mayReachPc && (
        <div class="notice">
          <Explain of={{ text: texts.ui("setup.access.text"), next: texts.ui("setup.access.next") }} />
          <button type="button" class="btn primary" data-do="allow-pc" onClick={allow}>
            {texts.ui("setup.site.allow")}
          </button>
        </div>
      )}
      {(report.state === "blocked" || (pairing !== null && report.state !== "online")) && (
        <div class="notice" data-problem={report.state}>
          <Explain of={view.explanation} />
        </div>
      )}
      {pairing !== null && !refused && <Paired {...props} pairing={pairing} />}
      {(pairing === null || refused) && report.state !== "blocked" && <PairForm {...props} />}
    </>
  );
}

function Paired({
  pairing,
  texts,
  context,
  refresh,
}: PairStepProps & { readonly pairing: NonNullable<SetupFacts["pairing"]> }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const forget = async (): Promise<void> => {
    setAsking(false);
    await context.send("pair.forget", {});
    await refresh();
  };
  return (
    <>
      <p>{texts.ui("setup.pair.done", { label: pairing.label, date: texts.date(pairing.pairedAt) })}</p>
      <p class="words" data-fingerprint={pairing.fingerprint} lang="en">
        {pairing.fingerprint.split(" ").map((word) => (
          <span key={word}>{word}</span>
        ))}
      </p>
      <p class="quiet">{texts.ui("setup.pair.words")}</p>
      {asking ? (
        <div class="row" role="alert">
          <span>{texts.ui("setup.pair.forget.sure")}</span>
          <button type="button" class="btn primary" data-do="forget-yes" onClick={() => void forget()}>
            {texts.ui("setup.pair.forget.yes")}
          </button>
          <button type="button" class="btn" onClick={() => setAsking(false)}>
            {texts.ui("setup.pair.forget.no")}
          </button>
        </div>
      ) : (
        <button type="button" class="btn plain flush" data-do="forget" onClick={() => setAsking(true)}>
          {texts.ui("setup.pair.forget")}
        </button>
      )}
    </>
  );
}

function PairForm({ texts, context, refresh }: PairStepProps): JSX.Element {
  const [code, setCode] = useState("");
  const [label, setLabel] = useState(browserName(navigator.userAgent));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<TandemError | null>(null);
  const count = code.replace(/[^0-9a-z]/gi, "").length;
  const complete = normalizePairingCode(code) !== null;

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || !complete || label.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      await context.send("pair.start", { code, label });
      await refresh();
    } catch (caught) {
      setError(toTandemError(caught));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{texts.ui("setup.pair.how")}</p>
      <Command text="tandem pair" texts={texts} />
      <p class="quiet">{texts.ui("setup.pair.start")}</p>
      <div class="fields">
        <label>
          <span>{texts.ui("setup.pair.code")}</span>
          <input
            name="code"
            class="code"
            value={code}
            maxLength={24}
            autoComplete="off"
            autoCapitalize="characters"
            spellcheck={false}
            placeholder="7KQ2M-9XW4T"
            aria-describedby="code-hint"
            aria-invalid={error !== null}
            onInput={(event) => {
              setError(null);
              setCode(event.currentTarget.value);
            }}
          />
          <small id="code-hint">
            {code !== "" && !complete
              ? texts.ui("setup.pair.code.short", { length: PAIRING_CODE.length, count })
              : texts.ui("setup.pair.code.hint")}
          </small>
        </label>
        <label>
          <span>{texts.ui("setup.pair.label")}</span>
          <input
            name="label"
            value={label}
            maxLength={80}
            autoComplete="off"
            aria-describedby="label-hint"
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
          <small id="label-hint">{texts.ui("setup.pair.label.hint")}</small>
        </label>
      </div>
      {error !== null && (
        <div class="notice" role="alert" data-problem={error.code}>
          <Explain of={texts.problem(error)} />
        </div>
      )}
      <button type="submit" class="btn primary large" data-do="pair" aria-disabled={!complete || busy}>
        {texts.ui(busy ? "setup.pair.busy" : "setup.pair.submit")}
      </button>
    </form>
  );
}
