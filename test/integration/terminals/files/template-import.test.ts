import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { NewConsent } from "@tandem/contracts/domain/consent.ts";
import { NewIdLink } from "@tandem/contracts/domain/id-link.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { TemplateImportRequest, type TemplateImportResult } from "@tandem/contracts/domain/punch-file.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";

import { Consents } from "../../../../connector/people/consents.ts";
import { IdLinks } from "../../../../connector/people/id-links.ts";
import { People } from "../../../../connector/people/people.ts";
import { TemplateImport } from "../../../../connector/terminals/files/template-import.ts";
import { SealedTemplates } from "../../../../connector/vault/sealed-templates.ts";
import { TemplateEraser } from "../../../../connector/vault/template-eraser.ts";
import { encodeUser } from "../../../doubles/zk-terminal/wire/user-row.ts";
import { templatesOf10, templatesOf9 } from "../../../support/punch-files.ts";
import { openTempStore, type TempStore } from "../../../support/temp-store.ts";

const AN = PersonId.parse("HR-EMP-1");
const BINH = PersonId.parse("HR-EMP-2");
/** Slots on purpose unlike IDs: whoever takes one for the other gives fingers to somebody else. */
const USERS = Buffer.concat(
  [
    { uid: 41, userId: "12" },
    { uid: 12, userId: "15" },
    { uid: 7, userId: "99" },
  ].map((user) =>
    encodeUser({ ...user, name: Buffer.alloc(0), password: "", privilege: 0, card: 0, group: 1, timeZones: [] }, 72),
  ),
);
const userRow = (uid: number): Buffer =>
  encodeUser(
    { uid, userId: String(uid), name: Buffer.alloc(0), password: "", privilege: 0, card: 0, group: 1, timeZones: [] },
    72,
  );
const bytesOf = (seed: number, length = 1_214) => Buffer.from(Array.from({ length }, (_, at) => (at * seed + 1) % 251));
const FILE = templatesOf10([
  { uid: 41, finger: 4, bytes: bytesOf(3) },
  { uid: 12, finger: 4, bytes: bytesOf(5) },
  { uid: 7, finger: 0, bytes: bytesOf(7) },
]);

let data: TempStore;
let templates: SealedTemplates;
let imports: TemplateImport;

beforeEach(async () => {
  data = await openTempStore();
  const { store, audit, clock, settings, personKeys: keys } = data;
  const file =
    "person_id,name,department,branch,status,joined,left\nHR-EMP-1,An,,,active,,\nHR-EMP-2,Bình,,,active,,\n";
  await new People(data).importFile("people.csv", file, "cli");
  let links = 0;
  const book = new IdLinks({ store, audit, clock, newId: () => String(links++) });
  await book.link(NewIdLink.parse({ idSpace: "main", userId: "12", personId: AN }), "cli");
  await book.link(NewIdLink.parse({ idSpace: "main", userId: "15", personId: BINH }), "cli");
  const consents = new Consents({ store, audit, clock, settings, copies: new TemplateEraser(audit) });
  await consents.record(NewConsent.parse({ people: [AN], kind: "finger", method: "paper", text: "1" }), "cli");
  templates = new SealedTemplates({ store, audit, clock, settings, consents, keys });
  const defaultZone = () => Zone.parse("Asia/Ho_Chi_Minh");
  imports = new TemplateImport({ store, audit, clock, settings, consents, templates, links: book, defaultZone });
  await settings.setKeepCopies(true);
});
afterEach(() => data.close());

const run = (bytes: Buffer = FILE, users: Buffer = USERS): Promise<TemplateImportResult> => {
  const base64 = { bytes: bytes.toString("base64"), users: users.toString("base64") };
  return imports.run(TemplateImportRequest.parse({ file: "template.fp10", idSpace: "main", ...base64 }), "cli");
};
const kept = async () =>
  (await data.store.db.selectFrom("templates").selectAll().execute()).map(
    ({ person_id, finger, algorithm, copy, expires_at }) => [person_id, finger, algorithm, copy, expires_at],
  );
