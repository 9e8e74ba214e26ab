import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const PEOPLE = "person_id,name,department,branch,status,joined,left\nE1,An,,,active,,\nE2,Bình,,,active,,\n";

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let home: string;
const run = (...args: string[]) => tandem(home, ...args);
const record = (...args: string[]) =>
  run("consent", "record", "--kind", "finger", "--method", "paper", "--text", "2026-01", ...args);

beforeEach(async () => {
  temp = await makeTempFolder();
  home = join(temp.path, "home");
  const file = join(temp.path, "people.csv");
  await writeFile(file, PEOPLE);
  expect(await run("people", "import", file)).toMatchObject({ code: 0 });
});

afterEach(() => temp.remove());

describe("tandem consent", () => {
  it("records for all, once, withdraws for one and lists what was written", async () => {
    expect((await record("--all")).json()).toEqual({ recorded: 2, same: 0 });
    expect((await record("--people", "E1, E2")).json()).toEqual({ recorded: 0, same: 2 });
    const withdrawn = await run("consent", "withdraw", "--people", "E2", "--kind", "finger", "--why", "muốn dùng thẻ");
    expect(withdrawn.json()).toEqual({ withdrawn: 1, none: 0, erased: 0 });
    expect((await run("consent", "list", "--person", "E2", "--kind", "finger")).json()).toMatchObject({
      consents: [
        { personId: "E2", action: "given", text: "2026-01", language: "vi", method: "paper", inForce: false },
        { personId: "E2", action: "withdrawn", why: "muốn dùng thẻ", inForce: false },
      ],
    });
    expect((await run("consent", "list", "--kind", "face")).json()).toEqual({ consents: [] });
  });

  it.each([
    ["neither people nor all", []],
    ["both people and all", ["--all", "--people", "E1"]],
    ["an empty ID", ["--people", "E1,,E2"]],
  ])("calls %s a usage error", async (_, args) => {
    expect(await record(...args)).toMatchObject({ code: 2 });
    expect((await run("consent", "list")).json()).toEqual({ consents: [] });
  });

  it.each([
    ["an unknown person", ["--people", "E1,E9"], "people.unknown"],
    ["an unknown purpose", ["--people", "E1", "--purpose", "attendence"], "request.invalid"],
    ["an unknown kind", ["--people", "E1", "--kind", "iris"], "request.invalid"],
    ["an unknown method", ["--people", "E1", "--method", "spoken"], "request.invalid"],
  ])("refuses %s and records nothing", async (_, args, code) => {
    const refused = await record(...args);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(new RegExp(`^${code}: `));
    expect((await run("consent", "list")).json()).toEqual({ consents: [] });
  });

  it("says in Vietnamese that the site has biometrics switched off", async () => {
    const file = join(home, "settings.json");
    await writeFile(file, (await readFile(file, "utf8")).replace('"noBiometrics": false', '"noBiometrics": true'));
    const refused = await record("--all", "--lang", "vi");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^consent\.biometrics-off: Vân tay, khuôn mặt và ảnh đã bị tắt/);
  });
});
