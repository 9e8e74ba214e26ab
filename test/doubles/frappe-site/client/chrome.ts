import { switchLanguage, switchTheme } from "./api.ts";
import { __, config, host, listPath } from "./desk-state.ts";
import { showMessages } from "./dialog.ts";
import { find, h } from "./dom.ts";

const THEMES = ["light", "dark", "automatic"];

/** What stands around the pages: navbar, the side bar of v16, attributes of `body`, theme. */
export function drawChrome(): void {
  const { body } = document;
  body.dataset["ajaxState"] = "complete";
  body.dataset["sidebar"] = "1";
  body.classList.add("no-breadcrumbs");
  const header = find(document, ".main-section > header");
  header.replaceWith(
    h(
      "div.sticky-top",
      {},
      h("header.navbar.navbar-expand", { role: "navigation" }, h("div.container", {}, ...navbar())),
    ),
  );
  if (config.profile === 16) {
    body.classList.add("no-list-sidebar");
    find(document, ".main-section").before(
      h("div.body-sidebar-container", {}, h("div.body-sidebar", {}, ...doctypeLinks("sidebar-item"))),
    );
  }
  resolveTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", resolveTheme);
}

/** `data-theme` is always light or dark once the script has run; only the mode may be automatic (§11.7). */
function resolveTheme(): void {
  const root = document.documentElement;
  const mode = root.dataset["themeMode"] ?? "light";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset["theme"] = mode === "automatic" ? (dark ? "dark" : "light") : mode;
}

function navbar(): HTMLElement[] {
  const brand = h("a.navbar-brand.navbar-home", { href: `/${config.prefix}` }, __("Home"));
  const theme = h(
    "select.theme-switch",
    { "aria-label": "Theme" },
    ...THEMES.map((one) => h("option", { value: one }, one)),
  );
  theme.value = document.documentElement.dataset["themeMode"] ?? "light";
  theme.addEventListener("change", () => {
    document.documentElement.dataset["themeMode"] = theme.value;
    resolveTheme();
    switchTheme(theme.value.charAt(0).toUpperCase() + theme.value.slice(1)).catch(showMessages);
  });
  const language = h(
    "select.language-switch",
    { "aria-label": "Language" },
    h("option", { value: "en" }, "English"),
    h("option", { value: "vi" }, "Tiếng Việt"),
  );
  language.value = host.boot.lang;
  // A switch of the language loads the whole page again, as in the Desk.
  language.addEventListener(
    "change",
    () => void switchLanguage(language.value).then(() => location.reload(), showMessages),
  );
  const user = h("span.navbar-user", {}, host.boot.user.name);
  return [
    brand,
    h("nav.navbar-links", {}, ...(config.profile === 16 ? [] : doctypeLinks("navbar-item"))),
    theme,
    language,
    user,
  ];
}

export function doctypeLinks(classes: string): HTMLElement[] {
  return config.doctypes.map((one) => h(`a.${classes}`, { href: listPath(one.name) }, __(one.name)));
}
