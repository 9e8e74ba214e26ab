/** Look of the set-up page. */
export const SETUP_STYLES = `
main { max-width: 720px; margin: 0 auto; padding: 40px 20px 64px; font-size: 14px; line-height: 21px; }
header { display: flex; align-items: center; gap: 12px; }
h1 { flex: 1; margin: 0; font-size: 24px; line-height: 32px; font-weight: 650; letter-spacing: -0.01em; }
.mark { display: inline-flex; padding: 9px; border-radius: 11px; background: var(--t-strong); color: var(--t-on-strong); }
.language { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--t-quiet); }
select, input {
  min-height: 36px; padding: 6px 10px; border: 1px solid color-mix(in srgb, var(--t-text) 45%, var(--t-raised));
  border-radius: 8px; background: var(--t-raised); color: var(--t-text); font-size: 14px;
}
select { min-height: 32px; font-size: 13px; }
.lead { max-width: 56ch; margin: 12px 0 20px; color: var(--t-quiet); font-size: 15px; line-height: 23px; }
.connector { display: flex; align-items: center; gap: 8px; margin: 0 0 14px; font-weight: 500; }
.progress { display: flex; align-items: center; gap: 12px; margin: 0 0 18px; font-size: 13px; color: var(--t-quiet); }
.progress .bar { flex: 1; background: color-mix(in srgb, var(--t-text) 12%, var(--t-surface)); }
.progress .bar > span { background: var(--t-ok); }
.steps { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; }
.step { display: flex; gap: 14px; padding: 18px 20px; border: 1px solid var(--t-line); border-radius: 14px; background: var(--t-raised); }
.step[data-state="later"] { background: transparent; }
.step[data-state="later"] h2, .step[data-state="later"] .number { color: var(--t-quiet); }
.number {
  flex: none; display: inline-grid; place-items: center; width: 28px; height: 28px; border-radius: 50%;
  background: var(--t-well); font-weight: 600; font-size: 13px;
}
.step[data-state="done"] .number { background: var(--t-ok); color: var(--t-raised); }
.step[data-state="open"] .number { background: var(--t-strong); color: var(--t-on-strong); }
.step[data-state="attention"] .number { background: var(--t-trouble); color: var(--t-raised); }
.content { flex: 1; min-width: 0; }
.content p { margin: 8px 0; }
.title { display: flex; align-items: baseline; flex-wrap: wrap; gap: 4px 10px; }
h2 { margin: 0; font-size: 16px; line-height: 28px; font-weight: 600; }
.chip { font-size: 12px; line-height: 18px; color: var(--t-quiet); }
.step[data-state="done"] .chip { color: var(--t-ok); }
.step[data-state="attention"] .chip { color: var(--t-trouble); }
.content .why { margin: 0; color: var(--t-quiet); }
.quiet, small { color: var(--t-quiet); font-size: 13px; line-height: 19px; }
.command {
  display: flex; align-items: center; gap: 8px; margin: 8px 0; padding: 4px 4px 4px 12px; border-radius: 8px; background: var(--t-well);
}
.command code { flex: 1; min-width: 0; overflow-wrap: anywhere; font: 13px/20px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px; margin: 14px 0 12px; }
label { display: grid; gap: 4px; align-content: start; }
.fields input { min-height: 42px; }
label > span { font-weight: 500; }
label input { width: 100%; }
input.code { font: 600 17px/22px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; letter-spacing: 0.08em; text-transform: uppercase; }
input::placeholder { color: color-mix(in srgb, var(--t-text) 55%, var(--t-raised)); font-weight: 400; }
input[aria-invalid="true"] { border-color: var(--t-trouble); }
.btn.large { min-height: 36px; padding: 7px 16px; font-size: 14px; line-height: 20px; }
.btn.flush { margin-inline-start: -10px; }
.inline { display: grid; grid-template-columns: 1fr auto; gap: 4px 8px; align-items: end; margin-top: 12px; }
.inline small { grid-column: 1 / -1; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.notice {
  display: flex; align-items: center; justify-content: space-between; gap: 12px; margin: 10px 0; padding: 10px 12px;
  border-inline-start: 3px solid var(--t-trouble); border-radius: 4px 8px 8px 4px;
  background: color-mix(in srgb, var(--t-trouble) 9%, var(--t-raised));
}
.content .notice p { margin: 0; }
.words { display: flex; flex-wrap: wrap; gap: 8px; }
.words span { padding: 5px 12px; border-radius: 8px; background: var(--t-well); font: 600 14px/20px ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; }
.list { list-style: none; margin: 10px 0 0; padding: 0; border: 1px solid var(--t-line); border-radius: 10px; }
.list li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; padding: 10px 12px; border-top: 1px solid var(--t-line); }
.list li:first-child { border-top: 0; }
.list .grow { flex: 1; min-width: 160px; overflow-wrap: anywhere; }
.list strong { display: block; font-weight: 500; }
.list small { display: block; }
.content .list .explain { margin: 4px 0 0; }
.finish { margin-top: 16px; padding: 18px 20px; border-radius: 14px; background: color-mix(in srgb, var(--t-ok) 12%, var(--t-raised)); }
.finish p { margin: 2px 0 0; }
@media (max-width: 480px) { .step { padding: 14px; } main { padding-top: 20px; } header { flex-wrap: wrap; } }
`;
