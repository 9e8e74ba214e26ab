import type { peopleErrors as codes } from "../../../errors/people.ts";
import type { ErrorTexts } from "../../shape.ts";

export const peopleErrors: ErrorTexts<typeof codes> = {
  "people.unknown": {
    text: "There is no person {personId}{where}.",
    next: "Sync people from the HR site, or import them.",
  },
  "ids.overlap": {
    text: "ID {userId} in {idSpace} is already linked to {personId} in that time{where}.",
    next: "End the other link first, or choose other dates.",
  },
  "ids.unknown-link": {
    text: "There is no such link.",
    next: "See the links with: tandem ids list.",
  },
};
