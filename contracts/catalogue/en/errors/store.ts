import type { storeErrors as codes } from "../../../errors/store.ts";
import type { ErrorTexts } from "../../shape.ts";

export const storeErrors: ErrorTexts<typeof codes> = {
  "store.folder-unusable": {
    text: "The data folder {folder} cannot be used.",
    next: "Check that it exists and that this user may write in it, or choose another with --home.",
  },
  "store.folder-exposed": {
    text: "Other users of this PC can read the data folder {folder}.",
    next: "It holds names and punches. Restrict it to the user that runs Tandem (on Linux: chmod 700).",
  },
  "store.clock-wrong": {
    text: "This PC's clock stands at {now}, which cannot be.",
    next: "Set the date and switch on automatic time in Windows, then start Tandem again.",
  },
  "store.network-drive": {
    text: "The data folder {folder} is on a network drive ({kind}).",
    next: "Choose a folder on this PC's own disk with --home; a network drive can damage the database.",
  },
  "store.cloud-folder": {
    text: "The data folder {folder} is inside a synchronised cloud folder ({kind}).",
    next: "Choose a folder that is not synchronised with --home.",
  },
  "store.read-only": {
    text: "Tandem may not write in the data folder {folder}.",
    next: "Give this Windows user the right to write there, or choose another folder with --home.",
  },
  "store.disk-full": {
    text: "The disk with the data folder is full.",
    next: "Free some space. What was not stored is read from the terminals again.",
  },
  "store.in-use": {
    text: "Another connector is using the data folder {folder}.",
    next: "Stop the other one first, or choose another folder with --home.",
  },
  "store.newer-version": {
    text: "The data folder is from a newer Tandem ({found}).",
    next: "Start the newer version; this one cannot read it and changes nothing.",
  },
  "store.damaged": {
    text: "The database is damaged: {finding}",
    next: "Stop Tandem and restore the last backup; the terminals still hold their punches.",
  },
  "store.settings-damaged": {
    text: "The settings file cannot be read ({field}: {problem}).",
    next: "Correct the file {file}, or restore it from a backup.",
  },
  "store.key-missing": {
    text: "The key file {file} is missing.",
    next: "Put it back from your backup, or with the printed recovery key: tandem vault restore-key. Tandem does not make a new key over existing data.",
  },
  "store.key-wrong": {
    text: "The key file does not fit this database.",
    next: "Put back the key file that belongs to this data folder.",
  },
  "store.key-exposed": {
    text: "Other users of this PC can read the key file {file}.",
    next: "Restrict the file to the user that runs Tandem (on Linux: chmod 600).",
  },
  "store.key-exists": {
    text: "There is a key file {file} already.",
    next: "Nothing was changed. Keep the file: what is stored can be read with it only.",
  },
  "store.secret-missing": {
    text: "A stored secret ({ref}) is missing.",
    next: "Enter it again.",
  },
  "store.audit-broken": {
    text: "The audit log was changed after it was written, at entry {seq}.",
    next: "Keep the data folder as it is and tell the person responsible for data protection.",
  },
};
