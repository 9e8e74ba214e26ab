import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { toTandemError } from "@tandem/contracts/errors.ts";
import type { GrantedSite } from "@tandem/contracts/messages.ts";

import { permissionOf } from "../../background/sites/match-patterns.ts";
import { Explain } from "../../ui/explain.tsx";
import { StateDot } from "../../ui/icons.tsx";
import type { Explanation, Texts } from "../../ui/texts.ts";
import type { PageContext } from "../page-context.ts";

import { siteOrigin } from "./site-address.ts";

interface SiteStepProps {
  readonly sites: readonly GrantedSite[];
  /** Site from which the page was opened; fills the field. */
  readonly suggested: string;
  readonly texts: Texts;
  readonly context: PageContext;
  readonly refresh: () => Promise<void>;
}

/** Step 2: on which sites Tandem may show itself. */
export function SiteStep({ sites, suggested, texts, context, refresh }: SiteStepProps): JSX.Element {
  const [typed, setTyped] = useState(sites.some((site) => site.origin === suggested) ? "" : suggested);
  const [problem, setProblem] = useState<Explanation | null>(null);
  const origin = siteOrigin(typed);

  const grant = (wanted: string): void => {
    setProblem(null);
    // The very first thing in the click: after any await the browser no longer takes it for the user's wish.
    const asked = context.requestPermission(permissionOf(wanted));
    const finish = async (): Promise<void> => {
      if (!(await asked)) {
        setProblem({ text: texts.ui("setup.site.refused"), next: texts.ui("setup.site.refused.next") });
        return;
      }
      await context.send("sites.add", { origin: wanted });
      setTyped("");
      await refresh();
    };
    finish().catch((error: unknown) => setProblem(texts.problem(toTandemError(error))));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (origin === null) setProblem({ text: texts.ui("setup.site.invalid"), next: "" });
    else grant(origin);
  };
  const remove = (site: GrantedSite): void => {
    const removed = context.send("sites.remove", { origin: site.origin }).then(refresh);
    removed.catch((error: unknown) => setProblem(texts.problem(toTandemError(error))));
  };
  return (
    <>
      {sites.length > 0 && (
        <ul class="list" aria-label={texts.ui("setup.site.list")}>
          {sites.map((site) => (
            <li key={site.origin} data-site={site.origin} data-granted={site.granted}>
              <StateDot level={site.granted ? "ok" : "trouble"} />
              <span class="grow">
                <strong>{site.origin}</strong>
                <small>{texts.ui(site.granted ? "setup.site.granted" : "setup.site.lost")}</small>
              </span>
              {site.granted ? (
                <button type="button" class="btn" onClick={() => void context.openTab(site.origin)}>
                  {texts.ui("setup.site.open")}
                </button>
              ) : (
                <button type="button" class="btn primary" onClick={() => grant(site.origin)}>
                  {texts.ui("setup.site.allow")}
                </button>
              )}
              <button
                type="button"
                class="btn plain"
                aria-label={texts.ui("setup.site.remove-named", { origin: site.origin })}
                onClick={() => remove(site)}
              >
                {texts.ui("setup.site.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="inline" onSubmit={submit}>
        <label class="grow">
          <span>{texts.ui("setup.site.address")}</span>
          <input
            name="site"
            type="text"
            inputMode="url"
            value={typed}
            autoComplete="url"
            spellcheck={false}
            placeholder="https://hr.company.vn"
            aria-describedby="site-hint"
            aria-invalid={problem !== null}
            onInput={(event) => {
              setProblem(null);
              setTyped(event.currentTarget.value);
            }}
          />
        </label>
        <button type="submit" class={`btn large${sites.length === 0 ? " primary" : ""}`} data-do="allow-site">
          {texts.ui("setup.site.allow")}
        </button>
        <small id="site-hint">
          {origin?.startsWith("http:") === true ? texts.ui("setup.site.insecure") : texts.ui("setup.site.address.hint")}
        </small>
      </form>
      {problem !== null && (
        <div class="notice" role="alert">
          <Explain of={problem} />
        </div>
      )}
    </>
  );
}
