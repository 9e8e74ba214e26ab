import type { JSX } from "preact";

import type { HrSite } from "@tandem/contracts/domain/hr-site.ts";
import type { GrantedSite } from "@tandem/contracts/messages.ts";

import { Explain } from "../../ui/explain.tsx";
import type { Texts } from "../../ui/texts.ts";

import { Command } from "./command.tsx";

interface HrStepProps {
  readonly hrSites: readonly HrSite[];
  readonly sites: readonly GrantedSite[];
  readonly texts: Texts;
}

/** Step 4: whether the connector may write into the HR app. */
export function HrStep({ hrSites, sites, texts }: HrStepProps): JSX.Element {
  const [hrSite] = hrSites;
  if (hrSite === undefined) {
    const url = sites[0]?.origin ?? "https://hr.company.vn";
    return (
      <>
        <p>{texts.ui("setup.hr.missing")}</p>
        <p>{texts.ui("setup.hr.how")}</p>
        <Command text={`tandem hr connect frappe --url ${url} --api-key … --api-secret …`} texts={texts} />
      </>
    );
  }
  const { origin, user, zone } = hrSite;
  const allowed = sites.some((site) => site.origin === origin && site.granted);
  return (
    <>
      <p>
        {user === null ? texts.ui("setup.hr.done-anonymous", { origin }) : texts.ui("setup.hr.done", { origin, user })}
      </p>
      {!allowed && (
        <div class="notice">
          <Explain of={{ text: texts.ui("setup.hr.other", { origin }), next: texts.ui("setup.hr.other.next") }} />
        </div>
      )}
      {zone === null && (
        <div class="notice">
          <Explain of={{ text: texts.ui("setup.hr.zone"), next: texts.ui("setup.hr.zone.next") }} />
        </div>
      )}
    </>
  );
}
