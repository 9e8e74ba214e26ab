import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Database from "better-sqlite3";

import { NewConsent, Withdrawal } from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";

import { Consents } from "../../../connector/people/consents.ts";
import { People } from "../../../connector/people/people.ts";
import { dataPaths, takeDataFolder } from "../../../connector/store/data-folder.ts";
import { MIGRATIONS } from "../../../connector/store/migrations/all.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { openStore, openStoreIn } from "../../../connector/store/open-store.ts";
import {
  LONGEST_STAY_MS,
  SealedTemplates,
  TEMPLATE_LIMIT_BYTES,
  type TemplateSlot,
} from "../../../connector/vault/sealed-templates.ts";
import { TemplateEraser } from "../../../connector/vault/template-eraser.ts";
import { VaultDesk } from "../../../connector/vault/vault-desk.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const AN = PersonId.parse("HR-EMP-1");
const BINH = PersonId.parse("HR-EMP-2");
const MARK = "template-bytes-of-nobody-0815";
const BYTES = Buffer.from(MARK);
const slot = (facts: Partial<TemplateSlot> = {}): TemplateSlot => ({
  personId: AN,
  kind: "finger",
  finger: 3,
  algorithm: "finger-10",
  ...facts,
});

let data: TempStore;
let consents: Consents;
let templates: SealedTemplates;
let desk: VaultDesk;

beforeEach(async () => {
  data = await openTempStore();
  const people =
    "person_id,name,department,branch,status,joined,left\nHR-EMP-1,An,,,active,,\nHR-EMP-2,Bình,,,active,,\n";
  await new People(data).importFile("people.csv", people, "cli");
  const { store, audit, clock, settings, personKeys: keys } = data;
  const eraser = new TemplateEraser(audit);
  consents = new Consents({ store, audit, clock, settings, copies: eraser });
  templates = new SealedTemplates({ store, audit, clock, settings, consents, keys });
  desk = new VaultDesk({ store, audit, settings, eraser });
  for (const kind of ["finger", "face"]) {
    await consents.record(NewConsent.parse({ people: [AN, BINH], kind, method: "paper", text: "1" }), "cli");
  }
});

afterEach(() => data.close());

const put = (facts: Partial<TemplateSlot> = {}, bytes: Uint8Array = BYTES, copy = "copy-1") =>
  templates.put(slot(facts), bytes, copy, "cli");
const get = async (facts: Partial<TemplateSlot> = {}, copy = "copy-1") =>
  Buffer.from(await templates.get(slot(facts), copy, "cli")).toString();
const rows = () => data.store.db.selectFrom("templates").selectAll().orderBy("person_id").orderBy("finger").execute();
const keys = () => data.store.db.selectFrom("person_keys").selectAll().orderBy("person_id").execute();
const entries = async (action: string) =>
  (await data.store.db.selectFrom("audit").selectAll().where("action", "=", action).orderBy("seq").execute()).map(
    ({ subject, outcome, detail }) => ({ subject, outcome, detail: JSON.parse(detail) as unknown }),
  );
const withdraw = (kind: string) => consents.withdraw(Withdrawal.parse({ people: [AN], kind }), "cli");

async function filesHolding(bytes: Buffer, home = data.home): Promise<string[]> {
  const files = await readdir(home, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    if ((await readFile(join(file.parentPath, file.name))).includes(bytes)) holding.push(file.name);
  }
  return holding;
}

const missing = { code: "vault.template-missing", details: { personId: AN, kind: "finger" } };
const damaged = { code: "vault.template-damaged", details: { personId: AN, kind: "finger" } };

