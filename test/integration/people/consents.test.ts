import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { NewConsent, Withdrawal } from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";

import { Consents } from "../../../connector/people/consents.ts";
import { People } from "../../../connector/people/people.ts";
import { TemplateEraser } from "../../../connector/vault/template-eraser.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const PEOPLE = `person_id,name,department,branch,status,joined,left
1,An,,,active,,
2,Bình,,,suspended,,
3,Chi,,,left,,2026-06-30
4,Dũng,,,inactive,,
`;
const [AN, BINH, CHI] = ["1", "2", "3"].map((id) => PersonId.parse(id)) as [PersonId, PersonId, PersonId];
const STRANGER = PersonId.parse("99");

let data: TempStore;
let consents: Consents;

beforeEach(async () => {
  data = await openTempStore();
  await new People(data).importFile("people.csv", PEOPLE, "cli");
  consents = consentsOf();
});

afterEach(() => data.close());

const consentsOf = (audit = data.audit) =>
  new Consents({ ...data, audit, settings: data.settings, copies: new TemplateEraser(audit) });
const asked = (facts: object = {}) =>
  NewConsent.parse({ people: [AN], kind: "finger", method: "paper", text: "2026-01", ...facts });
const withdrawn = (facts: object = {}) => Withdrawal.parse({ people: [AN], kind: "finger", ...facts });
const rows = () => data.store.db.selectFrom("consents").selectAll().orderBy("id").execute();
const entries = async () =>
  (await data.store.db.selectFrom("audit").selectAll().where("action", "like", "consent.%").execute()).map(
    ({ action, subject, actor }) => `${action} ${subject} ${actor}`,
  );

describe("recording a consent", () => {
  it("writes down who agreed to which text, how, when and who says so", async () => {
    expect(await consents.record(asked(), "cli")).toEqual({ recorded: 1, same: 0 });
    expect(await consents.list()).toEqual([
      {
        id: 1,
        personId: "1",
        kind: "finger",
        purpose: "attendance",
        action: "given",
        text: "2026-01",
        language: "vi",
        method: "paper",
        at: "2026-11-24T08:00:00.000Z",
        actor: "cli",
        why: "",
        inForce: true,
      },
    ]);
    expect(await entries()).toEqual(["consent.record 1 cli"]);
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });

  it("again to the same text adds no record and no audit entry", async () => {
    await consents.record(asked(), "cli");
    expect(await consents.record(asked({ people: [AN, AN, BINH] }), "cli")).toEqual({ recorded: 1, same: 1 });
    expect(await rows()).toHaveLength(2);
    expect(await entries()).toHaveLength(2);
  });

  it.each([{ text: "2026-02" }, { language: "en" }, { method: "esign" }])(
    "to something else (%j) adds a record and leaves the first as it was",
    async (change) => {
      await consents.record(asked(), "cli");
      const [before] = await rows();
      expect(await consents.record(asked(change), "cli")).toEqual({ recorded: 1, same: 0 });
      const after = await rows();
      expect(after[0]).toEqual(before);
      expect((await consents.list()).map((consent) => consent.inForce)).toEqual([false, true]);
    },
  );

  it("of all means whoever has not left", async () => {
    expect(await consents.record(asked({ people: "all" }), "cli")).toEqual({ recorded: 2, same: 0 });
    expect((await rows()).map((row) => row.person_id)).toEqual(["1", "2"]);
  });

  it("is refused as a whole when one person is unknown", async () => {
    const work = consents.record(asked({ people: [AN, STRANGER] }), "cli");
    await expect(work).rejects.toMatchObject({ code: "people.unknown", details: { personId: "99" } });
    expect(await rows()).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it("leaves nothing behind when the audit log cannot be written", async () => {
    let left = 1;
    const failing = Object.assign(Object.create(data.audit) as typeof data.audit, {
      append: async (...args: Parameters<typeof data.audit.append>) => {
        if (left-- === 0) throw new Error("no room for the entry");
        await data.audit.append(...args);
      },
    });
    await expect(consentsOf(failing).record(asked({ people: "all" }), "cli")).rejects.toThrow("no room for the entry");
    expect(await rows()).toEqual([]);
    expect(await entries()).toEqual([]);
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });

  it.each([
    { kind: "iris" },
    { purpose: "attendence" },
    { method: "spoken" },
    { text: "  " },
    { language: "fr" },
    { people: [] },
    { people: [""] },
    { people: "1" },
  ])("cannot be asked for with %j", (wrong) => {
    expect(NewConsent.safeParse({ ...asked(), ...wrong }).success).toBe(false);
  });
});

describe("a consent on record", () => {
  it("permits that person and that kind only", async () => {
    await consents.record(asked(), "cli");
    await consents.require([AN], "finger");
    expect([...(await consents.allowed([AN, BINH, STRANGER], "finger"))]).toEqual(["1"]);
    const missing = (personId: string, kind: string) => ({ code: "consent.missing", details: { personId, kind } });
    await expect(consents.require([AN, BINH], "finger")).rejects.toMatchObject(missing("2", "finger"));
    await expect(consents.require([AN], "face")).rejects.toMatchObject(missing("1", "face"));
    await expect(consents.require([AN], "finger", { purpose: "door" })).rejects.toMatchObject(missing("1", "finger"));
  });

  it("is found among many people too", async () => {
    const header = "person_id,name,department,branch,status,joined,left\n";
    const ids = Array.from({ length: 500 }, (_, n) => PersonId.parse(`P${n}`));
    await new People(data).importFile("p.csv", header + ids.map((id) => `${id},N,,,active,,\n`).join(""), "cli");
    await consents.record(asked({ people: ids.slice(1) }), "cli");
    expect((await consents.allowed(ids, "finger")).size).toBe(499);
    await expect(consents.require(ids, "finger")).rejects.toMatchObject({ details: { personId: "P0" } });
  });

  it("can be asked for inside the transaction of what it permits", async () => {
    await consents.record(asked(), "cli");
    await data.store.transaction((tx) => consents.require([AN], "finger", { tx }));
    const refused = data.store.transaction((tx) => consents.require([CHI], "finger", { tx }));
    await expect(refused).rejects.toMatchObject({ code: "consent.missing" });
  });

  it("can neither be changed nor deleted, whoever holds the database", async () => {
    await consents.record(asked(), "cli");
    const { db } = data.store;
    const refused = { message: "consents are append-only" };
    await expect(db.updateTable("consents").set({ action: "withdrawn" }).execute()).rejects.toMatchObject(refused);
    await expect(db.deleteFrom("consents").execute()).rejects.toMatchObject(refused);
    expect(await rows()).toHaveLength(1);
  });
});

describe("withdrawing a consent", () => {
  it("is a record of its own, with who, when and why", async () => {
    await consents.record(asked(), "cli");
    data.clock.advance(60_000);
    expect(await consents.withdraw(withdrawn({ why: "wants a card" }), "client:hr")).toMatchObject({ withdrawn: 1 });
    expect(await consents.list()).toMatchObject([
      { action: "given", inForce: false },
      {
        action: "withdrawn",
        inForce: false,
        at: "2026-11-24T08:01:00.000Z",
        actor: "client:hr",
        why: "wants a card",
        text: null,
      },
    ]);
    expect(await entries()).toEqual(["consent.record 1 cli", "consent.withdraw 1 client:hr"]);
    await expect(consents.require([AN], "finger")).rejects.toMatchObject({ code: "consent.missing" });
  });

  it("leaves other kinds, purposes and people alone", async () => {
    await consents.record(asked({ people: [AN, BINH] }), "cli");
    await consents.record(asked({ kind: "face" }), "cli");
    await consents.record(asked({ purpose: "door" }), "cli");
    await consents.withdraw(withdrawn(), "cli");
    await consents.require([BINH], "finger");
    await consents.require([AN], "face");
    await consents.require([AN], "finger", { purpose: "door" });
  });

  it("that was not given changes nothing, and can be given again afterwards", async () => {
    expect(await consents.withdraw(withdrawn(), "cli")).toEqual({ withdrawn: 0, none: 1, erased: 0 });
    await consents.record(asked(), "cli");
    await consents.withdraw(withdrawn(), "cli");
    expect(await consents.withdraw(withdrawn(), "cli")).toEqual({ withdrawn: 0, none: 1, erased: 0 });
    expect(await rows()).toHaveLength(2);
    expect(await consents.record(asked(), "cli")).toEqual({ recorded: 1, same: 0 });
    await consents.require([AN], "finger");
  });

  it("of an unknown person is refused as a whole", async () => {
    await consents.record(asked(), "cli");
    const work = consents.withdraw(withdrawn({ people: [AN, STRANGER] }), "cli");
    await expect(work).rejects.toMatchObject({ code: "people.unknown" });
    await consents.require([AN], "finger");
  });
});

describe("listing consents", () => {
  it("shows one person or one kind, and refuses an unknown person", async () => {
    await consents.record(asked({ people: [AN, BINH] }), "cli");
    await consents.record(asked({ kind: "face" }), "cli");
    const shown = async (query: object) =>
      (await consents.list(query)).map(({ personId, kind }) => `${personId} ${kind}`);
    expect(await shown({})).toEqual(["1 finger", "2 finger", "1 face"]);
    expect(await shown({ personId: AN })).toEqual(["1 finger", "1 face"]);
    expect(await shown({ kind: "finger" })).toEqual(["1 finger", "2 finger"]);
    expect(await shown({ personId: CHI })).toEqual([]);
    await expect(consents.list({ personId: STRANGER })).rejects.toMatchObject({ code: "people.unknown" });
  });
});

describe("a site without biometrics", () => {
  it("uses no consent, takes none, and still lets people withdraw", async () => {
    await consents.record(asked(), "cli");
    await data.settings.setNoBiometrics(true);
    const off = { code: "consent.biometrics-off" };
    await expect(consents.require([AN], "finger")).rejects.toMatchObject(off);
    await expect(consents.require([], "finger")).rejects.toMatchObject(off);
    await expect(consents.allowed([AN], "finger")).rejects.toMatchObject(off);
    await expect(consents.record(asked({ people: [BINH] }), "cli")).rejects.toMatchObject(off);
    expect(await consents.list()).toHaveLength(1);
    expect(await consents.withdraw(withdrawn(), "cli")).toMatchObject({ withdrawn: 1 });
  });

  it("is not the default, and consents count again when it is switched back", async () => {
    expect(data.settings.noBiometrics).toBe(false);
    await consents.record(asked(), "cli");
    await data.settings.setNoBiometrics(true);
    await data.settings.setNoBiometrics(false);
    await consents.require([AN], "finger");
  });
});
