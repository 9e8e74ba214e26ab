import { csrfTokenOf } from "../auth/sign-in.ts";
import type { LoginSession } from "../data/site-data.ts";
import { textOf } from "../data/value.ts";
import type { SiteContext } from "../site-context.ts";

import { BUNDLE_PATH, STYLE_PATH } from "./assets.ts";
import { bootOf } from "./boot.ts";

/** The Desk's page shell with its one inline script (`frappe-hr.md` §14.2); the same for every path below the prefix. */
export function deskPage(session: LoginSession, site: SiteContext): string {
  const user = site.data.get("User", session.user);
  const mode = textOf(user?.["desk_theme"]).toLowerCase() || "light";
  const language = textOf(user?.["language"]) || "en";
  const boot = bootOf(session.user, site);
  // Up to v15 the data is printed over many lines with sorted keys, from v16 on one line.
  const json = site.profile === 16 ? JSON.stringify(boot) : JSON.stringify(boot, null, 1);
  return `<!DOCTYPE html>
<html data-theme-mode="${mode}" data-theme="${mode === "automatic" ? "light" : mode}" dir="${site.settings.direction}" lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Stand-in HR site</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
  <div class="main-section"><header></header><div id="body"></div><footer></footer></div>
  <div id="all-symbols" style="display:none"></div>
  <div id="build-events-overlay"></div>
  <script type="text/javascript">
    window._version_number = "1795386154.23";
    window.app = true;
    window.dev_server = 0;
    if (!window.frappe) window.frappe = {};
    frappe.boot = ${json};
    frappe._messages = frappe.boot["__messages"];
    frappe.csrf_token = "${csrfTokenOf(session)}";void window._version_number;
  </script>
  <script src="${BUNDLE_PATH}"></script>
</body>
</html>
`;
}
