/** Look of the popup. */
export const POPUP_STYLES = `
body { width: 384px; background: var(--t-raised); }
main { padding: 14px 16px 16px; font-size: 13px; line-height: 19px; }
header { display: flex; align-items: center; gap: 9px; margin-bottom: 12px; }
h1 { flex: 1; margin: 0; font-size: 15px; line-height: 22px; font-weight: 600; }
.mark { display: inline-flex; padding: 5px; border-radius: 8px; background: var(--t-strong); color: var(--t-on-strong); }
.state { display: flex; gap: 10px; align-items: flex-start; padding: 10px 12px; border-radius: 10px; background: var(--t-well); }
.state .dot { margin-top: 3px; }
.btn.wide { width: 100%; min-height: 34px; margin-top: 14px; }
.pull { margin-top: 12px; border-top: 1px solid var(--t-line); padding-top: 10px; }
.pull .foot { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px; }
`;
