import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

type Commands = "terminals.discover" | "terminals.move-address" | "terminals.live";

export function fleetHandlers({ fleet }: Services): HandlersOf<Commands> {
  return {
    "terminals.discover": (search, actor) => fleet.discover(search, actor),
    "terminals.live": (setting, actor) => fleet.setLive(setting, actor),
    "terminals.move-address": ({ name, address }, actor) => fleet.moveAddress(name, address, actor),
  };
}
