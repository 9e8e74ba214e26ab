import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { freePort, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const BIN = join(import.meta.dirname, "../../../connector/bin/tandem.js");

/** What stands in the console of `tandem start`, and its keyboard. `script` gives the program a terminal of its own. */
class Console {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly ended: Promise<unknown[]>;
  #text = "";
  #onText: () => void = () => undefined;

  constructor(home: string, language: string) {
    // `exec`, because a shell that waits for the program gets the console's Ctrl+C too, and some end by it.
    const command = `exec ${process.execPath} ${BIN} --home ${home} --lang ${language} start --port ${freePort()}`;
    this.#child = spawn("script", ["-qfec", command, "/dev/null"], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, SHELL: "/bin/sh" },
    });
    this.#child.stdout.setEncoding("utf8").on("data", (part: string) => {
      this.#text += part;
      this.#onText();
    });
    this.ended = once(this.#child, "close");
  }

  get text(): string {
    return this.#text.replaceAll("\r", "");
  }

  press(key: string): void {
    this.#child.stdin.write(key);
  }

  /** Resolves once the console shows something of this form. */
  shows(form: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      this.#onText = () => {
        const found = form.exec(this.text);
        if (found !== null) resolve(found);
      };
      this.#onText();
    });
  }

  kill(): void {
    this.#child.kill();
  }
}

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let screen: Console;

beforeEach(async () => {
  home = await makeTempFolder();
});
afterEach(async () => {
  screen.kill();
  await screen.ended;
  await home.remove();
});

describe("the console of tandem start", () => {
  test("says where the data is, where it listens, what to load and how to pair", async () => {
    screen = new Console(home.path, "en");
    await screen.shows(/press Enter/);
    expect(screen.text).toMatch(/^Tandem 0\.1\.0\nData folder: {2}/);
    expect(screen.text).toContain(home.path);
    expect(screen.text).toMatch(/Listening on: http:\/\/127\.0\.0\.1:\d+\n/);
    expect(screen.text).toMatch(/extension/i);
    expect(screen.text).not.toMatch(/code/i);
  });

  test("gives a pairing code for Enter, which opens pairing as the command does", async () => {
    screen = new Console(home.path, "vi");
    await screen.shows(/Enter/);
    screen.press("\n");
    const [, code] = await screen.shows(/([0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5})/);
    expect(code).toHaveLength(11);
    // Three codes in ten minutes, wherever they were asked for.
    await tandem(home.path, "pair");
    await tandem(home.path, "pair");
    const { json } = await tandem(home.path, "pair");
    expect(json()).toMatchObject({ error: { code: "pairing.too-many-attempts" } });
  });

  test("ends with Ctrl+C, cleanly", async () => {
    screen = new Console(home.path, "en");
    await screen.shows(/press Enter/);
    screen.press("\u0003");
    const [code] = await screen.ended;
    expect([code, screen.text]).toEqual([0, expect.stringContaining("Stopping")]);
  });
});
