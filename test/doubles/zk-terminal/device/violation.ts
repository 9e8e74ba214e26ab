/** Something that a correct client never does. Recorded, so that a test can demand that there is none. */
export interface Violation {
  readonly rule: "checksum" | "framing" | "session" | "order" | "reply-id";
  readonly connection: number;
  readonly text: string;
}
