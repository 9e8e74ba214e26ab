import type { FieldType } from "../doctypes/meta.ts";
import type { Profile } from "../site-options.ts";

/** What the stand-in's own browser script is told, in front of its bundle. */
export interface DeskConfig {
  readonly profile: Profile;
  /** `app` or `desk`. */
  readonly prefix: string;
  /** Form tabs as `<button>` and the message inside a container: v16, and late releases of v15 (measured on 15.101). */
  readonly lateForms: boolean;
  readonly fillDelayMs: number;
  readonly sameRefreshMs: number;
  readonly listRefreshMs: number;
  readonly changeDebounceMs: number;
  readonly changePollMs: number;
  readonly wipeFormControls: boolean;
  readonly doctypes: readonly DeskDocType[];
}

export interface DeskDocType {
  readonly name: string;
  readonly slug: string;
  readonly titleField: string | null;
  readonly fields: readonly DeskField[];
}

export interface DeskField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly options: string;
  readonly required: boolean;
  readonly readOnly: boolean;
}
