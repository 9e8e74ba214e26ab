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
};