describe("a sealed template", () => {
  it("comes back byte for byte, and both are audited without the bytes", async () => {
    const all = Uint8Array.from({ length: 1024 }, (_, n) => n % 256);
    await put({}, all);
    expect([...(await templates.get(slot(), "copy-1", "cli"))]).toEqual([...all]);
    const detail = { kind: "finger", finger: 3, algorithm: "finger-10" };
    expect(await entries("vault.put")).toEqual([{ subject: AN, outcome: "succeeded", detail }]);
    expect(await entries("vault.get")).toEqual([{ subject: AN, outcome: "succeeded", detail }]);
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });

  it("is in no file in clear", async () => {
    await put();
    expect(await filesHolding(BYTES)).toEqual([]);
  });

  it("is replaced by the next of its slot, and does not look like an equal one of another", async () => {
    await put({}, Buffer.from("old"));
    await put();
    expect(await get()).toBe(MARK);
    await put({ finger: 4 });
    const [one, two] = await rows();
    expect(await rows()).toHaveLength(2);
    expect(one?.sealed.equals(two?.sealed ?? Buffer.alloc(0))).toBe(false);
  });

  it.each([{ finger: 4 }, { algorithm: "finger-9" }, { kind: "face" as const }, { personId: BINH }])(
    "is not another slot's (%j)",
    async (other) => {
      await put();
      await expect(get(other)).rejects.toMatchObject({ code: "vault.template-missing" });
    },
  );

  it.each([0, TEMPLATE_LIMIT_BYTES + 1])("of %d bytes is refused", async (length) => {
    await expect(put({}, new Uint8Array(length))).rejects.toMatchObject({ code: "vault.template-size" });
    expect(await rows()).toEqual([]);
    expect(await keys()).toEqual([]);
    expect(await entries("vault.put")).toMatchObject([{ outcome: "failed", detail: { code: "vault.template-size" } }]);
  });

  it.each([
    ["a changed byte", (sealed: Buffer) => sealed.fill((sealed[15] ?? 0) ^ 1, 15, 16)],
    ["a changed tag", (sealed: Buffer) => sealed.fill((sealed.at(-1) ?? 0) ^ 1, sealed.length - 1)],
    ["a cut end", (sealed: Buffer) => sealed.subarray(0, -1)],
    ["nothing left", () => Buffer.alloc(0)],
  ])("with %s is refused, and the error shows none of it", async (_, change) => {
    await put();
    const [row] = await rows();
    const sealed = change(Buffer.from(row?.sealed ?? []));
    await data.store.db.updateTable("templates").set({ sealed }).execute();
    const error: unknown = await get().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(damaged);
    expect(inspect(error, { depth: 9 })).not.toContain(MARK);
    expect(await entries("vault.get")).toMatchObject([{ outcome: "failed", detail: { code: damaged.code } }]);
  });

  it.each([
    ["person", { personId: BINH }],
    ["finger", { finger: 4 }],
    ["kind", { kind: "face" as const }],
    ["algorithm", { algorithm: "finger-9" }],
  ])("of another %s that is put in its place is refused", async (_, other) => {
    await put();
    const mine = (await rows())[0]?.sealed.toString("hex");
    await put(other, Buffer.from("of somebody else"));
    const taken = (await rows()).find((row) => row.sealed.toString("hex") !== mine);
    expect(taken).toBeDefined();
    await data.store.db
      .updateTable("templates")
      .set({ sealed: taken?.sealed ?? Buffer.alloc(0) })
      .where("person_id", "=", AN)
      .where("finger", "=", 3)
      .where("kind", "=", "finger")
      .where("algorithm", "=", "finger-10")
      .execute();
    await expect(get()).rejects.toMatchObject(damaged);
  });

  it("of another person is refused also when that person's data key comes with it", async () => {
    await put();
    await put({ personId: BINH });
    const [, key] = await keys();
    await data.store.db
      .updateTable("person_keys")
      .set({ wrapped: key?.wrapped ?? Buffer.alloc(0) })
      .where("person_id", "=", AN)
      .execute();
    await expect(get()).rejects.toMatchObject({ code: "store.key-wrong" });
  });

  it("goes with the transaction: a failed audit entry leaves neither template nor data key", async () => {
    const { store, clock, settings, personKeys } = data;
    let calls = 0;
    const audit = Object.assign(Object.create(data.audit) as typeof data.audit, {
      append: (...args: Parameters<typeof data.audit.append>) =>
        calls++ === 0 ? Promise.reject(new Error("no room")) : data.audit.append(...args),
    });
    const failing = new SealedTemplates({ store, audit, clock, settings, consents, keys: personKeys });
    await expect(failing.put(slot(), BYTES, "copy-1", "cli")).rejects.toThrow("no room");
    expect([await rows(), await keys()]).toEqual([[], []]);
  });
});