const get = async (personId: PersonId, finger: number, algorithm: string) =>
  Buffer.from(await templates.get({ personId, kind: "finger", finger, algorithm }, "", "cli"));

describe("Fingerprints of a USB export", () => {
  it("are sealed for those who are linked and agreed, by the user whose slot they name", async () => {
    expect(await run()).toEqual({
      file: "template.fp10",
      version: "10",
      read: 3,
      sealed: 1,
      notNormal: 0,
      unlinked: ["99"],
      withoutConsent: [BINH],
    });
    expect(await kept()).toEqual([[AN, 4, "finger-10", "", null]]);
    expect(await get(AN, 4, "finger-10")).toEqual(bytesOf(3));
  });

  it("of algorithm 9 are sealed as such, without the padding of their field", async () => {
    expect(await run(templatesOf9([{ uid: 41, finger: 6, bytes: bytesOf(3, 498) }]))).toMatchObject({ version: "9" });
    expect(await get(AN, 6, "finger-9")).toEqual(bytesOf(3, 498));
  });

  it("are the same when they are sealed again", async () => {
    await run();
    expect(await run()).toMatchObject({ sealed: 1 });
    expect(await kept()).toHaveLength(1);
  });

  it("of a user row without an ID are nobody's, whoever has the slot's number as an ID", async () => {
    const nameless = { uid: 12, userId: "", name: Buffer.alloc(0), password: "", privilege: 0 };
    const users = Buffer.concat([
      USERS.subarray(0, 72),
      encodeUser({ ...nameless, card: 0, group: 1, timeZones: [] }, 72),
    ]);
    const many = Buffer.concat([...Array.from({ length: 60 }, (_, at) => userRow(100 + at)), users]);
    const file = templatesOf10([{ uid: 12, finger: 4, bytes: bytesOf(5) }]);
    expect(await run(file, many)).toMatchObject({ sealed: 0, unlinked: ["0"] });
    expect(await kept()).toEqual([]);
  });

  it("that are for duress or invalid are left out: copied, they would open without an alarm", async () => {
    const bytes = bytesOf(3);
    const odd = templatesOf10([
      { uid: 41, finger: 4, flag: 3, bytes },
      { uid: 41, finger: 5, flag: 0, bytes },
    ]);
    expect(await run(odd)).toMatchObject({ read: 2, sealed: 0, notNormal: 2 });
    expect(await kept()).toEqual([]);
  });
});

/** So many sound rows that the list is taken for one, whatever a single row says. */
const ROWS = [...Array.from({ length: 60 }, (_, at) => userRow(100 + at)), USERS];

describe("Nothing of a file with fingerprints is kept", () => {
  const users = (count: number): Buffer => USERS.subarray(0, 72 * count);
  it.each([
    ["that is cut off", FILE.subarray(0, -1), USERS, "import.templates-unreadable"],
    ["whose sizes are damaged", Buffer.from(FILE).fill(0, 1_220, 1_222), USERS, "import.templates-unreadable"],
    ["that is none", Buffer.from("12\t2026-11-23 07:55:10\t1\t0\t1\t0\r\n"), USERS, "import.templates-unreadable"],
    ["that is empty", Buffer.alloc(0), USERS, "import.templates-unreadable"],
    ["with the user list of another export", FILE, users(2), "import.users-mismatch"],
    ["with a user list that has two in one slot", FILE, Buffer.concat([...ROWS, userRow(41)]), "import.users-mismatch"],
    ["with a user list that is cut off", FILE, USERS.subarray(0, -5), "import.users-unreadable"],
  ])("%s", async (_, bytes, list, code) => {
    await expect(run(bytes, list)).rejects.toMatchObject({ code });
    expect(await kept()).toEqual([]);
  });

  it("where the site keeps no copies", async () => {
    await data.settings.setKeepCopies(false);
    await expect(run()).rejects.toMatchObject({ code: "import.templates-not-kept" });
    expect(await kept()).toEqual([]);
  });

  it("where biometrics are switched off", async () => {
    await data.settings.setNoBiometrics(true);
    await expect(run()).rejects.toMatchObject({ code: "consent.biometrics-off" });
    expect(await kept()).toEqual([]);
  });
});
