const EVENT = "tandem-take-over";

/**
 * Ends any earlier Tandem in this document and returns the signal that a later one will end this one with. After an update
 * the old script lives on, cut off from its background; the two share nothing but the document.
 */
export function takeOver(document: Document): AbortSignal {
  document.dispatchEvent(new CustomEvent(EVENT));
  const controller = new AbortController();
  document.addEventListener(EVENT, () => controller.abort(), { once: true });
  return controller.signal;
}
