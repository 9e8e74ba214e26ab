import { PULL_STYLES } from "./features/pull-now/styles.ts";
import { mountPage } from "./pages/mount-page.tsx";
import { createPageContext } from "./pages/page-context.ts";
import { PopupPage } from "./pages/popup/popup-page.tsx";
import { POPUP_STYLES } from "./pages/popup/styles.ts";
import { browser } from "./platform/browser.ts";
import { NUMBERS } from "./ui/numbers.tsx";
import { CONTROLS, PAGE_THEME } from "./ui/styles.ts";

const styles = PAGE_THEME + CONTROLS + NUMBERS + PULL_STYLES + POPUP_STYLES;
mountPage(styles, <PopupPage context={createPageContext(browser)} />);
