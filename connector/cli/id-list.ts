import { InvalidArgumentError } from "commander";

/** `HR-EMP-00001,HR-EMP-00002`; an empty part is a slip that must not pass unseen. */
export function idList(text: string): readonly string[] {
  const ids = text.split(",").map((id) => id.trim());
  if (ids.includes("")) throw new InvalidArgumentError("IDs, separated by commas.");
  return ids;
}
