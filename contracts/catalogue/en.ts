import { cli } from "./en/cli.ts";
import { browserErrors } from "./en/errors/browser.ts";
import { cliErrors } from "./en/errors/cli.ts";
import { consentErrors } from "./en/errors/consent.ts";
import { copyErrors } from "./en/errors/copy.ts";
import { fleetErrors } from "./en/errors/fleet.ts";
import { hrErrors } from "./en/errors/hr.ts";
import { importErrors } from "./en/errors/import.ts";
import { jobErrors } from "./en/errors/jobs.ts";
import { pairingErrors } from "./en/errors/pairing.ts";
import { peopleErrors } from "./en/errors/people.ts";
import { planErrors } from "./en/errors/plan.ts";
import { requestErrors } from "./en/errors/request.ts";
import { storeErrors } from "./en/errors/store.ts";
import { terminalErrors } from "./en/errors/terminal.ts";
import { vaultErrors } from "./en/errors/vault.ts";
import { terms } from "./en/terms.ts";
import { ui } from "./en/ui.ts";
import type { Catalogue } from "./shape.ts";

export const en: Catalogue = {
  errors: {
    ...terminalErrors,
    ...fleetErrors,
    ...hrErrors,
    ...pairingErrors,
    ...requestErrors,
    ...storeErrors,
    ...importErrors,
    ...peopleErrors,
    ...planErrors,
    ...consentErrors,
    ...vaultErrors,
    ...copyErrors,
    ...jobErrors,
    ...cliErrors,
    ...browserErrors,
  },
  ui,
  cli,
  terms,
};
