/** Look of a reading's progress and result. */
export const PULL_STYLES = `
.headline { margin: 2px 0 10px; font-weight: 500; }
.quiet { margin: 8px 0 0; color: var(--t-quiet); }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 6px; margin: 12px 0 4px; }
.tiles > div { padding: 8px 9px; border-radius: 8px; background: var(--t-well); }
.tiles dt { font-size: 12px; white-space: nowrap; line-height: 16px; color: var(--t-quiet); }
.tiles dd { margin: 2px 0 0; font-size: 18px; line-height: 24px; font-weight: 600; font-variant-numeric: tabular-nums; }
.lines { list-style: none; margin: 8px 0 0; padding: 0; }
.lines > li { display: flex; gap: 10px; padding: 9px 0; border-top: 1px solid var(--t-line); }
.lines > li:first-child { border-top: 0; }
.lines > li > .dot { margin-top: 3px; }
.lines > li > div { min-width: 0; flex: 1; overflow-wrap: anywhere; }
.lines strong { font-weight: 500; }
.lines p { margin: 1px 0 0; color: var(--t-quiet); font-variant-numeric: tabular-nums; }
.lines p.amber { color: var(--t-waiting); } .lines p.red { color: var(--t-trouble); }
.lines .explain { color: var(--t-trouble); }
.lines .explain .next { color: var(--t-quiet); }
.reasons { margin: 4px 0 0; padding-inline-start: 18px; color: var(--t-quiet); }
`;
