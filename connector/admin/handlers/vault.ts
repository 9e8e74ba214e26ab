import type { Services } from "../../services.ts";
import type { Secret } from "../../vault/secret.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands = "vault.status" | "vault.keep" | "vault.biometrics" | "vault.erase" | "vault.recovery-key";

export interface VaultParts {
  readonly services: Pick<Services, "vault">;
  readonly createRecoveryKey: () => Promise<Secret<string>>;
}

export function vaultHandlers({ services: { vault }, createRecoveryKey }: VaultParts): HandlersOf<Commands> {
  return {
    "vault.status": () => vault.status(),
    "vault.keep": (request, actor) => vault.keepCopies(request, actor),
    "vault.biometrics": (request, actor) => vault.biometrics(request, actor),
    "vault.erase": ({ people }, actor) => vault.erase(people, actor),
    // The one place where it is shown: to the operator, over a channel that nobody else can open.
    "vault.recovery-key": async () => ({ recoveryKey: (await createRecoveryKey()).reveal() }),
  };
}