describe("consent", () => {
  it("is needed to store and to use, and the refusal is audited", async () => {
    await put();
    await withdraw("face");
    await expect(put({ kind: "face" })).rejects.toMatchObject({ code: "consent.missing" });
    await expect(put({ kind: "photo" })).rejects.toMatchObject({ code: "consent.missing" });
    await expect(get({ kind: "face" })).rejects.toMatchObject({ code: "consent.missing" });
    expect(await get()).toBe(MARK);
    expect(await rows()).toHaveLength(1);
    expect(await entries("vault.put")).toMatchObject([
      { outcome: "succeeded" },
      { outcome: "refused", detail: { code: "consent.missing", kind: "face" } },
      { outcome: "refused", detail: { code: "consent.missing", kind: "photo" } },
    ]);
  });

  it("withdrawn destroys that kind at once, and the data key with the last one", async () => {
    await put();
    await put({ finger: 4 });
    await put({ kind: "face", finger: 0, algorithm: "face-7" });
    await put({ personId: BINH });
    expect(await withdraw("finger")).toEqual({ withdrawn: 1, none: 0, erased: 2 });
    expect((await rows()).map((row) => [row.person_id, row.kind])).toEqual([
      [AN, "face"],
      [BINH, "finger"],
    ]);
    expect(await keys()).toHaveLength(2);
    await withdraw("face");
    expect((await keys()).map((key) => key.person_id)).toEqual([BINH]);
    expect(await entries("vault.erase")).toMatchObject([
      { subject: AN, detail: { kind: "finger", templates: 2 } },
      { subject: AN, detail: { kind: "face", templates: 1 } },
    ]);
  });

  it("does not bring back what was destroyed when it is given again", async () => {
    await put();
    await withdraw("finger");
    await consents.record(NewConsent.parse({ people: [AN], kind: "finger", method: "paper", text: "1" }), "cli");
    await expect(get()).rejects.toMatchObject(missing);
  });

  it("counts for nothing where biometrics are switched off, and erasing still works", async () => {
    await put();
    await data.settings.setNoBiometrics(true);
    await expect(put()).rejects.toMatchObject({ code: "consent.biometrics-off" });
    await expect(get()).rejects.toMatchObject({ code: "consent.biometrics-off" });
    expect(await desk.erase([AN], "cli")).toEqual({ people: 1, destroyed: 1 });
  });
});

describe("time", () => {
  it("ends a template after 24 hours, also before it is purged", async () => {
    await put();
    data.clock.advance(LONGEST_STAY_MS - 1);
    expect(await get()).toBe(MARK);
    expect(await templates.purge()).toBe(0);
    data.clock.advance(1);
    await expect(get()).rejects.toMatchObject(missing);
    expect(await templates.purge()).toBe(1);
    expect([await rows(), await keys()]).toEqual([[], []]);
    expect(await entries("vault.purge")).toMatchObject([{ detail: { templates: 1 } }]);
  });

  it("does not end one on a site that keeps copies, until the site keeps them no longer", async () => {
    await data.settings.setKeepCopies(true);
    await put();
    data.clock.advance(400 * LONGEST_STAY_MS);
    expect(await templates.purge()).toBe(0);
    expect(await templates.endCopy("copy-1", "cli")).toBe(0);
    expect(await get({}, "a later copy")).toBe(MARK);
    await data.settings.setKeepCopies(false);
    expect(await templates.purge()).toBe(1);
    expect(await rows()).toEqual([]);
  });
});

describe("the end of a copy", () => {
  it("destroys what was sealed for it, and nothing of another", async () => {
    await put();
    await put({}, Buffer.from("of the second"), "copy-2");
    expect(await templates.endCopy("copy-1", "cli")).toBe(1);
    await expect(get()).rejects.toMatchObject(missing);
    expect(await get({}, "copy-2")).toBe("of the second");
    expect(await templates.endCopy("copy-2", "cli")).toBe(1);
    expect(await keys()).toEqual([]);
    expect(await templates.endCopy("copy-2", "cli")).toBe(0);
    expect(await entries("vault.end-copy")).toHaveLength(2);
  });
});

describe("erasing a person", () => {
  it("destroys the data key, so that even a restored row stays shut", async () => {
    await put();
    await put({ personId: BINH });
    const [row] = await rows();
    const [key] = await keys();
    expect(await desk.erase([AN], "cli")).toEqual({ people: 1, destroyed: 1 });
    expect((await rows()).map((left) => left.person_id)).toEqual([BINH]);
    expect(await entries("vault.erase-person")).toEqual([
      { subject: AN, outcome: "succeeded", detail: { templates: 1 } },
    ]);
    if (row === undefined || key === undefined) throw new Error("nothing was sealed");
    await data.store.db.insertInto("templates").values(row).execute();
    await expect(get()).rejects.toMatchObject(damaged);
  });

  it("leaves the wrapped key and the sealed bytes in no file", async () => {
    await put();
    const [row] = await rows();
    const [key] = await keys();
    if (row === undefined || key === undefined) throw new Error("nothing was sealed");
    expect(await filesHolding(key.wrapped)).not.toEqual([]);
    await desk.erase([AN], "cli");
    expect(await filesHolding(key.wrapped)).toEqual([]);
    expect(await filesHolding(row.sealed)).toEqual([]);
  });
});

