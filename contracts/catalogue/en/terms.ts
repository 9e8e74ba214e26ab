/** Words that errors carry as details (`step`, `kind`, `what`), as people read them. */
export const terms = {
  closing: "closing the connection",
  connecting: "connecting",
  disconnecting: "disconnecting",
  sending: "sending",
  listening: "listening for punches",
  refreshing: "refreshing its data",
  disabling: "locking its reader",
  enabling: "unlocking its reader",
  "reading settings": "reading settings",
  "reading counts": "reading counts",
  "reading users": "reading users",
  "reading punches": "reading punches",
  "reading fingerprints": "reading fingerprints",
  "reading a fingerprint": "reading a fingerprint",
  "reading the clock": "reading the clock",
  "setting the clock": "setting the clock",
  "writing a user": "writing a user",
  "writing a fingerprint": "writing a fingerprint",
  "moving a user": "moving a user",
  "deleting a user": "deleting a user",
  "deleting a fingerprint": "deleting a fingerprint",
  finger: "fingerprint",
  face: "face",
  photo: "photo",
  user: "user",
  clock: "clock",
} as const;

export type TermKey = keyof typeof terms;
export type Terms = Readonly<Record<TermKey, string>>;
