import { TandemError } from "@tandem/contracts/errors.ts";

/** Characters before the fault that V8 quotes in "Unexpected token" messages, which name no position. */
const QUOTED_BEFORE = 10;

/** JSON from UTF-8 bytes. Errors: `request.malformed`, with what is wrong and its line, but nothing of the content. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    throw malformed(problemOf(message), text.slice(0, faultIn(text, message)), cause);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const lossy = new TextDecoder("utf-8").decode(bytes);
    throw malformed("not UTF-8", lossy.slice(0, lossy.indexOf("\ufffd")), cause);
  }
}

function malformed(problem: string, before: string, cause: unknown): TandemError {
  return new TandemError("request.malformed", { line: before.split("\n").length, problem }, { cause });
}

/** The kind of fault alone: after a comma V8 quotes the content, which may be a secret. */
function problemOf(message: string): string {
  return /^(Unexpected token|[A-Z][a-z'-]+(?: [a-z'-]+)*)/.exec(message)?.[0].replace(/ in$/, "") ?? "not valid";
}

function faultIn(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, token, cut, context] = /^Unexpected token '(.+?)', (\.\.\.)?"(.*)"(?:\.\.\.)? is not/su.exec(message) ?? [];
  if (token === undefined || context === undefined) return text.length;
  return cut === undefined ? text.indexOf(token) : text.indexOf(context) + QUOTED_BEFORE;
}
