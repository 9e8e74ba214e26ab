import { z } from "zod";

import { Scheme } from "./id-link.ts";
import { IdSpaceId, PersonId, SerialNumber, TerminalName, UserId } from "./ids.ts";
import { Direction, PullResult } from "./terminal.ts";
import { LocalDate, LocalDateTime, Zone } from "./time.ts";

/** Files of punches that can be imported (`formats.md` §2, §5; design §5.2). `glg` is `agl` with the new records only. */
export const PunchFileFormat = z.enum(["csv", "attlog", "agl", "glg"]);
export type PunchFileFormat = z.infer<typeof PunchFileFormat>;

/** Order of day and month where the year stands last. */
export const DateOrder = z.enum(["dmy", "mdy"]);
export type DateOrder = z.infer<typeof DateOrder>;

/** Columns behind the time: device, state, verify, work code (`vendor`), or state, verify, work code (`push`). */
export const AttlogOrder = z.enum(["vendor", "push"]);
export type AttlogOrder = z.infer<typeof AttlogOrder>;

/** A file as the command line reads it: its name without folders, and its bytes. */
export const FileBytes = z.object({ file: z.string().min(1).max(255), bytes: z.base64() });
export type FileBytes = z.infer<typeof FileBytes>;

export const ImportRequest = FileBytes.extend({
  format: PunchFileFormat.or(z.literal("auto")).default("auto"),
  /** Whose punches these are; only a CSV, or a file named after a registered serial number, says it itself. */
  terminal: TerminalName.optional(),
  /** For a terminal that is not registered yet. */
  idSpace: IdSpaceId.optional(),
  zone: Zone.optional(),
  direction: Direction.optional(),
  /** Until when the file is complete, for a terminal known from files only; its latest punch where it is not given. */
  through: LocalDateTime.optional(),
  dates: DateOrder.optional(),
  order: AttlogOrder.optional(),
  /** Only tell what an import would do. */
  preview: z.stringbool().or(z.boolean()).default(false),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

/** A row that was not understood. `reason` is the field, what was found and what is wanted, the same in every language. */
export const RejectedRow = z.object({
  raw: z.string(),
  reason: z.string(),
  line: z.number().int(),
  field: z.string(),
});
export type RejectedRow = z.infer<typeof RejectedRow>;

/** What somebody should look at before the import. */
export const ImportWarningCode = z.enum([
  /** The columns of an attlog can be read in two ways, which `values` show; the vendor's was taken. */
  "column-order",
  /** Directions whose meaning is not known, each with its count; they are kept as they are. */
  "unknown-directions",
  /** Two columns of codes without a header: nobody knows which is which. */
  "unknown-codes",
  /** The binary twin has no directions: take the text file where both are there. */
  "prefer-text",
]);
export const ImportWarning = z.object({ code: ImportWarningCode, values: z.array(z.string()) });
export type ImportWarning = z.infer<typeof ImportWarning>;

/** Result for one terminal of the file; counts as of a pull. */
export const TerminalImport = z.object({
  terminal: TerminalName,
  /** Registered by this import, as one known from files only. */
  isNew: z.boolean(),
  idSpace: IdSpaceId,
  serial: SerialNumber.nullable(),
  read: z.number().int(),
  added: z.number().int(),
  known: z.number().int(),
  quarantined: z.number().int(),
});
export type TerminalImport = z.infer<typeof TerminalImport>;

/** Result of an import, or of its preview. `read` = `added` + `known` + `rejected.length`, as of a pull. */
export const ImportResult = PullResult.extend({
  /** Null where the file names none or several; `terminals` has them all. */
  terminal: TerminalName.nullable(),
  rejected: z.array(RejectedRow),
  preview: z.boolean(),
  file: z.string(),
  /** SHA-256 of the file, hexadecimal. */
  sha256: z.string(),
  format: PunchFileFormat,
  /** First and last day of the punches. */
  period: z.object({ from: LocalDate, to: LocalDate }).nullable(),
  /** Punches more than two days ahead of the terminal's zone: they are stored, and held. */
  future: z.number().int(),
  /** User IDs that no person is linked to, with the new punches of each. */
  unknownIds: z.array(z.object({ idSpace: IdSpaceId, userId: UserId, punches: z.number().int() })),
  warnings: z.array(ImportWarning),
  /** Terminals as the file itself names them: device numbers, and a serial number where it tells one. */
  devices: z.array(z.string()),
  terminals: z.array(TerminalImport),
});
export type ImportResult = z.infer<typeof ImportResult>;

/** What an export is written as: for this program, for others, for the old program (`formats.md` §13). */
export const ExportFormat = z.enum(["csv", "json", "attlog"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportRequest = z.object({
  from: LocalDate,
  to: LocalDate,
  format: ExportFormat.default("csv"),
  /** Which IDs of people to write; as the terminals recorded them where it is not given. */
  ids: Scheme.optional(),
  terminal: TerminalName.optional(),
  separator: z.enum([",", ";"]).default(","),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

export const ExportResult = z.object({
  format: ExportFormat,
  /** The file's contents. */
  text: z.string(),
  /** Punches written, each copy of a repeated one counted. */
  punches: z.number().int(),
  /** Punches of the ledger that have no time, which no file can hold; whatever the days. */
  undated: z.number().int(),
  /** Punches left out because nobody is known to have an ID of the wanted scheme for them. */
  withoutId: z.number().int(),
});
export type ExportResult = z.infer<typeof ExportResult>;

/** Fingerprints of a USB export, with the `user.dat` of the same export in base64. */
export const TemplateImportRequest = FileBytes.extend({ users: z.base64(), idSpace: IdSpaceId });
export type TemplateImportRequest = z.infer<typeof TemplateImportRequest>;

export const TemplateImportResult = z.object({
  file: z.string(),
  /** `~ZKFPVersion` of terminals that take these fingerprints. */
  version: z.enum(["9", "10"]),
  read: z.number().int(),
  sealed: z.number().int(),
  /** Duress and invalid fingers, which are not kept. */
  notNormal: z.number().int(),
  /** User IDs that mean nobody in this ID space today; their fingerprints were not kept. */
  unlinked: z.array(UserId),
  /** People without a consent on record; their fingerprints were not kept. */
  withoutConsent: z.array(PersonId),
});
export type TemplateImportResult = z.infer<typeof TemplateImportResult>;
