import type { browserErrors as codes } from "../../../errors/browser.ts";
import type { ErrorTexts } from "../../shape.ts";

export const browserErrors: ErrorTexts<typeof codes> = {
  "browser.connector-offline": {
    text: "The connector on this PC does not answer.",
    next: "Start Tandem on this PC (Start menu, or: tandem start). This page notices it by itself.",
  },
  "browser.connector-blocked": {
    text: "The browser does not let Tandem talk to this PC.",
    next: "Allow local network access for Tandem in the browser's site settings, or ask IT to allow it by policy.",
  },
  "browser.message-refused": {
    text: "The extension does not accept this request from this page.",
    next: "Open the HR site's page again. If it repeats, update the extension.",
  },
  "browser.not-granted": {
    text: "Tandem is not allowed on {origin}.",
    next: "Open Set-up in the extension and allow this HR site.",
  },
  "browser.reload-needed": {
    text: "Tandem was updated while this page was open.",
    next: "Reload the page.",
  },
};
