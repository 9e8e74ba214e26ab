import { SerialNumber } from "@tandem/contracts/domain/ids.ts";

/** Before `_attlog.dat` firmware writes the device number or, newer one, the serial number (`formats.md` §2). */
const PREFIX = /^(.+)_attlog\.dat$/i;
/** A serial number, and no name that somebody gave the file: capitals and digits, with a run of digits. */
const SERIAL = /^(?=.*\d{4})[0-9A-Z]{8,64}$/;

/** What stands before `_attlog.dat`, or null. */
export function attlogPrefix(file: string): string | null {
  return PREFIX.exec(file)?.[1] ?? null;
}

/** The serial number that an attlog's name tells, or null. */
export function serialInName(file: string): SerialNumber | null {
  const prefix = attlogPrefix(file);
  return prefix !== null && SERIAL.test(prefix) ? SerialNumber.parse(prefix) : null;
}
