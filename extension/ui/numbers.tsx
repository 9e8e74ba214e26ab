import type { JSX } from "preact";

import type { Status } from "@tandem/contracts/domain/status.ts";

import type { Texts } from "./texts.ts";

/** Look of the numbers. */
export const NUMBERS = `
.numbers { margin: 12px 0 0; border-top: 1px solid var(--t-line); }
.numbers > div { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 8px 0; border-bottom: 1px solid var(--t-line); }
.numbers > div:last-child { border-bottom: 0; padding-bottom: 0; }
.numbers dt { color: var(--t-text); }
.numbers dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.numbers .hint { grid-column: 1 / -1; font-weight: 400; color: var(--t-quiet); }
`;

interface NumbersProps {
  readonly status: Status;
  readonly texts: Texts;
}

/** What the connector holds; what waits is explained. */
export function Numbers({ status, texts }: NumbersProps): JSX.Element {
  return (
    <dl class="numbers">
      <div>
        <dt>{texts.ui("numbers.terminals")}</dt>
        <dd>{texts.number(status.terminals)}</dd>
      </div>
      <div>
        <dt>{texts.ui("numbers.quarantined")}</dt>
        <dd data-number="quarantined">{texts.number(status.quarantined)}</dd>
        {status.quarantined > 0 && <dd class="hint">{texts.ui("numbers.quarantined.hint")}</dd>}
      </div>
      <div>
        <dt>{texts.ui("numbers.undelivered")}</dt>
        <dd data-number="undelivered">{texts.number(status.undelivered)}</dd>
        {status.undelivered > 0 && <dd class="hint">{texts.ui("numbers.undelivered.hint")}</dd>}
      </div>
    </dl>
  );
}
