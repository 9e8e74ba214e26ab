import type { importErrors as codes } from "../../../errors/import.ts";
import type { ErrorTexts } from "../../shape.ts";

export const importErrors: ErrorTexts<typeof codes> = {
  "import.file-missing": {
    text: "The file {file} cannot be read.",
    next: "Check its name and that you may read it.",
  },
  "import.too-large": {
    text: "The file is larger than {limit} MB.",
    next: "Split it and import the parts.",
  },
  "import.encoding": {
    text: "The file is not UTF-8 text (line {line}).",
    next: 'Save it again as "CSV UTF-8".',
  },
  "import.empty": {
    text: "The file has no rows.",
    next: "Check that you chose the right file.",
  },
  "import.columns": {
    text: "The column {field} is missing or unknown (line {line}).",
    next: "The first line must read: {expected}",
  },
  "import.row": {
    text: "Line {line}, column {field}: {problem}",
    next: "Correct this line and import the file again; nothing of it was taken.",
  },
  "import.duplicate-row": {
    text: "Line {line} repeats line {first}.",
    next: "Remove one of them and import the file again; nothing of it was taken.",
  },
  "import.unknown-format": {
    text: "The file {file} is in no form that Tandem knows.",
    next: "Choose the file ending in _attlog.dat, AGL_001.TXT or GLG_001.TXT, or a CSV with the columns that the manual names.",
  },
  "import.cut-off": {
    text: "The file is incomplete: it says that it has {want} punches and holds {got}.",
    next: "Nothing was taken. Copy the file from the USB stick again, or export it on the terminal again.",
  },
  "import.date-order": {
    text: "The dates in this file can be read in two ways, for example {sample}.",
    next: "Nothing was taken. Say which is meant: --dates dmy for day first, --dates mdy for month first.",
  },
  "import.date-orders": {
    text: "The dates in this file contradict each other, or what was said of them, for example {sample}.",
    next: "Nothing was taken. Export the file on the terminal again; do not put files together by hand.",
  },
  "import.column-order": {
    text: "The columns of this file can be read in two ways: {sample}.",
    next: "Nothing was taken. Say which is right: --order vendor for a file from a USB stick, --order push for one that a server saved.",
  },
  "import.column-orders": {
    text: "Earlier files of this terminal were read in the order {known}; read in another, its punches would count twice: {sample}.",
    next: "Nothing was taken. Leave --order out, or choose a file of the same kind as before. If the earlier ones were read wrongly, import all of them under a new name.",
  },
  "import.template-file": {
    text: "The file {file} contains fingerprints or faces. It is not needed for attendance and must not leave the terminal.",
    next: "Choose the file ending in _attlog.dat, and delete this one from the stick.",
  },
  "import.users-file": {
    text: "The file {file} lists the users of a terminal and holds no punches.",
    next: "Choose the file ending in _attlog.dat. To see who is in this one: tandem users list --file FILE",
  },
  "import.not-needed": {
    text: "The file {file} holds no punches.",
    next: "It is harmless and not needed. Choose the file ending in _attlog.dat.",
  },
  "import.terminal-unnamed": {
    text: "The file {file} does not say which terminal it is from.",
    next: "Name it with --terminal NAME. A name that is not registered yet becomes a terminal known from files only.",
  },
  "import.terminal-differs": {
    text: "{terminal} is registered with {field} {found}, not {wanted}.",
    next: "Nothing was taken. Leave that option out, or name another terminal.",
  },
  "import.other-serial": {
    text: "The file is from the terminal with serial number {found}, but {terminal} has {expected}.",
    next: "Nothing was taken. Name the right terminal with --terminal, or rename the file if its name is wrong.",
  },
  "import.serial-unknown": {
    text: "Tandem does not know the serial number of {terminal} yet and could count its punches twice.",
    next: "Run: tandem terminals check NAME, or pull it once. Then import the file again.",
  },
  "import.not-comparable": {
    text: "The punches of this file cannot be compared with those that Tandem has of {terminal}, so they could be counted twice.",
    next: "Nothing was taken. Choose a file with the same columns as before, or read the terminal over the network: tandem terminals pull NAME. If it is out of reach for good, import the file under a new name.",
  },
  "import.users-mismatch": {
    text: "The file {file} holds fingerprints of users who are not in this user.dat, so the two are not of one export.",
    next: "Nothing was kept. Export both again on the terminal in one go, and take both files from that export.",
  },
  "import.templates-not-kept": {
    text: "This site keeps no copies of fingerprints, so Tandem does not read them from a file.",
    next: "Copy people from a terminal instead: tandem copy plan --from NAME --to NAME. Or let copies be kept: tandem vault keep on",
  },
  "import.templates-unreadable": {
    text: "The file {file} holds no fingerprints that Tandem can read whole.",
    next: "Nothing was kept. Choose template.fp10 or template.dat and check that it was copied whole; faces are copied from a terminal only.",
  },
  "import.not-written": {
    text: "The file {file} cannot be written.",
    next: "Check that the folder exists, that you may write there, and that the disk is not full.",
  },
  "import.users-unreadable": {
    text: "The file {file} is no list of users that Tandem can read ({bytes} bytes).",
    next: "Choose the file user.dat of a ZKTeco USB export, and check that it was copied whole.",
  },
};
