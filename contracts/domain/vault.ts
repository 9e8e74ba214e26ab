import { z } from "zod";

import { PersonId } from "./ids.ts";

/** What is sealed on this PC, and how this site wants it. */
export const VaultStatus = z.object({
  /** All sealed templates; `kept` ones have no end, `expiring` ones go with their copy or when their time is over. */
  sealed: z.number().int(),
  kept: z.number().int(),
  expiring: z.number().int(),
  /** Whose they are. */
  people: z.number().int(),
  keepCopies: z.boolean(),
  noBiometrics: z.boolean(),
  /** Whether a recovery key was made; the key itself is stored nowhere. */
  recoveryKey: z.boolean(),
});
export type VaultStatus = z.infer<typeof VaultStatus>;

/** `confirmed`: the operator knows that switching off destroys what is sealed. */
export const VaultSwitch = z.object({ on: z.boolean(), confirmed: z.boolean().default(false) });
export type VaultSwitch = z.infer<typeof VaultSwitch>;

/** `destroyed` = sealed templates that went with it. */
export const VaultSwitched = z.object({ on: z.boolean(), destroyed: z.number().int() });
export type VaultSwitched = z.infer<typeof VaultSwitched>;

export const VaultErasure = z.object({ people: z.array(PersonId).min(1).max(50_000) });
export type VaultErasure = z.infer<typeof VaultErasure>;

/** `destroyed` = sealed templates of these people; their data keys are gone with them. */
export const VaultErased = z.object({ people: z.number().int(), destroyed: z.number().int() });
export type VaultErased = z.infer<typeof VaultErased>;
