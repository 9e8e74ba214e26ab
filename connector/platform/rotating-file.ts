import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

/**
 * A file that grows to `limit` bytes and then makes room for a new one; one older file is kept beside it. Written at once,
 * so that the last words of a process that dies are there.
 */
export class RotatingFile {
  readonly #file: string;
  readonly #older: string;
  readonly #limit: number;
  #descriptor: number;
  #size: number;

  constructor(file: string, older: string, limit: number) {
    this.#file = file;
    this.#older = older;
    this.#limit = limit;
    this.#descriptor = openSync(file, "a", 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#size > 0 && this.#size + bytes.length > this.#limit) this.#rotate();
    writeSync(this.#descriptor, bytes);
    this.#size += bytes.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, this.#older);
    this.#descriptor = openSync(this.#file, "a", 0o600);
    this.#size = 0;
  }
}
