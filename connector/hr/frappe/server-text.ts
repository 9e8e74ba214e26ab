import { z } from "zod";

const LONGEST = 300;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  nbsp: " ",
};

const Message = z.object({ message: z.string() });
const Messages = z.array(z.string());

/** What an error body tells the user, without its HTML (`frappe-hr.md` §10.1); empty where it tells nothing. */
export function serverText(body: Readonly<Record<string, unknown>>): string {
  const messages = [...new Set(serverMessages(body["_server_messages"]).map(withoutHtml))].filter(
    (text) => text !== "",
  );
  if (messages.length > 0) return shorten(messages.join("; "));
  const { exception, _error_message: refusal, message } = body;
  const first = [refusal, exception, message].find((text) => typeof text === "string" && text !== "");
  return typeof first === "string" ? shorten(withoutHtml(first)) : "";
}

/** Plain text of a message that may hold tags and entities, on one line. */
export function withoutHtml(html: string): string {
  return html
    .replace(/<(br|\/p|\/li|\/div|\/summary)\b[^>]*>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#39|[a-z]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
}

function serverMessages(field: unknown): string[] {
  const list = Messages.safeParse(parseJson(field));
  if (!list.success) return [];
  return list.data.map((entry) => {
    const parsed = Message.safeParse(parseJson(entry));
    return parsed.success ? parsed.data.message : entry;
  });
}

function parseJson(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
