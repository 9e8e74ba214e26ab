import type { vaultErrors as codes } from "../../../errors/vault.ts";
import type { ErrorTexts } from "../../shape.ts";

export const vaultErrors: ErrorTexts<typeof codes> = {
  "vault.template-missing": {
    text: "There is no sealed copy of these data of {personId}: {kind}.",
    next: "It was never kept, its time is over, or it was erased. Copy from a terminal on which the person is enrolled.",
  },
  "vault.template-damaged": {
    text: "The sealed copy of {personId} cannot be opened: {kind}.",
    next: "It was changed outside Tandem. Restore a backup, or copy again from a terminal on which the person is enrolled.",
  },
  "vault.template-size": {
    text: "A template of {bytes} bytes cannot be stored.",
    next: "The limit is {limit} bytes, and an empty one is none. Enrol the person again on the terminal.",
  },
  "vault.recovery-mistyped": {
    text: "This is not a recovery key: a group is missing or mistyped.",
    next: "Compare it with the printed sheet, group by group, and type it again.",
  },
  "vault.recovery-wrong": {
    text: "This recovery key belongs to another Tandem.",
    next: "Use the sheet that was printed when this data folder was set up.",
  },
  "vault.recovery-missing": {
    text: "No recovery key was made for this data folder.",
    next: "Restore the key file from a backup; without it what is sealed cannot be opened.",
  },
  "vault.recovery-exists": {
    text: "This data folder has a recovery key already.",
    next: "It is shown once only. Use the printed sheet.",
  },
  "vault.no-recovery-key": {
    text: "{sealed} templates are sealed and no recovery key was made: with the key file they would be lost.",
    next: "Run tandem vault recovery-key, print what it shows and lock the sheet away.",
  },
  "vault.unconfirmed": {
    text: "{templates} sealed templates would be destroyed for good.",
    next: "Nothing was changed. If that is what you want, run the same command with --yes.",
  },
  "vault.not-destroyed": {
    text: "It was erased, but its sealed bytes still stand on the disk: another program is reading Tandem's database.",
    next: "Close that program (a backup, a database viewer) and repeat the command. Tandem tries by itself at each start and every 15 minutes.",
  },
};
