import { IdSpaceId, type SerialNumber, type TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { ImportRequest, PunchFileFormat } from "@tandem/contracts/domain/punch-file.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { PunchSource } from "../../ledger/ledger.ts";
import type { BookedTerminal } from "../terminal-book.ts";

import { serialInName } from "./file-name.ts";
import type { FilePunch } from "./file-punch.ts";
import { isComplete } from "./ledger-records.ts";

/** The terminal that punches of a file belong to, and the source under which the ledger keeps them. */
export interface ImportTarget extends PunchSource {
  /** Not registered: the import does it. */
  readonly isNew: boolean;
  /** Known from files only, before or from now on. */
  readonly isFileOnly: boolean;
  readonly serial: SerialNumber | null;
  /** The serial number was not known before and is what the file's name tells. */
  readonly learnsSerial: boolean;
}

/** Punches of one terminal, as a file has them. */
export interface Share {
  readonly terminal: TerminalName;
  readonly format: PunchFileFormat;
  readonly punches: readonly FilePunch[];
}

const DEFAULT_ID_SPACE = IdSpaceId.parse("main");

type Request = Pick<ImportRequest, "file" | "idSpace" | "zone" | "direction" | "through">;

/** A terminal that is not registered becomes one known from files only. Errors: `import.other-serial`. */
export function newTarget(
  { terminal, format, punches }: Share,
  { file, idSpace, zone }: Request,
  registered: readonly BookedTerminal[],
  defaultZone: Zone,
): ImportTarget {
  const named = format === "attlog" ? serialInName(file) : null;
  if (named !== null) refuseOtherSerial(terminal, null, named, registered);
  // Should the terminal get an address one day, what is read then must be known from here.
  const serial = punches.every(isComplete) ? named : null;
  return {
    terminal,
    serial,
    source: serial === null ? `file:${terminal}` : `serial:${serial}`,
    idSpace: idSpace ?? punches.find((punch) => punch.idSpace !== undefined)?.idSpace ?? DEFAULT_ID_SPACE,
    zone: zone ?? defaultZone,
    isNew: true,
    isFileOnly: true,
    learnsSerial: false,
  };
}

/**
 * A registered terminal. Its punches get the keys that a read over the network gives them, so that each counts once.
 * Errors: `import.terminal-differs`, `import.other-serial`, `import.serial-unknown`, `import.not-comparable`.
 */
export function registeredTarget(
  booked: BookedTerminal,
  { format, punches }: Share,
  request: Request,
  registered: readonly BookedTerminal[],
): ImportTarget {
  const { name: terminal, idSpace, zone, address } = booked;
  refuseDifference(booked, request);
  const named = format === "attlog" ? serialInName(request.file) : null;
  if (named !== null) refuseOtherSerial(terminal, booked.serial, named, registered);
  const source = sourceOf(booked, named);
  // Only a terminal that is read over the network, or may be one day under this number, has other keys to meet.
  const isForeign = format === "agl" || format === "glg" || !punches.every(isComplete);
  if (isForeign && !source.startsWith("file:")) throw new TandemError("import.not-comparable", { terminal });
  const learnsSerial = address !== null && source.startsWith("serial:") && booked.serial === null;
  const serial = learnsSerial ? named : booked.serial;
  return { terminal, idSpace, zone, source, serial, learnsSerial, isNew: false, isFileOnly: address === null };
}

/** The sources that files of a terminal may belong to, before any is read. */
export function sourcesOf(name: TerminalName, file: string, booked: BookedTerminal | undefined): readonly string[] {
  const named = serialInName(file);
  const serial = booked?.serial ?? named;
  const ofSerial = serial === null ? [] : [`serial:${serial}`];
  if (booked === undefined || booked.address === null) return [`file:${name}`, ...ofSerial];
  return [`address:${booked.address}`, ...ofSerial];
}

/** Must be what a read over the network uses (`terminals/service.ts`), and never change for one terminal. */
function sourceOf({ name, address, serial, lastReadAt }: BookedTerminal, named: SerialNumber | null): string {
  if (serial !== null) return `serial:${serial}`;
  if (address === null) return `file:${name}`;
  if (lastReadAt !== null) return `address:${address}`;
  if (named === null) throw new TandemError("import.serial-unknown", { terminal: name });
  return `serial:${named}`;
}

/** Options that describe a new terminal do not change a registered one, so a different wish must not pass unseen. */
function refuseDifference(booked: BookedTerminal, request: Request): void {
  const { name: terminal } = booked;
  for (const field of ["idSpace", "zone", "direction"] as const) {
    const wanted = request[field];
    if (wanted !== undefined && wanted !== booked[field])
      throw new TandemError("import.terminal-differs", { terminal, field, found: booked[field], wanted });
  }
  // A file proves nothing of when a terminal was read completely over the network.
  if (request.through !== undefined && booked.address !== null)
    throw new TandemError("import.terminal-differs", {
      terminal,
      field: "address",
      found: booked.address,
      wanted: "–",
    });
}

function refuseOtherSerial(
  terminal: TerminalName,
  serial: SerialNumber | null,
  named: SerialNumber,
  registered: readonly BookedTerminal[],
): void {
  const isOthers = registered.some((other) => other.serial === named && other.name !== terminal);
  if (isOthers || (serial !== null && serial !== named))
    throw new TandemError("import.other-serial", { terminal, expected: serial ?? "–", found: named });
}
