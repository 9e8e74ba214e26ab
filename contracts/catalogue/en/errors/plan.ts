import type { planErrors as codes } from "../../../errors/plan.ts";
import type { ErrorTexts } from "../../shape.ts";

export const planErrors: ErrorTexts<typeof codes> = {
  "plan.unknown": {
    text: "There is no such plan: {plan}.",
    next: "Make a new one; its number is shown then.",
  },
  "plan.other-kind": {
    text: "Plan {plan} was made by another command: tandem {command} plan.",
    next: "Nothing was done. To do it: tandem {command} apply {plan}",
  },
  "plan.no-people": {
    text: "Tandem does not know these people: {people}.",
    next: "Check the Employee IDs, or read them in with: tandem people sync.",
  },
  "plan.people-failed": {
    text: "{failed} people of plan {plan} could not be brought to the terminal {name} as planned.",
    next: "The plan says why for each of them. What can be mended is tried again with a retry.",
  },
  "plan.unfinished": {
    text: "{unfinished} parts of plan {plan} are not finished.",
    next: "Apply the plan again; what is done already is not done twice.",
  },
  "plan.same-terminal": {
    text: "The terminal {name} is both where to copy from and where to copy to.",
    next: "Choose other terminals to copy to.",
  },
  "plan.id-taken": {
    text: "Somebody else on this terminal has the user ID {userId} already.",
    next: "Nothing was changed. Link the person to another new ID, or keep the old one: Tandem maps it.",
  },
  "plan.no-new-id": {
    text: "No new ID is linked to this person for this terminal.",
    next: "Link the wanted ID first, with: tandem ids link … --scheme new. Or keep the old one: Tandem maps it.",
  },
  "plan.no-old-id": {
    text: "None of this person's old IDs is on this terminal.",
    next: "Nothing needs to be moved here. If that is wrong, check the person's IDs with: tandem ids list.",
  },
  "plan.several-ids": {
    text: "More than one ID of this person comes into question on this terminal.",
    next: "Decide which one counts: end the other link with: tandem ids unlink.",
  },
  "plan.person-active": {
    text: "This person works here according to the HR app and is never removed.",
    next: "If they have left, set their status and last day in the HR app, then read it in: tandem people sync.",
  },
  "plan.no-leaving-date": {
    text: "The HR app does not say when this person left.",
    next: "Enter their last working day in the HR app, then read it in: tandem people sync.",
  },
  "plan.still-punching": {
    text: "Somebody punched with this ID on {day}, after the last working day of its owner.",
    next: "The ID may have been given to somebody else. Link it to whoever has it now: tandem ids link.",
  },
  "plan.too-early": {
    text: "This person left only recently; they are removed from {from} on.",
    next: "Make the plan again then, or choose a shorter delay.",
  },
};
