import type { z } from "zod";

import { ADMIN, type AdminCommand, type AdminReply, type AdminRequest } from "@tandem/contracts/admin.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { validated } from "../platform/validated.ts";

import type { AdminHandler, AdminHandlers } from "./handlers.ts";

export function isAdminCommand(name: string): name is AdminCommand {
  return Object.hasOwn(ADMIN, name);
}

/** Validates the input of a command and runs it. Errors: `request.invalid` naming the field, and the handler's own. */
export async function dispatch<C extends AdminCommand>(
  handlers: AdminHandlers,
  command: C,
  input: unknown,
  actor: string,
): Promise<AdminReply<C>> {
  const schema: z.ZodType = ADMIN[command].request;
  const handler: AdminHandler<C> = handlers[command];
  // Parsed by the schema that AdminRequest<C> is inferred from.
  return handler(validated(schema, input ?? {}) as AdminRequest<C>, actor);
}

/** Errors: `cli.not-running` for a command that only a running connector can do. */
export function requireOffline(command: AdminCommand): void {
  if (!ADMIN[command].offline) throw new TandemError("cli.not-running");
}
