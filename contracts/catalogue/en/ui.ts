/** English is the key source: every other language has exactly these keys. */
const texts = {
  "product.name": "Tandem",
  "state.online": "Connected",
  "state.offline": "Connector not reachable",
  "state.blocked": "Blocked by the browser",
  "state.unpaired": "Not paired",
} as const;

export type UiKey = keyof typeof texts;
export type UiTexts = Readonly<Record<UiKey, string>>;
export const ui: UiTexts = texts;
