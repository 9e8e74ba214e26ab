import { lasting, passing } from "./spec.ts";

/** Failures between the connector and a terminal. */
export const terminalErrors = {
  "terminal.unreachable": passing(502),
  "terminal.timeout": passing(504),
  "terminal.connection-lost": passing(502),
  "terminal.key-required": lasting(409),
  "terminal.wrong-key": lasting(409),
  "terminal.secured-firmware": lasting(409),
  "terminal.panel-protocol": lasting(409),
  "terminal.not-a-terminal": lasting(502),
  "terminal.refused": passing(502),
  "terminal.incomplete": passing(502),
  "terminal.reply-mismatch": passing(502),
  "terminal.unknown-record-size": lasting(502),
  "terminal.unsupported-users": lasting(502),
  "terminal.busy": passing(409),
  "terminal.serial-changed": lasting(409),
  "terminal.shadow-mode": lasting(409),
  "terminal.never-sent": lasting(409),
  "terminal.left-disabled": passing(502),
  "terminal.unknown": lasting(404),
  "terminal.exists": lasting(409),
  "terminal.no-address": lasting(409),
  "terminal.unsupported-address": lasting(400),
} as const;
