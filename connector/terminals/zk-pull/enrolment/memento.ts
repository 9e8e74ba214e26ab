import { z } from "zod";

import type { TemplateEntry } from "../codec/templates.ts";

/** What a move needs for going back or on, whenever that is. The row holds the user's password. */
export interface Memento {
  /** The old row as it was. */
  readonly row: Buffer;
  readonly newUid: number;
  readonly fingers: readonly Pick<TemplateEntry, "finger" | "flag">[];
}

const Form = z.object({
  row: z.base64(),
  newUid: z.number().int(),
  fingers: z.array(z.object({ finger: z.number().int(), flag: z.number().int() })),
});

export function encodeMemento({ row, newUid, fingers }: Memento): Buffer {
  const slots = fingers.map(({ finger, flag }) => ({ finger, flag }));
  return Buffer.from(JSON.stringify({ row: row.toString("base64"), newUid, fingers: slots }));
}

/** Throws where it is not one: it was sealed, so that is a fault of this program. */
export function decodeMemento(bytes: Uint8Array): Memento {
  const { row, newUid, fingers } = Form.parse(JSON.parse(Buffer.from(bytes).toString()));
  return { row: Buffer.from(row, "base64"), newUid, fingers };
}
