import type { copyErrors as codes } from "../../../errors/copy.ts";
import type { ErrorTexts } from "../../shape.ts";

export const copyErrors: ErrorTexts<typeof codes> = {
  "copy.not-enrolled": {
    text: "This person is not on the terminal that is copied from.",
    next: "Enrol the person there first, or choose a terminal that knows the person.",
  },
  "copy.other-id-space": {
    text: "The terminals number people differently: the same ID may be somebody else there.",
    next: "Copy between terminals of one ID space, or give this person's ID on the other terminals first.",
  },
  "copy.other-algorithm": {
    text: "The terminals store fingerprints in different forms, which cannot be converted.",
    next: "Enrol the person's fingers once on a terminal of the other kind, then copy from there.",
  },
  "copy.other-id-here": {
    text: "This person is on the terminal already, under the user ID {otherId}.",
    next: "Nothing was written: one finger under two IDs punches for either. Give the person the new ID there: tandem move plan. Or keep the old one: Tandem maps it.",
  },
  "copy.finger-differs": {
    text: "The terminal holds another fingerprint in the same finger slot of this person.",
    next: "Nothing was overwritten. Find out whose finger it is, and delete the wrong one on that terminal.",
  },
  "copy.users-full": {
    text: "The terminal has no room for another person.",
    next: "Remove people who have left from this terminal, then make the plan again.",
  },
  "copy.fingers-full": {
    text: "The terminal has no room for this person's fingerprints.",
    next: "Remove fingerprints of people who have left from this terminal, then make the plan again.",
  },
  "copy.not-linked": {
    text: "Nobody in the HR app is linked to this user ID, so there is no consent to copy by.",
    next: "Link the ID to its person first, with: tandem ids link.",
  },
  "copy.card-differs": {
    text: "The person has another card on this terminal.",
    next: "Nothing was overwritten. Take the old card away in the terminal’s own menu, then make a new plan.",
  },
  "copy.password-differs": {
    text: "The person has another password on this terminal.",
    next: "Nothing was overwritten. Delete the old password in the terminal’s own menu, then make a new plan.",
  },
  "copy.source-changed": {
    text: "What was to be copied is no longer there: it was changed after the preview.",
    next: "Nothing was written for this person. Make a new plan and look at it again.",
  },
};
