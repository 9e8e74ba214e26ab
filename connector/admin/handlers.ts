import type { AdminCommand, AdminReply, AdminRequest } from "@tandem/contracts/admin.ts";

/** One handler per command; a missing one does not compile. `actor` is what the audit log names. */
export type AdminHandler<C extends AdminCommand> = (request: AdminRequest<C>, actor: string) => Promise<AdminReply<C>>;
export type AdminHandlers = { readonly [C in AdminCommand]: AdminHandler<C> };

/** The handlers of one resource. */
export type HandlersOf<C extends AdminCommand> = Pick<AdminHandlers, C>;
