import type { Adapter } from "lowdb";
import { z } from "zod";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { FileSystem } from "../platform/file-system.ts";

import { SETTINGS_VERSION, SettingsData } from "./settings-data.ts";

/** `settings.json` for lowdb: read strictly, written as a whole and synced, so that a power cut leaves a valid file. */
export class SettingsFile implements Adapter<SettingsData> {
  readonly #file: string;
  readonly #fs: FileSystem;

  constructor(file: string, fs: FileSystem) {
    this.#file = file;
    this.#fs = fs;
  }

  /** Null when there is no file. Errors: `store.settings-damaged` (names the field), `store.newer-version`. */
  async read(): Promise<SettingsData | null> {
    const text = await this.#fs.readText(this.#file);
    return text === null ? null : this.#parse(text);
  }

  async write(data: SettingsData): Promise<void> {
    await this.#fs.writeDurably(this.#file, `${JSON.stringify(data, null, 2)}\n`, 0o600);
  }

  #parse(text: string): SettingsData {
    const json = this.#parseJson(text);
    const stated = z.object({ version: z.number() }).safeParse(json);
    if (stated.success && stated.data.version > SETTINGS_VERSION) {
      throw new TandemError("store.newer-version", { found: `settings.json, version ${stated.data.version}` });
    }
    const parsed = SettingsData.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw this.#damaged(issue === undefined ? "" : fieldName(issue), issue?.message ?? "invalid");
  }

  #parseJson(text: string): unknown {
    try {
      // Windows editors put a byte order mark in front.
      return JSON.parse(text.replace(/^\uFEFF/, ""));
    } catch (error) {
      throw this.#damaged(placeOf(error, text), "is not valid JSON");
    }
  }

  #damaged(field: string, problem: string): TandemError {
    return new TandemError("store.settings-damaged", { file: this.#file, field, problem });
  }
}

/** `clients[0].origin`; for a field that is not known, the field itself. */
function fieldName(issue: z.core.$ZodIssue): string {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const name = path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
  return name === "" ? "settings" : name;
}

function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(String(error))?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  return `line ${before.split("\n").length}`;
}
