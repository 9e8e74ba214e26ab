import type { JSX } from "preact";

import type { TerminalRow } from "@tandem/contracts/domain/terminal.ts";

import { Explain } from "../../ui/explain.tsx";
import { StateDot } from "../../ui/icons.tsx";
import type { Texts } from "../../ui/texts.ts";

import { Command } from "./command.tsx";

const SHOWN = 8;

interface TerminalsStepProps {
  readonly terminals: readonly TerminalRow[];
  readonly texts: Texts;
  readonly now: () => number;
}

/** Step 3: the terminals the connector knows, and how to add one. */
export function TerminalsStep({ terminals, texts, now }: TerminalsStepProps): JSX.Element {
  const name = texts.ui("setup.terminals.name-example");
  if (terminals.length === 0) {
    return (
      <>
        <p>{texts.ui("setup.terminals.none")}</p>
        <p>{texts.ui("setup.terminals.how")}</p>
        <Command text={`tandem terminals add "${name}" --address tcp://192.168.1.201:4370`} texts={texts} />
      </>
    );
  }
  const count = terminals.length;
  return (
    <>
      <p>
        {count === 1
          ? texts.ui("setup.terminals.count.one")
          : texts.ui("setup.terminals.count.many", { count: texts.number(count) })}
      </p>
      <ul class="list" data-terminals={count}>
        {terminals.slice(0, SHOWN).map((terminal) => (
          <li key={terminal.name}>
            <StateDot
              level={terminal.lastError !== null ? "trouble" : terminal.lastReadAt === null ? "unknown" : "ok"}
            />
            <span class="grow">
              <strong>{terminal.name}</strong>
              <small>
                {terminal.lastReadAt === null
                  ? texts.ui("setup.terminals.never")
                  : texts.ui("setup.terminals.read", { when: texts.when(terminal.lastReadAt, now()) })}
              </small>
              {terminal.lastError !== null && (
                <Explain
                  of={texts.problem({
                    code: terminal.lastError.code,
                    details: { name: terminal.name, address: terminal.address },
                  })}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {count > SHOWN && <p class="quiet">{texts.ui("setup.terminals.more", { count: texts.number(count - SHOWN) })}</p>}
    </>
  );
}
