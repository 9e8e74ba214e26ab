import { TandemError } from "@tandem/contracts/errors.ts";

/** An error as the log may hold it. */
export interface LoggableError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly details?: TandemError["details"];
  /** Places in the code only; the text of a stack begins with the message. */
  readonly at: readonly string[];
  readonly cause?: LoggableError;
}

/** Causes of causes that are told of. */
const DEEPEST = 4;

/**
 * What of an error helps to find its reason and is nobody's data: messages of parsers and of HTTP clients quote what they
 * were given, so quoted parts and the queries of URLs are left out, and so is every other field of the error.
 */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: "", at: [] };
  const { cause } = error;
  return {
    type: error.constructor.name,
    ...codeOf(error),
    message: withoutData(error.message),
    ...(error instanceof TandemError ? { details: error.details } : {}),
    at: (error.stack ?? "").split("\n").flatMap((line) => (/^ {4}at /.test(line) ? [line.trim()] : [])),
    ...(cause === undefined || depth === DEEPEST ? {} : { cause: loggableError(cause, depth + 1) }),
  };
}

function codeOf(error: Error): { code?: string } {
  return "code" in error && typeof error.code === "string" ? { code: error.code } : {};
}

function withoutData(message: string): string {
  return message
    .replaceAll(/(["'`]).*\1/gs, "$1…$1")
    .replaceAll(/\?[^\s?]*=\S*/g, "?…")
    .slice(0, 500);
}
