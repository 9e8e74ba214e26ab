import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { NewConsent } from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";

import { Consents } from "../../../connector/people/consents.ts";
import { systemClock as clock } from "../../../connector/platform/clock.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { SealedTemplates } from "../../../connector/vault/sealed-templates.ts";
import { TemplateEraser } from "../../../connector/vault/template-eraser.ts";
import { runTandem, startConnectorProcess, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const PEOPLE = "person_id,name,department,branch,status,joined,left\nE1,An,,,active,,\nE2,Bình,,,active,,\n";
const KEY = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/;
const KeyDocument = z.object({ recoveryKey: z.string().regex(KEY) });

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let home: string;
const run = (...args: string[]) => tandem(home, ...args);
const keyFile = () => join(home, "keys", "master.key");
const restore = (input: string) => runTandem(["--home", home, "--json", "vault", "restore-key"], {}, input);

beforeEach(async () => {
  temp = await makeTempFolder();
  home = join(temp.path, "home");
  const file = join(temp.path, "people.csv");
  await writeFile(file, PEOPLE);
  expect(await run("people", "import", file)).toMatchObject({ code: 0 });
});

afterEach(() => temp.remove());

/** Seals a finger of E1, kept, and one of E2 for a copy. */
async function seal(): Promise<void> {
  const data = await openData(home, { clock });
  const { store, audit, settings, personKeys: keys } = data;
  const eraser = new TemplateEraser(audit);
  const consents = new Consents({ store, audit, clock, settings, copies: eraser });
  const templates = new SealedTemplates({ store, audit, clock, settings, consents, keys });
  await consents.record(NewConsent.parse({ people: "all", kind: "finger", method: "paper", text: "1" }), "test");
  for (const [person, keep] of [
    ["E1", true],
    ["E2", false],
  ] as const) {
    await settings.setKeepCopies(keep);
    const slot = { personId: PersonId.parse(person), kind: "finger", finger: 1, algorithm: "finger-10" } as const;
    await templates.put(slot, Buffer.from("nobody's finger"), "copy-1", "test");
  }
  await settings.setKeepCopies(true);
  await data.close();
}

async function filesHolding(text: string): Promise<string[]> {
  const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
  return files.filter((_, at) => contents[at]?.includes(text)).map(({ name }) => name);
}

async function makeKey(): Promise<string> {
  return KeyDocument.parse((await run("vault", "recovery-key")).json()).recoveryKey;
}

const facts = { people: 2, keepCopies: true, noBiometrics: false, recoveryKey: false };

describe("tandem vault recovery-key and restore-key", () => {
  it("show the key once, and put the lost key file back with it", async () => {
    const printed = await makeKey();
    const again = await run("vault", "recovery-key");
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/^vault\.recovery-exists: /)]);
    const before = await readFile(keyFile(), "utf8");
    await rm(keyFile());
    expect((await run("vault", "status")).stderr).toMatch(/^store\.key-missing: /);

    const restored = await restore(`  ${printed.toLowerCase().replaceAll("-", " ")}\n`);

    expect([restored.code, restored.json()]).toEqual([0, { restored: true }]);
    expect(await readFile(keyFile(), "utf8")).toBe(before);
    expect((await run("vault", "status")).json()).toMatchObject({ recoveryKey: true });
    expect((await run("audit", "verify")).json()).toMatchObject({ ok: true });
  });

  it("write into the audit log that they were used, and nothing of the key", async () => {
    const printed = await makeKey();
    await rm(keyFile());
    await restore(printed);
    const data = await openData(home, { clock });
    const rows = await data.store.db.selectFrom("audit").selectAll().orderBy("seq").execute();
    await data.close();

    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["recovery.create", "recovery.restore"]));
    expect(JSON.stringify(rows)).not.toContain(printed.slice(0, 9));
  });

  it.each([
    ["nothing", "", "vault.recovery-mistyped"],
    ["another key", `${"0000-".repeat(8)}0000\n`, "vault.recovery-mistyped"],
    ["a flood", "0".repeat(100_000), "vault.recovery-mistyped"],
  ])("refuse %s, and no key file is made", async (_, input, code) => {
    await makeKey();
    await rm(keyFile());
    const { code: exit, stderr, stdout } = await restore(input);

    expect([exit, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^${code}: `))]);
    expect(stdout).not.toContain("0000-0000");
    await expect(readFile(keyFile())).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("never replace a key file that is there", async () => {
    const printed = await makeKey();
    const before = await readFile(keyFile(), "utf8");

    expect((await restore(printed)).stderr).toMatch(/^store\.key-exists: /);
    expect(await readFile(keyFile(), "utf8")).toBe(before);
  });

  it("take no key as an argument", async () => {
    const { code } = await run("vault", "restore-key", "0000-0000");
    expect(code).toBe(2);
  });

  it("make nothing where there is no data folder", async () => {
    home = join(temp.path, "nowhere");

    expect((await restore("0000")).stderr).toMatch(/^vault\.recovery-missing: /);
    await expect(readFile(join(home, "tandem.db"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("tandem vault and biometrics", () => {
  it("count what is sealed, and doctor asks for a recovery key until there is one", async () => {
    await seal();
    const finding = async () => {
      const { findings } = (await run("doctor")).json() as { findings: { id: string; code: string | null }[] };
      return findings.find(({ id }) => id === "recovery")?.code;
    };
    expect((await run("vault", "status")).json()).toEqual({ sealed: 2, kept: 1, expiring: 1, ...facts });
    expect(await finding()).toBe("vault.no-recovery-key");
    await makeKey();
    expect(await finding()).toBeNull();
  });

  it("destroy the kept copies when told so twice, and only those", async () => {
    await seal();
    const first = await run("vault", "keep", "off");
    expect([first.code, first.stderr]).toEqual([1, expect.stringMatching(/^vault\.unconfirmed: 1 sealed templates/)]);
    expect((await run("vault", "keep", "off", "--yes")).json()).toEqual({ on: false, destroyed: 1 });
    expect((await run("vault", "status")).json()).toMatchObject({ sealed: 1, kept: 0, keepCopies: false });
  });

  it("destroy everything sealed when biometrics are switched off", async () => {
    await seal();
    expect((await run("biometrics", "off", "--lang", "vi")).stderr).toMatch(/^vault\.unconfirmed: 2 mẫu/);
    expect((await run("biometrics", "off", "--yes")).json()).toEqual({ on: false, destroyed: 2 });
    expect((await run("vault", "status")).json()).toMatchObject({ sealed: 0, noBiometrics: true });
    expect((await run("biometrics", "on")).json()).toEqual({ on: true, destroyed: 0 });
  });

  it("erase people by name, and nobody when a name is wrong", async () => {
    await seal();
    const wrong = await run("vault", "erase", "--people", "E1,E9");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/^people\.unknown: /)]);
    expect((await run("vault", "erase", "--people", "E1")).json()).toEqual({ people: 1, destroyed: 1 });
    expect((await run("vault", "status")).json()).toMatchObject({ sealed: 1, people: 1 });
  });

  it("work on a running connector, which cannot be given its key back", async () => {
    const connector = await startConnectorProcess(home);
    try {
      expect((await run("vault", "keep", "on")).json()).toEqual({ on: true, destroyed: 0 });
      expect((await run("vault", "status")).json()).toMatchObject({ sealed: 0, keepCopies: true });
      const printed = await makeKey();
      expect((await restore(printed)).stderr).toMatch(/^store\.in-use: /);
      expect(await filesHolding(printed.slice(0, 9))).toEqual([]);
    } finally {
      await connector.stop();
    }
  });

  it.each([
    [["vault", "keep", "maybe"]],
    [["vault", "keep"]],
    [["biometrics"]],
    [["vault", "erase"]],
    [["vault", "erase", "--people", "E1,,E2"]],
  ])("call %j a usage error", async (args) => {
    expect((await run(...args)).code).toBe(2);
  });

  it("speak to people in their language", async () => {
    const said = await runTandem(["--home", home, "--lang", "vi", "vault", "status"]);
    expect(said.stdout).toContain("Chưa có khóa khôi phục.");
    const shown = await runTandem(["--home", home, "vault", "recovery-key"]);
    expect(shown.stdout.split("\n")[0]).toMatch(KEY);
    expect(shown.stdout).toContain("Print this key");
  });
});
