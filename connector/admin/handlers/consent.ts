import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

export function consentHandlers({
  consents,
}: Pick<Services, "consents">): HandlersOf<"consent.record" | "consent.withdraw" | "consent.list"> {
  return {
    "consent.record": (consent, actor) => consents.record(consent, actor),
    "consent.withdraw": (withdrawal, actor) => consents.withdraw(withdrawal, actor),
    "consent.list": async (query) => ({ consents: [...(await consents.list(query))] }),
  };
}
