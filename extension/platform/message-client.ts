import { isErrorCode, TandemError } from "@tandem/contracts/errors.ts";
import type { MessageId, MessageOutcome, MessageReply, MessageRequest } from "@tandem/contracts/messages.ts";

/** Asks the background; throws the TandemError it answers with. */
export type Send = <Id extends MessageId>(id: Id, body: MessageRequest<Id>) => Promise<MessageReply<Id>>;

interface Runtime {
  readonly id?: string;
  sendMessage(message: unknown): Promise<unknown>;
}

/** `browser.reload-needed` when the extension was updated or removed under an open page. */
export function createSend(runtime: Runtime): Send {
  return async <Id extends MessageId>(type: Id, body: MessageRequest<Id>) => {
    let outcome: unknown;
    try {
      outcome = await runtime.sendMessage({ type, body });
    } catch (cause) {
      // Both engines only say it in prose, and take `runtime.id` away from a script that was left behind.
      throw new TandemError(isLeftBehind(runtime) ? "browser.reload-needed" : "internal.unexpected", {}, { cause });
    }
    if (!isOutcome<Id>(outcome)) throw new TandemError("internal.unexpected", { message: type });
    if (outcome.ok) return outcome.reply;
    const { code } = outcome.problem;
    throw new TandemError(isErrorCode(code) ? code : "internal.unexpected", flat(outcome.problem.details));
  };
}

function isLeftBehind(runtime: Runtime): boolean {
  try {
    return runtime.id === undefined;
  } catch {
    // Firefox throws on any use of the dead object.
    return true;
  }
}

/** The other end is our own background, of the same version; only its absence has to be noticed. */
function isOutcome<Id extends MessageId>(value: unknown): value is MessageOutcome<Id> {
  return typeof value === "object" && value !== null && "ok" in value;
}

function flat(details: Record<string, unknown>): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null,
    ]),
  );
}
