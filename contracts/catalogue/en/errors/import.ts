import type { importErrors as codes } from "../../../errors/import.ts";
import type { ErrorTexts } from "../../shape.ts";

export const importErrors: ErrorTexts<typeof codes> = {
  "import.file-missing": {
    text: "The file {file} cannot be read.",
    next: "Check its name and that you may read it.",
  },
  "import.too-large": {
    text: "The file is larger than {limit} MB.",
    next: "Split it and import the parts.",
  },
  "import.encoding": {
    text: "The file is not UTF-8 text (line {line}).",
    next: 'Save it again as "CSV UTF-8".',
  },
  "import.empty": {
    text: "The file has no rows.",
    next: "Check that you chose the right file.",
  },
  "import.columns": {
    text: "The column {field} is missing or unknown (line {line}).",
    next: "The first line must read: {expected}",
  },
  "import.row": {
    text: "Line {line}, column {field}: {problem}",
    next: "Correct this line and import the file again; nothing of it was taken.",
  },
  "import.duplicate-row": {
    text: "Line {line} repeats line {first}.",
    next: "Remove one of them and import the file again; nothing of it was taken.",
  },
};
