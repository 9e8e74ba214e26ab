import type { Services } from "../../services.ts";
import { exportPunches } from "../../terminals/files/punch-export.ts";
import { readUserFile } from "../../terminals/files/user-file.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands = "punches.list" | "punches.import" | "punches.export" | "users.list-file";

export function punchHandlers({ ledger, links, punchImport, terminals }: Services): HandlersOf<Commands> {
  return {
    "punches.list": async (query) => ({ punches: [...(await ledger.list(query))] }),
    "punches.import": (request, actor) => punchImport.run(request, actor),
    "punches.export": async (request) => {
      const { from, to, terminal } = request;
      const punches = await ledger.list({ from, to, terminal });
      const source = { punches, links: await links.list(), terminals: await terminals.list() };
      return exportPunches(source, request);
    },
    "users.list-file": ({ file, bytes }) =>
      Promise.resolve({ users: [...readUserFile(file, Buffer.from(bytes, "base64"))] }),
  };
}
