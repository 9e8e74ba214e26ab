import { lasting } from "./spec.ts";

/** Bad input in files; `line` and `field` are always given where there is one. */
export const importErrors = {
  "import.file-missing": lasting(400),
  "import.too-large": lasting(413),
  "import.encoding": lasting(400),
  "import.empty": lasting(400),
  "import.columns": lasting(400),
  "import.row": lasting(400),
  "import.duplicate-row": lasting(400),
  "import.unknown-format": lasting(400),
  "import.cut-off": lasting(400),
  "import.date-order": lasting(400),
  "import.date-orders": lasting(400),
  "import.template-file": lasting(403),
  "import.users-file": lasting(400),
  "import.not-needed": lasting(400),
  "import.terminal-unnamed": lasting(400),
  "import.terminal-differs": lasting(409),
  "import.other-serial": lasting(409),
  "import.serial-unknown": lasting(409),
  "import.not-comparable": lasting(409),
  "import.users-unreadable": lasting(400),
  "import.users-mismatch": lasting(400),
  "import.templates-not-kept": lasting(403),
  "import.templates-unreadable": lasting(400),
  "import.not-written": lasting(500),
} as const;
