import type { terminalErrors as codes } from "../../../errors/terminal.ts";
import type { ErrorTexts } from "../../shape.ts";

export const terminalErrors: ErrorTexts<typeof codes> = {
  "terminal.unreachable": {
    text: "The terminal at {address} does not answer.",
    next: "Check that it is switched on and that its IP address and port are right; a static address or a DHCP reservation keeps them right.",
  },
  "terminal.timeout": {
    text: "The terminal stopped answering during {step}.",
    next: "Try again. If it happens often, check the network cable and close other software that is connected to the terminal.",
  },
  "terminal.connection-lost": {
    text: "The connection to the terminal broke during {step}.",
    next: "Nothing of this read was kept, so nothing is missing. Try again; check the network cable if it repeats.",
  },
  "terminal.key-required": {
    text: "The terminal asks for its communication key.",
    next: "Look it up in the terminal's menu under Comm. > PC connection and give it with --comm-key.",
  },
  "terminal.wrong-key": {
    text: "The terminal does not accept this communication key.",
    next: "Compare it with the key in the terminal's menu under Comm. > PC connection.",
  },
  "terminal.secured-firmware": {
    text: "This terminal's firmware accepts only the maker's secured connection.",
    next: "Use push (ADMS) for this terminal, or ask the supplier to switch the secured connection off.",
  },
  "terminal.panel-protocol": {
    text: "At this address is an access panel (C3 or inBio), not an attendance terminal.",
    next: "Enter the address of an attendance terminal. Panels are not supported.",
  },
  "terminal.not-a-terminal": {
    text: "What answers at {address} is not an attendance terminal.",
    next: "Check the address and the port (usually 4370).",
  },
  "terminal.refused": {
    text: "The terminal refused {step}.",
    next: "Try again in a minute. If it repeats, restart the terminal and tell your supplier the model and firmware.",
  },
  "terminal.incomplete": {
    text: "The terminal sent only part of its data ({got} of {want} bytes).",
    next: "Nothing of this read was kept, so nothing is missing. Try again; on a slow line use UDP or a shorter cable route.",
  },
  "terminal.reply-mismatch": {
    text: "The terminal answered a question that was not asked.",
    next: "Close other software that uses this terminal, then try again.",
  },
  "terminal.unknown-record-size": {
    text: "The terminal's punches are in a form that Tandem does not know.",
    next: "Nothing was stored. Send the file {dump} to support; it holds the first bytes of the log.",
  },
  "terminal.unsupported-users": {
    text: "The terminal's user list is in a form that Tandem does not know ({size} bytes each).",
    next: "Nothing was stored. Tell support the model and firmware of this terminal.",
  },
  "terminal.busy": {
    text: "Tandem is already working with this terminal.",
    next: "Wait until the running job has ended, then try again.",
  },
  "terminal.serial-changed": {
    text: "Another terminal answers at this address: serial {found}, expected {expected}.",
    next: "Two devices may share one IP address, or the terminal was replaced. Correct the address, or remove the terminal and add it again.",
  },
  "terminal.shadow-mode": {
    text: "This terminal is in shadow mode: Tandem only reads it.",
    next: "If Tandem may change it: tandem terminals mode NAME active.",
  },
  "terminal.never-sent": {
    text: "Tandem never sends command {command} to a terminal.",
    next: "Nothing was sent. Clear the log in the terminal's own menu if you must, after everything has been read.",
  },
  "terminal.not-stored": {
    text: "The terminal confirmed a change but did not keep it.",
    next: "Nothing counts as done. Try again; if it happens again, restart the terminal and check its free memory.",
  },
  "terminal.finger-taken": {
    text: "Finger slot {finger} holds a fingerprint that was not there when the terminal was read.",
    next: "Somebody enrolled a finger in the meantime; it was left as it is. Make a new plan.",
  },
  "terminal.finger-lost": {
    text: "The fingerprint in slot {finger} could be neither replaced nor put back.",
    next: "Copy the person's fingerprints to this terminal again from another terminal or from the vault.",
  },
  "terminal.card-taken": {
    text: "Another user of this terminal has the same card.",
    next: "Nothing was written. Find out whose card it is; two users with one card would mix up their punches.",
  },
  "terminal.user-id-too-long": {
    text: "The user ID {userId} is too long for this terminal: it takes {max} characters.",
    next: "Nothing was written. Give the person a shorter ID on this terminal, for example {proposal}, and link it.",
  },
  "terminal.user-id-letters": {
    text: "This terminal takes only digits in user IDs, not {userId}.",
    next: "Nothing was written. Give the person a number on this terminal, for example {proposal}, and link it.",
  },
  "terminal.user-id-reserved": {
    text: "The user ID {userId} cannot be used: terminals keep it for records that name nobody.",
    next: "Nothing was written. Give the person another ID on this terminal, for example {proposal}, and link it.",
  },
  "terminal.user-id-taken": {
    text: "More than one user of this terminal has the user ID {userId}.",
    next: "Nothing was written. Remove the wrong one in the terminal's own menu, then try again.",
  },
  "terminal.user-capacity": {
    text: "The terminal is full: it holds {capacity} users at most.",
    next: "Nothing was written. Remove people who left from this terminal, then try again.",
  },
  "terminal.name-undecodable": {
    text: "The user's present name on the terminal cannot be read, so it was not overwritten.",
    next: "Nothing was written. Check the terminal's name encoding, or correct the name in the terminal's own menu.",
  },
  "terminal.name-unfit": {
    text: "The name cannot be written in this terminal's encoding.",
    next: "Nothing was written. Choose another name encoding for the terminal, or give the person a name in plain letters.",
  },
  "terminal.first-admin": {
    text: "This would be the terminal's first administrator; its menu would then be closed to everybody else.",
    next: "Nothing was written. Confirm it if that is what you want.",
  },
  "terminal.card-invalid": {
    text: "This is no card number that a terminal can store.",
    next: "Nothing was written. Enter the card's number in digits, from 0 to 4294967295.",
  },
  "terminal.left-disabled": {
    text: 'The terminal may still show "Working" because Tandem could not switch it on again.',
    next: "It frees itself after {seconds} seconds. Tandem will check it first at the next connection.",
  },
  "terminal.user-unknown": {
    text: "There is no user {userId} on this terminal.",
    next: "See who is on it with: tandem users list --terminal NAME.",
  },
  "terminal.slot-not-empty": {
    text: "The terminal's free places still hold fingerprints of somebody who was deleted.",
    next: "Nothing was written. Delete left-over fingerprints in the terminal's own menu, then try again.",
  },
  "terminal.password-unfit": {
    text: "This terminal stores passwords of at most {max} digits, and this person's is longer.",
    next: "Nothing was written. Copy the person without the password, or give them a shorter one.",
  },
  "terminal.unfinished-move": {
    text: "A change of user IDs on the terminal {name} was cut off and is not settled yet.",
    next: "Connect the terminal and run: tandem terminals check NAME. Tandem settles the change first. If the device is gone for good: tandem terminals remove NAME --give-up-moves.",
  },
  "terminal.unknown": {
    text: "There is no terminal named {name}.",
    next: "See the names with: tandem terminals list.",
  },
  "terminal.exists": {
    text: "There is already a terminal named {name}.",
    next: "Choose another name, or remove the old one first.",
  },
  "terminal.no-address": {
    text: "The terminal {name} is known from files only and cannot be read over the network.",
    next: "Give it an address by removing it and adding it again.",
  },
  "terminal.unsupported-address": {
    text: "Tandem cannot read terminals with the address {address}.",
    next: "Use tcp://HOST:PORT or udp://HOST:PORT.",
  },
};
