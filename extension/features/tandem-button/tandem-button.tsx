import { render } from "preact";

import { unattended } from "../../platform/log.ts";
import { ConnectorPoll } from "../../ui/connector-poll.ts";
import { NUMBERS } from "../../ui/numbers.tsx";
import { CONTROLS, HOST_THEME, PANEL } from "../../ui/styles.ts";
import type { Feature } from "../feature.ts";

import { TandemMenu } from "./tandem-menu.tsx";

const PERIODS = { onlineMs: 30_000, otherwiseMs: 5_000 } as const;

/** On the Employee list: how the connector is, what waits, and the way to set-up. */
export const tandemButton: Feature = {
  id: "tandem-button",
  page: "employee-list",
  mount(root, { adapter, send, texts, wait }, signal) {
    const poll = new ConnectorPoll(send, wait, PERIODS);
    render(
      <div lang={texts.language}>
        <style>{HOST_THEME + CONTROLS + PANEL + NUMBERS + STYLES}</style>
        <TandemMenu
          poll={poll}
          texts={texts}
          checkinsPath={adapter.pathOf("checkin-list")}
          openSetup={() => unattended("opening set-up", send("setup.open", {}))}
        />
      </div>,
      root,
    );
    signal.addEventListener("abort", () => render(null, root));
    void poll.run(signal);
  },
};

const STYLES = `
.count { padding: 0 6px; border-radius: 9px; background: var(--t-waiting); color: var(--t-raised); font: 600 11px/17px var(--t-font); }
.state { display: flex; gap: 10px; align-items: flex-start; }
.state .dot { margin-top: 3px; }
`;
