/**
 * The stand-in's own look: a plain desk that uses the variable names host pages offer (`frappe-hr.md` §11.7), light
 * and dark. Nothing of it is the original's.
 */
export const DESK_STYLE = `
:root {
  --bg-color: #ffffff; --fg-color: #ffffff; --card-bg: #ffffff; --text-color: #2b3540; --text-muted: #6b7682;
  --text-light: #4a5560; --heading-color: #141a20; --border-color: #e2e6ea; --control-bg: #f3f4f6;
  --primary: #1f2933; --primary-color: #1f2933; --btn-primary: #1f2933; --btn-default-bg: #f3f4f6;
  --btn-default-hover-bg: #e6e8eb; --border-radius-sm: 4px; --border-radius: 8px; --border-radius-md: 8px;
  --border-radius-lg: 12px; --shadow-sm: 0 1px 2px rgba(20, 26, 32, .08); --shadow-md: 0 8px 24px rgba(20, 26, 32, .16);
  --font-stack: "Inter", "Segoe UI", "Noto Sans", system-ui, sans-serif; --text-sm: 12px; --text-md: 13px;
  --text-base: 14px; --navbar-height: 48px; --padding-sm: 8px; --padding-md: 15px; --margin-sm: 8px; --margin-md: 15px;
  --bg-green: #dff3e4; --text-on-green: #17693a; --bg-red: #fde3e3; --text-on-red: #a61b1b;
  --bg-orange: #fdeada; --text-on-orange: #9a4a08; --bg-yellow: #fcf3cf; --text-on-yellow: #7a5b00;
  --bg-blue: #dfeafd; --text-on-blue: #1d4f9c; --bg-gray: #e9ecef; --text-on-gray: #4a5560;
  --ink-gray-9: #141a20; --surface-white: #ffffff; --outline-gray-2: #e2e6ea;
}
[data-theme="dark"] {
  --bg-color: #14181c; --fg-color: #1b2025; --card-bg: #1b2025; --text-color: #dfe4e9; --text-muted: #9aa5b0;
  --text-light: #c2cad2; --heading-color: #f5f7f9; --border-color: #313940; --control-bg: #262d33;
  --primary: #e8ecf0; --primary-color: #e8ecf0; --btn-primary: #dfe4e9; --btn-default-bg: #2a3138;
  --btn-default-hover-bg: #363f47; --shadow-sm: 0 1px 2px rgba(0, 0, 0, .5); --shadow-md: 0 8px 24px rgba(0, 0, 0, .6);
  --bg-green: #173a26; --text-on-green: #8fe0ad; --bg-red: #4a1d1d; --text-on-red: #f5a8a8;
  --bg-orange: #4a2d14; --text-on-orange: #f6bf8d; --bg-yellow: #453a12; --text-on-yellow: #f0d87c;
  --bg-blue: #1b3157; --text-on-blue: #a7c8fa; --bg-gray: #2f373e; --text-on-gray: #c2cad2;
  --ink-gray-9: #f5f7f9; --surface-white: #1b2025; --outline-gray-2: #313940;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg-color); color: var(--text-color); font: var(--text-base)/1.5 var(--font-stack); }
a { color: inherit; text-decoration: none; }
h3 { margin: 0; font-size: 18px; color: var(--heading-color); }
ul { margin: 0; padding: 0; list-style: none; }
.hide, .hidden { display: none !important; }
.flex, .level { display: flex; align-items: center; }
.text-muted { color: var(--text-muted); }
.bold { font-weight: 600; }
.ellipsis { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.alt-underline { text-decoration: none; }
.tooltip-content { display: none; }
.container { max-width: 1240px; margin: 0 auto; padding: 0 var(--padding-md); width: 100%; }
.sticky-top { position: sticky; top: 0; z-index: 1020; }
.navbar { height: var(--navbar-height); background: var(--fg-color); border-bottom: 1px solid var(--border-color); }
.navbar .container { display: flex; align-items: center; gap: 16px; height: 100%; }
.navbar-brand { font-weight: 700; color: var(--heading-color); }
.navbar-links { display: flex; gap: 14px; flex: 1; color: var(--text-light); font-size: var(--text-md); }
.navbar-user { font-size: var(--text-sm); color: var(--text-muted); }
.page-head { position: sticky; top: var(--navbar-height); z-index: 6; background: var(--bg-color); padding: 12px 0; }
.page-head-content { display: flex; justify-content: space-between; gap: 16px; min-height: 32px; }
.title-area { gap: 10px; align-items: center; }
.navbar-breadcrumbs { display: flex; gap: 8px; font-size: 16px; color: var(--heading-color); font-weight: 600; }
.navbar-breadcrumbs li + li::before { content: "/"; margin-inline-end: 8px; color: var(--text-muted); }
.page-actions, .standard-actions, .custom-actions, .page-icon-group { gap: 8px; display: flex; align-items: center; }
.btn { height: 28px; padding: 0 12px; border: 0; border-radius: var(--border-radius); font: 500 var(--text-md)/1 var(--font-stack); cursor: pointer; background: var(--btn-default-bg); color: var(--text-color); }
.btn:hover { background: var(--btn-default-hover-bg); }
.btn-primary { background: var(--btn-primary); color: var(--bg-color); }
.btn-primary:hover { background: var(--primary); opacity: .9; }
.btn-primary-light, .btn-info { background: var(--bg-blue); color: var(--text-on-blue); }
.icon-btn { padding: 0 9px; }
.menu-btn-group, .actions-btn-group { position: relative; }
.dropdown-menu { display: none; position: absolute; inset-inline-end: 0; top: 32px; z-index: 1000; min-width: 180px; padding: 6px; background: var(--fg-color); border: 1px solid var(--border-color); border-radius: var(--border-radius-md); box-shadow: var(--shadow-md); }
.actions-btn-group:hover .dropdown-menu, .actions-btn-group:focus-within .dropdown-menu, .menu-btn-group:focus-within .dropdown-menu:not(:empty) { display: block; }
.dropdown-menu { margin-top: -4px; }
.dropdown-item { display: block; padding: 6px 10px; border-radius: var(--border-radius-sm); font-size: var(--text-md); }
.dropdown-item:hover { background: var(--control-bg); }
.layout-main { display: flex; gap: 20px; align-items: flex-start; padding-bottom: 40px; }
.layout-main-section-wrapper { flex: 1; min-width: 0; }
.layout-side-section { width: 170px; flex: none; font-size: var(--text-md); color: var(--text-light); }
.sidebar-menu li { padding: 5px 0; }
.sidebar-label { color: var(--text-muted); font-size: var(--text-sm); }
.frappe-card, .layout-main-list { background: var(--card-bg); border: 1px solid var(--border-color); border-radius: var(--border-radius-lg); box-shadow: var(--shadow-sm); }
.page-form { justify-content: space-between; gap: 12px; padding: 12px var(--padding-md); border-bottom: 1px solid var(--border-color); }
.standard-filter-section, .filter-section, .btn-group, .input-group { display: flex; gap: 8px; }
.filter-selector { position: relative; }
.filter-popover { position: absolute; inset-inline-end: 0; top: 34px; z-index: 20; display: flex; gap: 6px; padding: 10px; background: var(--fg-color); border: 1px solid var(--border-color); border-radius: var(--border-radius); box-shadow: var(--shadow-md); }
.form-control, .theme-switch, .language-switch { height: 28px; padding: 0 8px; border: 1px solid transparent; border-radius: var(--border-radius); background: var(--control-bg); color: var(--text-color); font: var(--text-md)/1 var(--font-stack); }
.form-control:focus { outline: 2px solid var(--border-color); }
.match-type-dropdown-btn { border: 0; background: none; color: var(--text-muted); }
.list-row-head, .list-row { display: flex; justify-content: space-between; height: 40px; padding: 0 var(--padding-md); gap: 12px; }
.list-row-head { border-bottom: 1px solid var(--border-color); font-size: var(--text-sm); }
.list-row { font-size: var(--text-md); cursor: pointer; }
.list-row:hover { background: var(--control-bg); }
.list-row-border { border-bottom: 1px solid var(--border-color); margin: 0 var(--padding-md); }
.level-left { display: flex; flex: 1; align-items: center; gap: 12px; min-width: 0; }
.list-row-head .level-right, .list-row .level-right { display: flex; flex: none; width: 130px; justify-content: flex-end; }
.list-row-head .checkbox-actions { display: none; }
.list-row-col { flex: 1; min-width: 0; }
.list-subject { flex: 1.6; gap: 10px; display: flex; }
.list-row-activity { display: flex; gap: 10px; font-size: var(--text-sm); }
.select-like { display: inline-flex; }
.indicator-pill { display: inline-flex; align-items: center; height: 22px; padding: 0 9px; border-radius: 11px; font-size: var(--text-sm); }
.indicator-pill:empty { display: none; }
.indicator-pill.green { background: var(--bg-green); color: var(--text-on-green); }
.indicator-pill.red { background: var(--bg-red); color: var(--text-on-red); }
.indicator-pill.orange { background: var(--bg-orange); color: var(--text-on-orange); }
.indicator-pill.yellow { background: var(--bg-yellow); color: var(--text-on-yellow); }
.indicator-pill.blue { background: var(--bg-blue); color: var(--text-on-blue); }
.indicator-pill.gray { background: var(--bg-gray); color: var(--text-on-gray); }
.no-result { padding: 40px; text-align: center; }
.list-paging-area { justify-content: space-between; padding: 12px var(--padding-md); border-top: 1px solid var(--border-color); }
.list-paging-area .level-left { flex: none; }
.form-page { background: var(--card-bg); border: 1px solid var(--border-color); border-radius: var(--border-radius-lg); }
.form-tabs { display: flex; gap: 18px; padding: 0 20px; border-bottom: 1px solid var(--border-color); overflow-x: auto; }
.form-tabs .nav-link { display: block; padding: 11px 2px; border: 0; background: none; color: var(--text-muted); font: var(--text-md)/1.3 var(--font-stack); white-space: nowrap; cursor: pointer; border-bottom: 2px solid transparent; }
.form-tabs .nav-link.active { color: var(--heading-color); border-bottom-color: var(--primary); font-weight: 600; }
.tab-pane { display: none; }
.tab-pane.active { display: block; min-height: 160px; }
.form-section { padding: 16px 20px; }
.form-section + .form-section { border-top: 1px solid var(--border-color); }
.section-head { font-weight: 600; color: var(--heading-color); padding-bottom: 10px; }
.section-body { display: flex; gap: 30px; }
.form-column { flex: 1; min-width: 0; }
.form-group { margin-bottom: 12px; }
.standard-filter-section .form-group { margin: 0; }
.control-label { font-size: var(--text-sm); color: var(--text-muted); }
.control-label.reqd::after { content: " *"; color: var(--text-on-red); }
.control-input .form-control:not([type="checkbox"]) { width: 100%; }
.control-input [type="checkbox"] { height: 16px; }
.like-disabled-input { min-height: 28px; padding: 4px 8px; border-radius: var(--border-radius); background: var(--control-bg); font-size: var(--text-md); }
.form-footer { padding: 20px 4px; font-size: var(--text-md); color: var(--text-muted); }
.sidebar-image, .standard-image { width: 110px; height: 110px; border-radius: var(--border-radius-lg); object-fit: cover; }
.standard-image { display: grid; place-items: center; background: var(--control-bg); font-size: 34px; color: var(--text-muted); }
.sidebar-image:not(.hide) + .sidebar-standard-image { display: none; }
.modal { position: fixed; inset: 0; z-index: 1050; display: grid; place-items: start center; padding-top: 80px; background: rgba(20, 26, 32, .4); }
.modal-content { min-width: 420px; max-width: 600px; background: var(--fg-color); border-radius: var(--border-radius-lg); box-shadow: var(--shadow-md); }
.modal-header, .modal-body, .modal-footer { padding: 14px 20px; }
.modal-title { margin: 0; }
.modal-footer .standard-actions { justify-content: flex-end; }
.home { display: grid; gap: 12px; padding-top: 30px; }
.home-link { padding: 14px 16px; border: 1px solid var(--border-color); border-radius: var(--border-radius); background: var(--card-bg); }
.login-page { display: grid; place-items: center; min-height: 100vh; }
.form-signin { display: grid; gap: 14px; width: 320px; padding: 28px; border: 1px solid var(--border-color); border-radius: var(--border-radius-lg); background: var(--card-bg); box-shadow: var(--shadow-sm); }
.form-signin h1 { margin: 0; font-size: 20px; color: var(--heading-color); }
.form-signin input { width: 100%; height: 32px; padding: 0 8px; border: 1px solid var(--border-color); border-radius: var(--border-radius); background: var(--control-bg); color: inherit; }
.login-error { margin: 0; color: var(--text-on-red); min-height: 1.2em; }
/* From v16 the side bar is desk-wide and the pages scroll inside their own elements. */
body.no-list-sidebar { display: flex; height: 100vh; overflow: hidden; }
.body-sidebar-container { width: 190px; flex: none; border-inline-end: 1px solid var(--border-color); background: var(--fg-color); }
.body-sidebar { display: grid; gap: 4px; padding: 14px 10px; }
.sidebar-item { padding: 6px 10px; border-radius: var(--border-radius); font-size: var(--text-md); }
.sidebar-item:hover { background: var(--control-bg); }
body.no-list-sidebar .main-section { flex: 1; min-width: 0; overflow: auto; }
.result-container { overflow: auto; max-height: calc(100vh - 250px); }
.layout-main-list .list-row-container { width: max-content; min-width: 100%; }
.layout-main-list .list-row-col { flex: none; }
.layout-main-list .list-subject { width: 280px; flex: none; }
`;
