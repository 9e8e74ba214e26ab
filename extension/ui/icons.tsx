import type { JSX } from "preact";

import type { Level } from "./connector-view.ts";

/** Two linked rings: two systems side by side. */
export function Mark({ size = 16 }: { readonly size?: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="5.75" cy="8" r="3.9" stroke-width="1.7" />
      <circle cx="10.25" cy="8" r="3.9" stroke-width="1.7" />
    </svg>
  );
}

/** State by shape as well as by colour. */
export function StateDot({ level }: { readonly level: Level }): JSX.Element {
  return (
    <svg class={`dot ${level}${level === "checking" ? " spin" : ""}`} viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[level]}
    </svg>
  );
}

const line = {
  fill: "none",
  "stroke-width": "1.6",
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
} as const;

const SHAPES: Readonly<Record<Level, JSX.Element>> = {
  ok: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" />
      <path d="M4.3 7.2 6.2 9l3.5-3.8" stroke="var(--t-raised)" {...line} />
    </>
  ),
  waiting: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" />
      <path d="M7 4v3.2l2 1.3" stroke="var(--t-raised)" {...line} />
    </>
  ),
  trouble: (
    <>
      <path d="M7 1.2 13.2 12.2H.8Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" />
      <path d="M7 5.4v2.8M7 10.2v.1" stroke="var(--t-raised)" {...line} />
    </>
  ),
  unknown: (
    <>
      <circle cx="7" cy="7" r="5.4" stroke="currentColor" {...line} />
      <path d="M5.5 5.6a1.5 1.5 0 1 1 2.2 1.6c-.5.3-.7.5-.7.9M7 10v.1" stroke="currentColor" {...line} />
    </>
  ),
  idle: <circle cx="7" cy="7" r="5.2" stroke="currentColor" stroke-dasharray="2.2 2.2" {...line} />,
  checking: <path d="M7 1.6A5.4 5.4 0 1 1 1.6 7" stroke="currentColor" {...line} />,
};

export function CloseIcon(): JSX.Element {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d="m4 4 8 8M12 4l-8 8" stroke="currentColor" {...line} />
    </svg>
  );
}

export function ChevronIcon(): JSX.Element {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <path d="m2 3.5 3 3 3-3" stroke="currentColor" {...line} />
    </svg>
  );
}
