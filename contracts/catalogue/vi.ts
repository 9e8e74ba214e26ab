import type { Catalogue } from "./shape.ts";
import { cli } from "./vi/cli.ts";
import { browserErrors } from "./vi/errors/browser.ts";
import { cliErrors } from "./vi/errors/cli.ts";
import { consentErrors } from "./vi/errors/consent.ts";
import { copyErrors } from "./vi/errors/copy.ts";
import { fleetErrors } from "./vi/errors/fleet.ts";
import { hrErrors } from "./vi/errors/hr.ts";
import { importErrors } from "./vi/errors/import.ts";
import { jobErrors } from "./vi/errors/jobs.ts";
import { pairingErrors } from "./vi/errors/pairing.ts";
import { peopleErrors } from "./vi/errors/people.ts";
import { planErrors } from "./vi/errors/plan.ts";
import { requestErrors } from "./vi/errors/request.ts";
import { storeErrors } from "./vi/errors/store.ts";
import { terminalErrors } from "./vi/errors/terminal.ts";
import { vaultErrors } from "./vi/errors/vault.ts";
import { terms } from "./vi/terms.ts";
import { ui } from "./vi/ui.ts";

export const vi: Catalogue = {
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
