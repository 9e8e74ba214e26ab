import type { cliErrors as codes } from "../../../errors/cli.ts";
import type { ErrorTexts } from "../../shape.ts";

export const cliErrors: ErrorTexts<typeof codes> = {
  "cli.usage": {
    text: "{problem}",
    next: "See: tandem --help",
  },
  "cli.not-running": {
    text: "The connector is not running.",
    next: "Start it with: tandem start",
  },
  "cli.already-running": {
    text: "The connector is already running with this data folder.",
    next: "Nothing to do; see: tandem status",
  },
  "cli.port-in-use": {
    text: "Port {port} is taken by another program.",
    next: "Choose another with --port, or close the other program.",
  },
  "cli.extension-missing": {
    text: "The extension has not been built in {folder}.",
    next: "Build it with: npm run build:extension",
  },
};
