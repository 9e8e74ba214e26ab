import { UserId } from "@tandem/contracts/domain/ids.ts";
import type { TerminalUserRow } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { TerminalUser } from "../terminal.ts";
import { detectUserSize } from "../zk-pull/codec/user-size.ts";
import { decodeUsers, type UserRow } from "../zk-pull/codec/users.ts";

import { linesOf } from "./file-lines.ts";
import { isUserText, refuseTemplates } from "./refused-files.ts";
import { decodeText, encodeText } from "./text-encoding.ts";

/** Tried where a name is no UTF-8 (`formats.md` §3.2). */
const NAME_ENCODING = "windows-1258";

/** Users of `user.dat` as a preview: nothing is stored. Errors: `import.template-file`, `import.users-unreadable`. */
export function readUserFile(file: string, bytes: Buffer): readonly TerminalUserRow[] {
  refuseTemplates(file, bytes);
  return isUserText(bytes) ? readUserText(bytes) : readUserTable(file, bytes).map(({ user }) => toUserRow(user));
}

/** Rows with their slots, which templates of the same export name. Errors: `import.users-unreadable`. */
export function readUserTable(file: string, bytes: Buffer): readonly UserRow[] {
  const size = detectUserSize(bytes, null);
  if (size === null) throw new TandemError("import.users-unreadable", { file, bytes: bytes.length });
  return decodeUsers(bytes, size, NAME_ENCODING);
}

/** Lines of `PIN=12⇥Name=…⇥Pri=0⇥Card=…`, where the PIN is the user ID (`formats.md` §3.2). */
function readUserText(bytes: Buffer): readonly TerminalUserRow[] {
  const { text, encoding } = decodeText(bytes);
  return linesOf(text).flatMap(({ raw }): readonly TerminalUserRow[] => {
    const facts = new Map(raw.split("\t").map(toFact));
    const userId = UserId.safeParse(facts.get("pin"));
    if (!userId.success) return [];
    const name = facts.get("name") ?? "";
    const card = Number(facts.get("card") ?? 0);
    return [
      toUserRow({
        userId: userId.data,
        name: name.normalize("NFC"),
        nameRaw: encodeText(name, encoding),
        card: Number.isInteger(card) && card > 0 ? String(card) : null,
        privilege: Math.trunc(Number(facts.get("pri") ?? 0)) || 0,
        group: Math.trunc(Number(facts.get("grp") ?? 1)) || 1,
      }),
    ];
  });
}

function toFact(cell: string): [string, string] {
  const [key = "", ...value] = cell.split("=");
  return [key.trim().toLowerCase(), value.join("=").trim()];
}

function toUserRow({ nameRaw, ...user }: TerminalUser): TerminalUserRow {
  return { ...user, nameRaw: Buffer.from(nameRaw).toString("hex"), fingers: [] };
}
