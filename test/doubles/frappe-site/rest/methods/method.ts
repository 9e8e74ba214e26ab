import type { DocumentCall } from "../../documents/call.ts";
import type { ServerMessage } from "../frappe-error.ts";
import { FrappeError } from "../frappe-error.ts";
import type { CallInput } from "../site-request.ts";

export interface MethodCall extends DocumentCall {
  readonly input: CallInput;
}

/** What a method gives back: `message` (left out when undefined) and messages to show. */
export interface MethodResult {
  readonly message?: unknown;
  readonly shown?: readonly ServerMessage[];
}

/** A function that `/api/method/<path>` may call. */
export interface Method {
  readonly guests?: true;
  /** HTTP methods; every one unless told. */
  readonly verbs?: readonly string[];
  readonly run: (call: MethodCall) => MethodResult | Promise<MethodResult>;
}

/** Python's complaint about an argument that was not sent: HTTP 500. */
export function missingArgument(functionName: string, ...names: readonly string[]): FrappeError {
  const quoted = names.map((name) => `'${name}'`).join(" and ");
  const noun = names.length === 1 ? "argument" : "arguments";
  return new FrappeError({
    status: 500,
    type: "TypeError",
    module: "",
    text: `${functionName}() missing ${names.length} required positional ${noun}: ${quoted}`,
  });
}
