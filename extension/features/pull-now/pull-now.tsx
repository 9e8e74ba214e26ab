import { render } from "preact";

import { unattended } from "../../platform/log.ts";
import { CONTROLS, HOST_THEME, PANEL } from "../../ui/styles.ts";
import type { Feature } from "../feature.ts";

import { PullButton } from "./pull-button.tsx";
import { PullWatch } from "./pull-watch.ts";
import { PULL_STYLES } from "./styles.ts";

/** On the Employee Checkin list: reads the terminals now, and shows how far it is and how it ended. */
export const pullNow: Feature = {
  id: "pull-now",
  page: "checkin-list",
  mount(root, { adapter, send, texts, wait, now }, signal) {
    const watch = new PullWatch(send, wait, signal);
    render(
      <div lang={texts.language}>
        <style>{HOST_THEME + CONTROLS + PANEL + PULL_STYLES}</style>
        <PullButton
          watch={watch}
          texts={texts}
          now={now}
          showNew={() => adapter.refreshList()}
          openSetup={() => unattended("opening set-up", send("setup.open", {}))}
        />
      </div>,
      root,
    );
    signal.addEventListener("abort", () => render(null, root));
    void watch.find();
  },
};
