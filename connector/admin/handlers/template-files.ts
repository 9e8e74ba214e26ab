import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

/** On the admin channel only: no web page may hand in fingerprints (`formats.md` §0). */
export function templateFileHandlers({
  templateImport,
}: Pick<Services, "templateImport">): HandlersOf<"vault.import-templates"> {
  return { "vault.import-templates": (request, actor) => templateImport.run(request, actor) };
}
