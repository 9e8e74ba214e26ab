import { Command, Reply } from "../wire/codes.ts";

import { info } from "./info.ts";
import { reading } from "./read.ts";
import { refuse, type Answer, type Handler, type Request } from "./request.ts";
import { session } from "./session.ts";
import { uploading } from "./upload.ts";
import { writing } from "./write.ts";

const handlers: Readonly<Record<number, Handler>> = { ...session, ...info, ...reading, ...writing, ...uploading };

/** What the terminal answers to a packet whose checksum is right. */
export function answer(request: Request): Answer {
  const { client, packet, machine } = request;
  // Clients acknowledge events; that is no request (`zk-pull.md` §2.10).
  if (packet.command === Reply.ok) return [];
  if (packet.command !== Command.connect) {
    if (client.session === null) return refuse(request, Reply.initError);
    if (packet.session !== client.session) return refuse(request, Reply.initError);
    if (!client.authorised && packet.command !== Command.auth) return refuse(request, Reply.unauthorised);
  }
  if (
    machine.modes.silentOn === "all" ||
    (machine.modes.silentOn !== "none" && machine.modes.silentOn.includes(packet.command))
  )
    return [];
  return (handlers[packet.command] ?? unknown)(request);
}

function unknown(request: Request): Answer {
  return refuse(request, Reply.unknown);
}
