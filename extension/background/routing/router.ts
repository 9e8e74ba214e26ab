import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";
import {
  Envelope,
  isMessageId,
  type MessageId,
  type MessageOutcome,
  type MessageParsed,
  type MessageReply,
  MESSAGES,
} from "@tandem/contracts/messages.ts";

import { problemOf } from "./problem.ts";
import { type JudgedSender, judgeSender, type OwnNames } from "./sender.ts";

/** A sender that was let through: `origin` is null for our own pages. */
export interface Caller {
  readonly origin: string | null;
}

export type Handlers = {
  readonly [Id in MessageId]: (body: MessageParsed<Id>, caller: Caller) => Promise<MessageReply<Id>>;
};

export interface RouterDeps {
  readonly own: OwnNames;
  /** Whether a page of this origin is an HR site that the user has allowed, now. */
  readonly isGranted: (origin: string) => Promise<boolean>;
  readonly handlers: Handlers;
}

export type Router = (message: unknown, sender: unknown) => Promise<MessageOutcome<MessageId>>;

/** The background's front door: who sent it, may they send this, is it well formed; only then is anything done. */
export function createRouter({ own, isGranted, handlers }: RouterDeps): Router {
  return async (message, sender) => {
    try {
      const envelope = Envelope.safeParse(message);
      if (!envelope.success || !isMessageId(envelope.data.type)) throw new TandemError("browser.message-refused");
      const { type, body } = envelope.data;
      const caller = await admit(type, judgeSender(sender, own), isGranted);
      return { ok: true, reply: await answer(handlers, type, body, caller) };
    } catch (error) {
      return { ok: false, problem: problemOf(toTandemError(error)) };
    }
  };
}

async function admit(id: MessageId, sender: JudgedSender, isGranted: RouterDeps["isGranted"]): Promise<Caller> {
  if (sender.kind === "extension") return { origin: null };
  if (sender.kind === "stranger" || MESSAGES[id].from !== "page") throw new TandemError("browser.message-refused");
  if (!(await isGranted(sender.origin))) throw new TandemError("browser.not-granted", { origin: sender.origin });
  return { origin: sender.origin };
}

async function answer<Id extends MessageId>(
  handlers: Handlers,
  id: Id,
  body: unknown,
  caller: Caller,
): Promise<MessageReply<Id>> {
  const parsed = MESSAGES[id].request.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new TandemError("request.invalid", {
      field: issue?.path.join(".") ?? "",
      problem: issue?.message ?? "",
    });
  }
  // The schema that has just accepted the body is the one MessageParsed<Id> is inferred from.
  return handlers[id](parsed.data as MessageParsed<Id>, caller);
}
