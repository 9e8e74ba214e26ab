import type { fleetErrors as codes } from "../../../errors/fleet.ts";
import type { ErrorTexts } from "../../shape.ts";

export const fleetErrors: ErrorTexts<typeof codes> = {
  "fleet.network-invalid": {
    text: "{network} is not a network that Tandem can search.",
    next: "Write the first address and the size, for example 192.168.1.0/24.",
  },
  "fleet.network-too-large": {
    text: "{network} is too large to search at once.",
    next: "Search at most 1,022 addresses (/22) at a time, for example 192.168.1.0/24.",
  },
  "fleet.network-public": {
    text: "{network} is not a private network, so Tandem does not search it.",
    next: "Use the network of your own office: 10.…, 172.16.… to 172.31.…, or 192.168.….",
  },
  "fleet.serial-unknown": {
    text: "Tandem does not know the serial number of {name} yet and cannot prove that it moved.",
    next: "Remove the terminal and add it again with its new address; its punches stay.",
  },
  "fleet.log-cleared": {
    text: "Punches were deleted from the log of {name}, and Tandem never does that.",
    next: "Punches between the last two reads may be missing: import the other program's export. Then switch off “delete after download” there.",
  },
  "fleet.log-overwrites": {
    text: "The log of {name} is full: each new punch overwrites the oldest one.",
    next: "Nothing is lost while Tandem reads it daily. Delete old punches with the terminal's own menu after a read.",
  },
  "fleet.log-nearly-full": {
    text: "The log of {name} will be full in {days} days ({punches} of {capacity} punches).",
    next: "Make sure that Tandem has read it, then delete old punches with the terminal's own menu.",
  },
  "fleet.log-full": {
    text: "The log of {name} is full ({punches} of {capacity} punches). Some models take no more punches then.",
    next: "Read it with Tandem now, then delete old punches with the terminal's own menu.",
  },
  "fleet.silent": {
    text: "Nobody has punched at {name} since {since}, also in {missedHours} hours in which people usually do.",
    next: "See whether the terminal is on and takes a punch. On a day off there is nothing to do.",
  },
  "fleet.clock-drift": {
    text: "The clock of {name} is {seconds} seconds off this PC's clock.",
    next: "Set it in the terminal's menu, or in active mode with: tandem terminals set-clock NAME",
  },
};
