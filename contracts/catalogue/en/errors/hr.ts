import type { hrErrors as codes } from "../../../errors/hr.ts";
import type { ErrorTexts } from "../../shape.ts";

export const hrErrors: ErrorTexts<typeof codes> = {
  "hr.not-connected": {
    text: "No HR site is connected yet.",
    next: "Connect it with: tandem hr connect frappe --url … --api-key … --api-secret …",
  },
  "hr.bad-url": {
    text: "{url} is not the address of an HR site.",
    next: "Enter the address as in the browser, for example https://hr.company.vn.",
  },
  "hr.insecure": {
    text: "{url} would send the API secret over the internet unencrypted.",
    next: "Use the address that begins with https://. Plain http is accepted only inside your own network.",
  },
  "hr.unreachable": {
    text: "The HR site {origin} cannot be reached.",
    next: "Check this PC's internet connection; open the address in the browser. Waiting punches are kept and sent later.",
  },
  "hr.certificate": {
    text: "The certificate of the HR site {origin} is not trusted ({reason}).",
    next: "Check this PC's date, then ask the administrator of the HR site to renew the certificate. Nothing was sent.",
  },
  "hr.moved": {
    text: "The HR site {origin} sends Tandem on to {to}.",
    next: "If that is the right address, connect again with it. The API secret was not sent there.",
  },
  "hr.timeout": {
    text: "The HR site did not answer in time.",
    next: "Tandem checks what arrived before it sends again, so nothing is doubled. Try again later.",
  },
  "hr.not-frappe": {
    text: "At {origin} is no Frappe HR site.",
    next: "Check the address. A proxy or a log-in page of the company may stand in front of it.",
  },
  "hr.no-hrms": {
    text: "The site has no Frappe HR (hrms) app.",
    next: "Ask the administrator to install the Frappe HR app.",
  },
  "hr.unsupported-version": {
    text: "Frappe {version} is not supported.",
    next: "Tandem works with versions 14, 15 and 16.",
  },
  "hr.bad-credentials": {
    text: "The HR site does not accept the API key and secret.",
    next: "In the HR app open the user > Settings > API Access > Generate Keys and connect again.",
  },
  "hr.forbidden": {
    text: "The HR site does not let this user do that.",
    next: "Give the user the role HR Manager, or the rights that tandem hr check lists.",
  },
  "hr.permission-missing": {
    text: 'The API user lacks the right "{right}" on {doctype}.',
    next: "Give the user the role HR Manager, or add this right in the Role Permissions Manager.",
  },
  "hr.time-replaced": {
    text: "The HR site replaces the time of each punch by the present time (seen on {records}).",
    next: "Give the API user level 1 write permission on Employee Checkin (role HR Manager has it), then try again. Delete the named records if they are still there; no other punch was sent.",
  },
  "hr.clock-skew": {
    text: "The clocks of this PC and the HR site differ by {seconds} seconds.",
    next: "Switch on automatic time in Windows. If the PC is right, tell the administrator of the HR site.",
  },
  "hr.zone-unknown": {
    text: "The time zone of the HR site is not known yet.",
    next: "Open the HR site once with the extension, or give the zone with --zone.",
  },
  "hr.zone-mismatch": {
    text: "The clock of the HR site does not fit the time zone {zone}.",
    next: "See System Settings > Time Zone in the HR app and connect again with --zone.",
  },
  "hr.no-employees": {
    text: "The HR site shows no employees to the API user.",
    next: "Check that the user may read Employee (role HR Manager) and that no User Permission narrows it. Nobody was changed.",
  },
  "hr.rate-limited": {
    text: "The HR site asks Tandem to wait.",
    next: "Tandem waits and goes on by itself.",
  },
  "hr.maintenance": {
    text: "The HR site is being updated.",
    next: "Tandem tries again later; waiting punches are kept.",
  },
  "hr.server-error": {
    text: "The HR site failed (HTTP {status}).",
    next: "Try again later. If it repeats, tell the administrator: {text}",
  },
  "hr.rejected": {
    text: "The HR site refuses this record: {text}",
    next: "Correct the cause in the HR app, then deliver again.",
  },
  "hr.unknown-employee": {
    text: "The employee {personId} does not exist in the HR app any more.",
    next: "Sync people, then link the ID to the right person.",
  },
  "hr.inactive-employee": {
    text: "The employee {personId} is inactive in the HR app.",
    next: "Set the employee to Active in the HR app, or leave the punches held.",
  },
  "hr.duplicate": {
    text: "The HR app already has this punch.",
    next: "Nothing to do.",
  },
  "hr.log-type-required": {
    text: "This person's shift needs in or out for every punch, and the terminal does not say which.",
    next: "Set the terminal's direction, or change the shift to alternating entries.",
  },
  "hr.geolocation-required": {
    text: "The HR site demands a location for every punch.",
    next: "Switch off geolocation tracking in HR Settings, or exclude terminals from it.",
  },
  "hr.not-kept": {
    text: 'The HR site answered "saved", but the record is not there or differs.',
    next: "Tandem tries again. If it repeats, tell the administrator.",
  },
  "hr.stopped": {
    text: "The delivery was stopped before this punch was sent.",
    next: "It is sent with the next delivery.",
  },
};
