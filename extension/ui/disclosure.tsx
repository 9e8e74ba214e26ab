import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const GAP_PX = 6;
const EDGE_PX = 12;

interface DisclosureProps {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly button: ComponentChildren;
  readonly buttonClass: string;
  /** Read out for the button where its content is not enough. */
  readonly label?: string;
  /** Read out for the panel. */
  readonly title: string;
  readonly children: ComponentChildren;
}

/**
 * A button and the panel it opens. The panel lies in the browser's top layer, above whatever the HR app stacks; it follows
 * the button, and Escape or a click elsewhere closes it.
 */
export function Disclosure(props: DisclosureProps): JSX.Element {
  const { open, onToggle, button, buttonClass, label, title, children } = props;
  const buttonRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  useTopLayer(open, buttonRef, panelRef);
  useDismissal(open, buttonRef, (byKey) => {
    onToggle(false);
    if (byKey) buttonRef.current?.focus();
  });

  return (
    <div>
      <button
        ref={buttonRef}
        type="button"
        class={buttonClass}
        aria-expanded={open}
        aria-controls="panel"
        {...(label === undefined ? {} : { "aria-label": label })}
        onClick={() => onToggle(!open)}
      >
        {button}
      </button>
      {open && (
        <div ref={panelRef} id="panel" class="panel" popover="manual" role="dialog" aria-label={title}>
          {children}
        </div>
      )}
    </div>
  );
}

function useTopLayer(
  open: boolean,
  buttonRef: RefObject<HTMLButtonElement>,
  panelRef: RefObject<HTMLDivElement>,
): void {
  useLayoutEffect(() => {
    const button = buttonRef.current;
    const panel = panelRef.current;
    if (!open || button === null || panel === null) return undefined;
    const place = (): void => {
      const { top, bottom, left, right } = button.getBoundingClientRect();
      const width = panel.offsetWidth;
      const fitsBelow = bottom + GAP_PX + panel.offsetHeight <= innerHeight;
      // Under the button's end, because buttons stand at the end of the page's head; never out of the window.
      const start = right - width >= EDGE_PX ? right - width : Math.min(left, innerWidth - width - EDGE_PX);
      panel.style.left = `${Math.max(EDGE_PX, start)}px`;
      panel.style.top = `${fitsBelow ? bottom + GAP_PX : Math.max(EDGE_PX, top - GAP_PX - panel.offsetHeight)}px`;
    };
    panel.showPopover();
    place();
    const size = new ResizeObserver(place);
    size.observe(panel);
    // In version 16 an inner element scrolls, not the window: the capture phase sees both.
    addEventListener("scroll", place, { capture: true, passive: true });
    addEventListener("resize", place);
    return () => {
      size.disconnect();
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [open]);
}

/**
 * Closes on a click elsewhere and on Escape. Listens on the document: a button that was clicked may be gone by now, and the
 * focus with it.
 */
function useDismissal(open: boolean, inside: RefObject<HTMLElement>, close: (byKey: boolean) => void): void {
  useEffect(() => {
    if (!open) return undefined;
    const root = inside.current?.getRootNode();
    const host = root instanceof ShadowRoot ? root.host : null;
    const listening = new AbortController();
    const { signal } = listening;
    const onPointer = (event: Event): void => {
      // Events from inside a closed root reach the document as coming from its host.
      if (host !== null && !event.composedPath().includes(host)) close(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      const focused = document.activeElement;
      close(focused === null || focused === document.body || focused === host);
    };
    document.addEventListener("pointerdown", onPointer, { capture: true, signal });
    document.addEventListener("keydown", onKey, { capture: true, signal });
    return () => listening.abort();
  }, [open]);
}
