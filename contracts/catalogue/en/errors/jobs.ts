import type { jobErrors as codes } from "../../../errors/jobs.ts";
import type { ErrorTexts } from "../../shape.ts";

export const jobErrors: ErrorTexts<typeof codes> = {
  "jobs.unknown": {
    text: "There is no job {id}.",
    next: "See the jobs with: tandem jobs list.",
  },
  "jobs.nothing-to-retry": {
    text: "Nothing in this job has failed.",
    next: "Nothing to do.",
  },
  "jobs.finished": {
    text: "The job has already ended.",
    next: "Nothing to do.",
  },
  "jobs.unsupported": {
    text: "This version of Tandem cannot do the work {kind}.",
    next: "Update Tandem, then start it again.",
  },
};
