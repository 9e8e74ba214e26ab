/**
 * Tandem's look as custom properties. Inside an HR app they take the app's own variables, which pass into shadow roots, with
 * fallbacks for the ones a version lacks (`frappe-hr.md` §11.7). What has to be told apart by colour keeps fixed values: a
 * theme of the app must not cost its contrast.
 */
const LIGHT = `
  --t-surface: var(--fg-color, #ffffff);
  --t-raised: var(--card-bg, #ffffff);
  --t-well: var(--control-bg, #f4f5f6);
  --t-text: var(--text-color, #171717);
  --t-line: var(--border-color, #e2e2e2);
  --t-strong: #171717;
  --t-on-strong: #ffffff;
  --t-ok: #15803d;
  --t-waiting: #b45309;
  --t-trouble: #b91c1c;
  --t-unknown: #5f6672;
  --t-focus: #2563eb;
  --t-shadow: 0 8px 28px rgb(0 0 0 / 14%), 0 1px 3px rgb(0 0 0 / 10%);
  color-scheme: light;`;

const DARK = `
  --t-surface: var(--fg-color, #1c1c1c);
  --t-raised: var(--card-bg, #1c1c1c);
  --t-well: var(--control-bg, #2b2b2b);
  --t-text: var(--text-color, #f0f0f0);
  --t-line: var(--border-color, #383838);
  --t-strong: #f2f2f2;
  --t-on-strong: #171717;
  --t-ok: #4ade80;
  --t-waiting: #fbbf24;
  --t-trouble: #f87171;
  --t-unknown: #a3a9b3;
  --t-focus: #7aa2ff;
  --t-shadow: 0 10px 32px rgb(0 0 0 / 60%), 0 0 0 1px rgb(255 255 255 / 6%);
  color-scheme: dark;`;

const SHARED = `
  --t-quiet: color-mix(in srgb, var(--t-text) 72%, var(--t-raised));
  --t-radius: var(--border-radius-md, 8px);
  --t-font: var(--font-stack, "Inter", "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans",
    "Helvetica Neue", Arial, sans-serif);`;

/** Look of a host element inside an HR app; its `data-theme` follows the app. */
export const HOST_THEME = `
:host { all: initial; ${SHARED} ${LIGHT} }
:host([data-theme="dark"]) { ${DARK} }
:host { display: inline-flex; vertical-align: middle; margin-inline-end: 8px; font-family: var(--t-font); }
:host([data-floating]) { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; margin: 0; z-index: 1060; }
`;

/** Look of the extension's own pages; follows the system. */
export const PAGE_THEME = `
:root { ${SHARED} ${LIGHT} --t-surface: #f6f6f7; --t-raised: #ffffff; --t-well: #f4f4f5; }
@media (prefers-color-scheme: dark) {
  :root { ${DARK} --t-surface: #141415; --t-raised: #1d1d1f; --t-well: #29292c; }
}
body { margin: 0; background: var(--t-surface); color: var(--t-text); font-family: var(--t-font); }
`;

/** Controls that every surface uses. */
export const CONTROLS = `
*, *::before, *::after { box-sizing: border-box; }
button, input, select { font: inherit; }
.btn {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 28px; padding: 4px 10px;
  border: 1px solid transparent; border-radius: var(--t-radius); background: var(--t-well); color: var(--t-text);
  font: 500 13px/18px var(--t-font); white-space: nowrap; cursor: pointer; text-decoration: none;
}
.btn:hover { background: color-mix(in srgb, var(--t-well) 90%, var(--t-text)); }
.btn.primary { background: var(--t-strong); color: var(--t-on-strong); }
.btn.primary:hover { background: color-mix(in srgb, var(--t-strong) 86%, var(--t-on-strong)); }
.btn.plain { background: transparent; color: var(--t-quiet); }
.btn.plain:hover { background: var(--t-well); color: var(--t-text); }
.btn[aria-disabled="true"], .btn:disabled { opacity: 0.55; cursor: default; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--t-focus); outline-offset: 2px; }
.dot { flex: none; width: 14px; height: 14px; }
.dot.ok { color: var(--t-ok); } .dot.waiting { color: var(--t-waiting); } .dot.trouble { color: var(--t-trouble); }
.dot.unknown, .dot.checking, .dot.idle { color: var(--t-unknown); }
.spin { animation: t-turn 1.1s linear infinite; }
@keyframes t-turn { to { transform: rotate(1turn); } }
.explain { margin: 0; font-size: 13px; line-height: 19px; }
.explain .next { display: block; margin-top: 2px; color: var(--t-quiet); }
.bar { height: 4px; border-radius: 2px; background: var(--t-well); overflow: hidden; }
.bar > span { display: block; height: 100%; background: var(--t-strong); transition: width 0.3s ease-out; }
.bar.unsure > span { width: 35%; animation: t-slide 1.4s ease-in-out infinite; }
@keyframes t-slide { from { transform: translateX(-100%); } to { transform: translateX(290%); } }
.hidden-text { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) { .btn { border-color: ButtonText; } .bar > span { background: Highlight; } }
`;

/** A panel that opens under a button of an HR page. */
export const PANEL = `
.panel {
  position: fixed; inset: auto; margin: 0; padding: 0; width: min(400px, calc(100vw - 24px)); max-height: min(640px, 76vh);
  overflow: auto; overscroll-behavior: contain; border: 1px solid var(--t-line); border-radius: 12px;
  background: var(--t-raised); color: var(--t-text); box-shadow: var(--t-shadow); font: 400 13px/19px var(--t-font);
  text-align: start;
}
.panel .head { display: flex; align-items: center; gap: 8px; padding: 14px 12px 4px 16px; }
.panel .head h2 { flex: 1; margin: 0; font-size: 15px; line-height: 22px; font-weight: 600; }
.panel .body { padding: 4px 16px 14px; }
.panel .foot { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 16px; border-top: 1px solid var(--t-line); }
.panel .foot .push { margin-inline-start: auto; }
.icon-btn { display: inline-flex; padding: 5px; border: 0; border-radius: 6px; background: transparent; color: var(--t-quiet); cursor: pointer; }
.icon-btn:hover { background: var(--t-well); color: var(--t-text); }
`;
