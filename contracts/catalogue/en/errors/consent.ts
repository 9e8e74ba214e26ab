import type { consentErrors as codes } from "../../../errors/consent.ts";
import type { ErrorTexts } from "../../shape.ts";

export const consentErrors: ErrorTexts<typeof codes> = {
  "consent.missing": {
    text: "There is no consent of {personId} on record for this kind of data: {kind}.",
    next: "Let the person agree to the text, then record it with: tandem consent record. A card or a PIN needs no consent.",
  },
  "consent.biometrics-off": {
    text: "Fingerprints, faces and photos are switched off on this site.",
    next: "Use cards or PINs. To allow them again, run: tandem biometrics on",
  },
};
