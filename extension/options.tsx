import { mountPage } from "./pages/mount-page.tsx";
import { createPageContext } from "./pages/page-context.ts";
import { SetupPage } from "./pages/setup/setup-page.tsx";
import { SETUP_STYLES } from "./pages/setup/styles.ts";
import { browser } from "./platform/browser.ts";
import { CONTROLS, PAGE_THEME } from "./ui/styles.ts";

const site = new URLSearchParams(location.search).get("site") ?? "";
mountPage(
  PAGE_THEME + CONTROLS + SETUP_STYLES,
  <SetupPage context={createPageContext(browser)} suggestedSite={site} />,
);
