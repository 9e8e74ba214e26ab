import type { pairingErrors as codes } from "../../../errors/pairing.ts";
import type { ErrorTexts } from "../../shape.ts";

export const pairingErrors: ErrorTexts<typeof codes> = {
  "pairing.not-open": {
    text: "Pairing is not open.",
    next: "On the connector's PC press Enter in its window, or run: tandem pair.",
  },
  "pairing.wrong-code": {
    text: "The code is not right.",
    next: "Read the code again from the connector's window. {left} attempts are left.",
  },
  "pairing.expired": {
    text: "The code has expired.",
    next: "Ask for a new one: press Enter in the connector's window, or run: tandem pair.",
  },
  "pairing.too-many-attempts": {
    text: "Too many attempts.",
    next: "Wait ten minutes, then ask for a new code.",
  },
  "pairing.protocol": {
    text: "The extension and the connector are of versions that do not understand each other.",
    next: "Update both to the newest version.",
  },
  "pairing.connector-not-proven": {
    text: "The program at this port is not the connector you paired with.",
    next: "Close the other program, start the connector, and try again. Nothing was sent to it.",
  },
  "pairing.client-unknown": {
    text: "This browser is not paired with the connector.",
    next: "Open Set-up in the extension and pair it.",
  },
  "pairing.client-revoked": {
    text: "The pairing of this browser was withdrawn.",
    next: "Pair it again if it should have access.",
  },
  "pairing.session-unknown": {
    text: "The session has ended.",
    next: "The extension opens a new one by itself; try again.",
  },
  "pairing.session-expired": {
    text: "The session has expired.",
    next: "The extension opens a new one by itself; try again.",
  },
  "pairing.signature-missing": {
    text: "The request is not signed.",
    next: "Only the paired extension may ask. Open the HR page with the extension.",
  },
  "pairing.bad-signature": {
    text: "The request's signature is not right.",
    next: "Try again; pair again if it repeats.",
  },
  "pairing.replayed": {
    text: "The request was already seen.",
    next: "Try again.",
  },
  "pairing.seal-required": {
    text: "This request must be sealed.",
    next: "Update the extension.",
  },
  "pairing.seal-broken": {
    text: "The sealed request cannot be opened.",
    next: "Try again; pair again if it repeats.",
  },
};