describe("destroyed bytes", () => {
  const kept = { code: "vault.not-destroyed" };

  /** Seals a finger of An; answers the wrapped key and the sealed bytes. */
  async function sealed(): Promise<Buffer[]> {
    await put();
    const [row] = await rows();
    const [key] = await keys();
    if (row === undefined || key === undefined) throw new Error("nothing was sealed");
    return [row.sealed, key.wrapped];
  }

  /** Another program in the middle of reading the database. */
  function startReader(): Database.Database {
    const reader = new Database(dataPaths(data.home).database, { readonly: true });
    reader.exec("begin");
    reader.prepare("select count(*) from templates").get();
    return reader;
  }

  const onDisk = async (secrets: readonly Buffer[]) =>
    (await Promise.all(secrets.map((bytes) => filesHolding(bytes)))).filter((files) => files.length > 0).length;

  it.each<[string, () => Promise<unknown>]>([
    ["erasing a person", () => desk.erase([AN], "cli")],
    ["withdrawing a consent", () => withdraw("finger")],
    ["switching biometrics off", () => desk.biometrics({ on: false, confirmed: true }, "cli")],
  ])("are owned up to while another program reads them, and go when %s is repeated", async (_, destroy) => {
    const secrets = await sealed();
    const reader = startReader();
    try {
      await expect(destroy()).rejects.toMatchObject(kept);
      expect([await rows(), await onDisk(secrets)]).toEqual([[], 2]);
    } finally {
      reader.close();
    }
    await destroy();
    expect(await onDisk(secrets)).toBe(0);
  });

  it("of a copy that ended while another program read them go with the next purge that can", async () => {
    const secrets = await sealed();
    const reader = startReader();
    try {
      expect(await templates.endCopy("copy-1", "cli")).toBe(1);
      await expect(templates.purge()).rejects.toMatchObject(kept);
      expect(await onDisk(secrets)).toBe(2);
    } finally {
      reader.close();
    }
    expect(await templates.purge()).toBe(0);
    expect(await onDisk(secrets)).toBe(0);
  });

  it("that a killed process left in the log go when the data folder is opened", async () => {
    const secrets = await sealed();
    await data.store.transaction((tx) => new TemplateEraser(data.audit).erasePerson(tx, AN, "cli"));
    const killed = await makeTempFolder();
    try {
      await cp(data.home, killed.path, { recursive: true });
      const holding = async () => Promise.all(secrets.map((bytes) => filesHolding(bytes, killed.path)));
      expect((await holding()).flat()).toContain("tandem.db-wal");
      const opened = await openData(killed.path, { clock: data.clock });
      try {
        expect(await holding()).toEqual([[], []]);
      } finally {
        await opened.close();
      }
    } finally {
      await killed.remove();
    }
  });

  it("do not keep the data folder from opening while another program reads the database", async () => {
    await sealed();
    const copy = await makeTempFolder();
    try {
      await cp(data.home, copy.path, { recursive: true });
      const reader = new Database(dataPaths(copy.path).database, { readonly: true });
      reader.exec("begin");
      reader.prepare("select count(*) from templates").get();
      await (await openData(copy.path, { clock: data.clock })).close();
      reader.close();
    } finally {
      await copy.remove();
    }
  });
});

describe("a database of the first release", () => {
  it("keeps its people when it learns of consents and templates", async () => {
    const temp = await makeTempFolder();
    const home = join(temp.path, "home");
    const folder = await takeDataFolder(home);
    const first = MIGRATIONS["0001-first"];
    if (first === undefined) throw new Error("no first migration");
    const only = { getMigrations: () => Promise.resolve({ "0001-first": first }) };
    const old = await openStoreIn(folder, () => folder.release(), only);
    const people = await data.store.db.selectFrom("people").selectAll().orderBy("person_id").execute();
    await old.db.insertInto("people").values(people).execute();
    await old.close();
    const newer = await openStore(home);
    expect(await newer.db.selectFrom("people").selectAll().orderBy("person_id").execute()).toEqual(people);
    expect(people).toHaveLength(2);
    expect(await newer.db.selectFrom("consents").selectAll().execute()).toEqual([]);
    expect(await newer.db.selectFrom("templates").selectAll().execute()).toEqual([]);
    await newer.close();
    await temp.remove();
  });
});
