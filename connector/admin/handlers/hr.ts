import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands = "hr.connect" | "hr.check" | "hr.deliver" | "hr.status";

export function hrHandlers({ hrSites, delivery }: Services): HandlersOf<Commands> {
  return {
    "hr.connect": (request, actor) => hrSites.connect(request, actor),
    "hr.check": () => hrSites.check(),
    // An operator who asks has corrected something, so what was refused is tried once more.
    "hr.deliver": () => delivery.deliverAgain(),
    "hr.status": () => delivery.status(),
  };
}
