import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { NewConsent } from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";

import { Consents } from "../../../connector/people/consents.ts";
import { People } from "../../../connector/people/people.ts";
import { SealedTemplates } from "../../../connector/vault/sealed-templates.ts";
import { TemplateEraser } from "../../../connector/vault/template-eraser.ts";
import { VaultDesk } from "../../../connector/vault/vault-desk.ts";
import { lookAtRecovery } from "../../../connector/vault/vault-status.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const AN = PersonId.parse("E1");
const BINH = PersonId.parse("E2");
const BYTES = Buffer.from("template-bytes-of-nobody-0815");
const YES = { confirmed: true } as const;
const NO = { confirmed: false } as const;

let data: TempStore;
let templates: SealedTemplates;
let desk: VaultDesk;

beforeEach(async () => {
  data = await openTempStore();
  const people = "person_id,name,department,branch,status,joined,left\nE1,An,,,active,,\nE2,Bình,,,active,,\n";
  await new People(data).importFile("people.csv", people, "cli");
  const { store, audit, clock, settings, personKeys: keys } = data;
  const eraser = new TemplateEraser(audit);
  const consents = new Consents({ store, audit, clock, settings, copies: eraser });
  templates = new SealedTemplates({ store, audit, clock, settings, consents, keys });
  desk = new VaultDesk({ store, audit, settings, eraser });
  await consents.record(NewConsent.parse({ people: "all", kind: "finger", method: "paper", text: "1" }), "cli");
});

afterEach(() => data.close());

async function put(personId: PersonId, finger: number, copy = "copy-1"): Promise<void> {
  await templates.put({ personId, kind: "finger", finger, algorithm: "finger-10" }, BYTES, copy, "cli");
}

/** One kept finger of An, one of Bình that is there for a copy. */
async function fill(): Promise<void> {
  await put(BINH, 1);
  await data.settings.setKeepCopies(true);
  await put(AN, 0);
}

async function left(): Promise<{ people: string[]; keys: string[] }> {
  const rows = await data.store.db.selectFrom("templates").select("person_id").orderBy("person_id").execute();
  const keys = await data.store.db.selectFrom("person_keys").select("person_id").orderBy("person_id").execute();
  return { people: rows.map((row) => row.person_id), keys: keys.map((row) => row.person_id) };
}

async function entries(...actions: string[]): Promise<unknown[]> {
  const rows = await data.store.db
    .selectFrom("audit")
    .select(["action", "actor", "detail"])
    .where("action", "in", actions)
    .orderBy("seq")
    .execute();
  return rows.map(({ action, actor, detail }) => [action, actor, JSON.parse(detail) as unknown]);
}

const NOBODY = { people: [], keys: [] };

describe("the numbers of the vault", () => {
  it("tell what is kept, what goes, whose it is, and the switches", async () => {
    expect(await desk.status()).toEqual({
      ...{ sealed: 0, kept: 0, expiring: 0, people: 0 },
      ...{ keepCopies: false, noBiometrics: false, recoveryKey: false },
    });
    await fill();
    await put(AN, 1);
    await data.createRecoveryKey();
    expect(await desk.status()).toEqual({
      ...{ sealed: 3, kept: 2, expiring: 1, people: 2 },
      ...{ keepCopies: true, noBiometrics: false, recoveryKey: true },
    });
  });

  it("are a finding of doctor while something is sealed and no recovery key was made", async () => {
    const look = () => lookAtRecovery(data.store, data.settings);
    expect(await look()).toEqual({ sealed: 0, recoveryKey: false });
    await put(AN, 0);
    await expect(look()).rejects.toMatchObject({ code: "vault.no-recovery-key", details: { sealed: 1 } });
    await data.createRecoveryKey();
    expect(await look()).toEqual({ sealed: 1, recoveryKey: true });
  });
});

