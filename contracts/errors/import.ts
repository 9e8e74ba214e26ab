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
} as const;
