import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { openFileLog } from "../../../connector/platform/file-log.ts";
import { RotatingFile } from "../../../connector/platform/rotating-file.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;

beforeEach(async () => {
  home = await makeTempFolder();
});

afterEach(() => home.remove());

describe("The log", () => {
  const lines = async (): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(home.path, "logs/tandem.log"), "utf8");
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test("is written at once, in a folder and a file of this user's alone", async () => {
    const { log, close } = await openFileLog(home.path);
    log.error({ job: "job-1", err: new TypeError("no such thing") }, "a job item failed unexpectedly");
    expect(await lines()).toEqual([
      expect.objectContaining({
        msg: "a job item failed unexpectedly",
        job: "job-1",
        err: expect.objectContaining({ type: "TypeError", message: "no such thing" }) as unknown,
      }),
    ]);
    close();
    expect((await stat(join(home.path, "logs"))).mode & 0o777).toBe(0o700);
    expect((await stat(join(home.path, "logs/tandem.log"))).mode & 0o777).toBe(0o600);
  });

  test("blots out secrets and names wherever they stand", async () => {
    const { log, close } = await openFileLog(home.path);
    log.error({ commKey: 987654, site: { apiSecret: "s3cret", user: { name: "Lan" } } }, "x");
    close();
    expect(JSON.stringify(await lines())).not.toMatch(/s3cret|Lan|987654/);
  });

  test("goes on in the file of the run before", async () => {
    for (const text of ["first", "second"]) {
      const { log, close } = await openFileLog(home.path);
      log.info(text);
      close();
    }
    expect((await lines()).map(({ msg }) => msg)).toEqual(["first", "second"]);
  });
});

describe("A rotating file", () => {
  test("keeps two files, however long it is written to", async () => {
    const [file, older] = [join(home.path, "a.log"), join(home.path, "a.1.log")];
    await writeFile(file, "before\n");
    const rotating = new RotatingFile(file, older, 20);
    for (let line = 0; line < 10; line += 1) rotating.write(`line ${line}\n`);
    rotating.close();
    expect((await readdir(home.path)).sort()).toEqual(["a.1.log", "a.log"]);
    expect(await readFile(older, "utf8")).toBe("line 7\nline 8\n");
    expect(await readFile(file, "utf8")).toBe("line 9\n");
  });

  test("writes a line that is longer than the limit as a whole", async () => {
    const rotating = new RotatingFile(join(home.path, "a.log"), join(home.path, "a.1.log"), 5);
    rotating.write("much too long\n");
    rotating.close();
    expect(await readFile(join(home.path, "a.log"), "utf8")).toBe("much too long\n");
  });
});