describe("keeping copies", () => {
  it("is switched on with nothing destroyed, and what is sealed from then on is kept", async () => {
    await put(BINH, 1);
    expect(await desk.keepCopies({ on: true, ...NO }, "cli")).toEqual({ on: true, destroyed: 0 });
    await put(AN, 0);
    expect(await desk.status()).toMatchObject({ kept: 1, expiring: 1, keepCopies: true });
  });

  it("is not switched off without a word while copies are kept, and nothing is changed", async () => {
    await fill();
    const switching = desk.keepCopies({ on: false, ...NO }, "cli");
    await expect(switching).rejects.toMatchObject({ code: "vault.unconfirmed", details: { templates: 1 } });
    expect(await left()).toEqual({ people: [AN, BINH], keys: [AN, BINH] });
    expect(data.settings.keepCopies).toBe(true);
    expect(await entries("vault.erase-kept", "settings.keep-copies")).toEqual([]);
  });

  it("destroys the kept copies and their keys when it is switched off, not those of a copy under way", async () => {
    await fill();
    expect(await desk.keepCopies({ on: false, ...YES }, "cli")).toEqual({ on: false, destroyed: 1 });
    expect(await left()).toEqual({ people: [BINH], keys: [BINH] });
    expect(data.settings.keepCopies).toBe(false);
    expect(await entries("vault.erase-kept", "settings.keep-copies")).toEqual([
      ["vault.erase-kept", "cli", { templates: 1 }],
      ["settings.keep-copies", "cli", { on: false, templates: 1 }],
    ]);
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });

  it("is off already without a word and without an entry", async () => {
    await put(BINH, 1);
    expect(await desk.keepCopies({ on: false, ...NO }, "cli")).toEqual({ on: false, destroyed: 0 });
    expect(await entries("settings.keep-copies")).toEqual([]);
  });
});

describe("biometrics", () => {
  it("are not switched off without a word while something is sealed", async () => {
    await fill();
    const switching = desk.biometrics({ on: false, ...NO }, "cli");
    await expect(switching).rejects.toMatchObject({ code: "vault.unconfirmed", details: { templates: 2 } });
    expect(await left()).toEqual({ people: [AN, BINH], keys: [AN, BINH] });
    expect(data.settings.noBiometrics).toBe(false);
  });

  it("take everything sealed with them when they are switched off, and nothing is sealed after that", async () => {
    await fill();
    expect(await desk.biometrics({ on: false, ...YES }, "cli")).toEqual({ on: false, destroyed: 2 });
    expect(await left()).toEqual(NOBODY);
    await expect(put(AN, 0)).rejects.toMatchObject({ code: "consent.biometrics-off" });
    expect(await entries("vault.erase-all", "settings.biometrics")).toEqual([
      ["vault.erase-all", "cli", { templates: 2 }],
      ["settings.biometrics", "cli", { on: false, templates: 2 }],
    ]);
  });

  it("are switched on again with nothing sealed", async () => {
    await desk.biometrics({ on: false, ...NO }, "cli");
    expect(await desk.biometrics({ on: true, ...NO }, "cli")).toEqual({ on: true, destroyed: 0 });
    await put(AN, 0);
    expect(await desk.status()).toMatchObject({ sealed: 1, noBiometrics: false });
  });

  it("switched off in the settings file by hand take everything with the next purge", async () => {
    await fill();
    await data.settings.setNoBiometrics(true);
    expect(await templates.purge()).toBe(2);
    expect(await left()).toEqual(NOBODY);
  });

  it("stay on, with everything sealed, when the settings cannot be written", async () => {
    await fill();
    const failing = new VaultDesk({
      ...data,
      eraser: new TemplateEraser(data.audit),
      settings: {
        keepCopies: true,
        noBiometrics: false,
        setKeepCopies: () => Promise.reject(new Error("disk")),
        setNoBiometrics: () => Promise.reject(new Error("disk")),
      },
    });
    await expect(failing.biometrics({ on: false, ...YES }, "cli")).rejects.toThrow("disk");
    await expect(failing.keepCopies({ on: false, ...YES }, "cli")).rejects.toThrow("disk");
    expect(await left()).toEqual({ people: [AN, BINH], keys: [AN, BINH] });
    expect(await entries("vault.erase-all", "vault.erase-kept")).toEqual([]);
  });
});

describe("erasing people", () => {
  it("destroys their keys and templates and nobody else's, once however often they are named", async () => {
    await fill();
    await put(AN, 1);
    expect(await desk.erase([AN, AN], "cli")).toEqual({ people: 1, destroyed: 2 });
    expect(await left()).toEqual({ people: [BINH], keys: [BINH] });
    expect(await entries("vault.erase-person")).toEqual([["vault.erase-person", "cli", { templates: 2 }]]);
  });

  it("erases nobody when one of them is unknown", async () => {
    await fill();
    const erasing = desk.erase([AN, PersonId.parse("E9")], "cli");
    await expect(erasing).rejects.toMatchObject({ code: "people.unknown", details: { personId: "E9" } });
    expect(await left()).toEqual({ people: [AN, BINH], keys: [AN, BINH] });
  });
});
