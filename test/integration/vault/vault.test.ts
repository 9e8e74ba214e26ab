import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { SecretRef } from "@tandem/contracts/domain/ids.ts";

import { posixRights } from "../../../connector/platform/file-rights.ts";
import { nodeFileSystem } from "../../../connector/platform/file-system.ts";
import { dataPaths } from "../../../connector/store/data-folder.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { openStore } from "../../../connector/store/open-store.ts";
import { FileKeyVault } from "../../../connector/vault/file-key-vault.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const ref = SecretRef.parse("hr:https://hr.example.com");
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

describe("the key file", () => {
  let temp: Awaited<ReturnType<typeof makeTempFolder>>;
  beforeEach(async () => {
    temp = await makeTempFolder();
  });
  afterEach(() => temp.remove());
  const paths = () => dataPaths(temp.path);
  const vault = () => new FileKeyVault(paths(), nodeFileSystem, posixRights);

  it("is created for its owner only, in a folder for its owner only", async () => {
    const key = await vault().create();
    expect((await stat(paths().key)).mode & 0o777).toBe(0o600);
    expect((await stat(paths().keyFolder)).mode & 0o777).toBe(0o700);
    expect(key.bytes).toHaveLength(32);
    const again = await vault().load();
    expect([again.keyId, Buffer.from(again.bytes).toString("hex")]).toEqual([
      key.keyId,
      Buffer.from(key.bytes).toString("hex"),
    ]);
    expect(await readdir(paths().keyFolder)).toEqual(["master.key"]);
  });

  it("is another one each time", async () => {
    const first = await vault().create();
    await rm(paths().keyFolder, { recursive: true });
    expect((await vault().create()).keyId).not.toBe(first.keyId);
  });

  it("is never replaced", async () => {
    await vault().create();
    const before = await readFile(paths().key, "utf8");
    await expect(vault().create()).rejects.toMatchObject({ code: "store.key-exists" });
    expect(await readFile(paths().key, "utf8")).toBe(before);
  });

  it("is never made for a database that is there already", async () => {
    await writeFile(paths().database, "");
    await expect(vault().create()).rejects.toMatchObject({ code: "store.key-missing", details: { file: paths().key } });
    await expect(nodeFileSystem.exists(paths().key)).resolves.toBe(false);
  });

  it("that is not there is missing", async () => {
    await expect(vault().load()).rejects.toMatchObject({ code: "store.key-missing" });
  });

  it.each([0o640, 0o604, 0o660, 0o644])("is refused when others can read it (mode %o)", async (mode) => {
    await vault().create();
    await chmod(paths().key, mode);
    await expect(vault().load()).rejects.toMatchObject({ code: "store.key-exposed", details: { file: paths().key } });
  });

  it.each([0o750, 0o705, 0o711])("is refused when others can enter its folder (mode %o)", async (mode) => {
    await vault().create();
    await chmod(paths().keyFolder, mode);
    await expect(vault().load()).rejects.toMatchObject({ code: "store.key-exposed" });
  });

  it("is put into a folder of its own also where a readable one was prepared", async () => {
    await mkdir(paths().keyFolder, { mode: 0o755 });
    await vault().create();
    expect((await stat(paths().keyFolder)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["empty", () => ""],
    ["cut off", (content: string) => content.slice(0, 40)],
    ["another file", () => '{"hello":1}'],
    ["of a later form", (content: string) => content.replace('"version": 1', '"version": 2')],
    ["too short", (content: string) => content.replace(/"key": "[^"]*"/, '"key": "AAAA"')],
    [
      "changed by one letter",
      (content: string) => content.replace(/"key": "(.)/, (_, c) => `"key": "${c === "A" ? "B" : "A"}`),
    ],
  ])("that is %s does not fit, and its content is not quoted", async (_, change) => {
    await vault().create();
    const content = await readFile(paths().key, "utf8");
    await writeFile(paths().key, change(content));
    const error: unknown = await vault()
      .load()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "store.key-wrong" });
    const secret = /"key": "([^"]{20})/.exec(content)?.[1] ?? "no key";
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });

  it("names the full disk when it cannot be written, and leaves no half of it", async () => {
    const full = () => Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    const failing = new FileKeyVault(paths(), { ...nodeFileSystem, writeDurably: full }, posixRights);
    await expect(failing.create()).rejects.toMatchObject({ code: "store.disk-full" });
    expect(await readdir(paths().keyFolder)).toEqual([]);
  });

  it("never shows itself when it is printed or logged", async () => {
    const key = await vault().create();
    const base64 = Buffer.from(key.bytes).toString("base64");
    const hex = Buffer.from(key.bytes).toString("hex");
    for (const printed of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify({ key })]) {
      expect(printed).not.toContain(base64);
      expect(printed).not.toContain(hex);
      expect(printed).not.toContain(String(key.bytes[0]) + ",");
    }
  });
});

describe("a data folder and its key", () => {
  let temp: Awaited<ReturnType<typeof makeTempFolder>>;
  beforeEach(async () => {
    temp = await makeTempFolder();
  });
  afterEach(() => temp.remove());
  const open = (home = temp.path) => openData(home, { clock: new FakeClock() });
  const fill = async (home = temp.path) => {
    const data = await open(home);
    await data.secrets.put(ref, bytes("secret"));
    await data.close();
  };

  it("keep secrets over a restart", async () => {
    await fill();
    const data = await open();
    expect(text(await data.secrets.get(ref))).toBe("secret");
    await data.close();
  });

  it("never get a new key when the old one is missing", async () => {
    await fill();
    await rm(dataPaths(temp.path).key);
    await expect(open()).rejects.toMatchObject({ code: "store.key-missing" });
    expect(await readdir(dataPaths(temp.path).keyFolder)).toEqual([]);
  });

  it("refuse the key of another folder, change nothing, and accept their own again", async () => {
    await fill();
    const other = join(temp.path, "other");
    await fill(other);
    await copyFile(dataPaths(temp.path).key, join(temp.path, "kept"));
    await copyFile(dataPaths(other).key, dataPaths(temp.path).key);
    const before = await readFile(dataPaths(temp.path).database);
    await expect(open()).rejects.toMatchObject({ code: "store.key-wrong" });
    expect(await readFile(dataPaths(temp.path).database)).toEqual(before);
    await copyFile(join(temp.path, "kept"), dataPaths(temp.path).key);
    const data = await open();
    expect(text(await data.secrets.get(ref))).toBe("secret");
    expect((await data.audit.verify()).ok).toBe(true);
    await data.close();
  });

  it("refuse another key also when the proof of the first was removed from the database", async () => {
    await fill();
    const data = await open();
    await data.store.db.deleteFrom("meta").where("key", "=", "key-check").execute();
    await data.close();
    await expect(open()).rejects.toMatchObject({ code: "store.key-wrong" });
  });

  it("use a key whose database was not created yet when the process was killed", async () => {
    await new FileKeyVault(dataPaths(temp.path), nodeFileSystem, posixRights).create();
    const data = await open();
    expect((await data.audit.verify()).entries).toBe(1);
    await data.close();
  });

  it("go on where the process was killed before the key was proven to a new database", async () => {
    await new FileKeyVault(dataPaths(temp.path), nodeFileSystem, posixRights).create();
    await (await openStore(temp.path)).close();
    const data = await open();
    expect(await data.audit.verify()).toEqual({ ok: true, entries: 1, brokenAt: null });
    await data.close();
  });
});

describe("a sealed secret", () => {
  let temp: TempStore;
  beforeEach(async () => {
    temp = await openTempStore();
  });
  afterEach(() => temp.close());
  const rows = () => temp.store.db.selectFrom("secrets").selectAll().orderBy("ref").execute();

  it("comes back as it was put, whatever its bytes", async () => {
    const all = Uint8Array.from({ length: 256 }, (_, n) => n);
    await temp.secrets.put(ref, all);
    expect([...(await temp.secrets.get(ref))]).toEqual([...all]);
    await temp.secrets.put(ref, new Uint8Array());
    expect(await temp.secrets.get(ref)).toHaveLength(0);
  });

  it("is not in the database file, its log or any other file in clear", async () => {
    await temp.secrets.put(ref, bytes("geheim-api-secret-0815"));
    const files = await readdir(temp.home, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = await readFile(join(file.parentPath, file.name));
      expect(content.includes("geheim-api-secret-0815")).toBe(false);
    }
  });

  it("is sealed anew each time, so that equal secrets do not look equal", async () => {
    await temp.secrets.put(ref, bytes("same"));
    await temp.secrets.put(SecretRef.parse("other"), bytes("same"));
    const [one, two] = await rows();
    expect(one?.sealed.equals(two?.sealed ?? Buffer.alloc(0))).toBe(false);
  });

  it("is replaced by the next one under its name", async () => {
    await temp.secrets.put(ref, bytes("old"));
    await temp.secrets.put(ref, bytes("new"));
    expect(text(await temp.secrets.get(ref))).toBe("new");
    expect(await rows()).toHaveLength(1);
  });

  it("that does not exist or was removed is missing", async () => {
    await expect(temp.secrets.get(ref)).rejects.toMatchObject({ code: "store.secret-missing", details: { ref } });
    await temp.secrets.put(ref, bytes("x"));
    await temp.secrets.remove(ref);
    await expect(temp.secrets.get(ref)).rejects.toMatchObject({ code: "store.secret-missing" });
  });

  it("goes with the transaction it belongs to", async () => {
    const work = temp.store.transaction(async (tx) => {
      await temp.secrets.put(ref, bytes("x"), tx);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    await expect(temp.secrets.get(ref)).rejects.toMatchObject({ code: "store.secret-missing" });
  });

  it("cannot be moved under another name", async () => {
    await temp.secrets.put(ref, bytes("x"));
    await temp.store.db.updateTable("secrets").set({ ref: "other" }).execute();
    await expect(temp.secrets.get(SecretRef.parse("other"))).rejects.toMatchObject({ code: "store.key-wrong" });
  });

  it.each([
    ["a changed byte", (sealed: Buffer) => sealed.fill((sealed[20] ?? 0) ^ 1, 20, 21)],
    ["a changed tag", (sealed: Buffer) => sealed.fill((sealed.at(-1) ?? 0) ^ 1, sealed.length - 1)],
    ["a cut end", (sealed: Buffer) => sealed.subarray(0, -1)],
    ["nothing left", () => Buffer.alloc(0)],
  ])("is refused with %s", async (_, change) => {
    await temp.secrets.put(ref, bytes("a secret of some length"));
    const [row] = await rows();
    await temp.store.db
      .updateTable("secrets")
      .set({ sealed: change(Buffer.from(row?.sealed ?? [])) })
      .execute();
    await expect(temp.secrets.get(ref)).rejects.toMatchObject({ code: "store.key-wrong" });
  });

  it("of another key is refused, not misread", async () => {
    await temp.secrets.put(ref, bytes("x"));
    await temp.store.db.updateTable("secrets").set({ key_id: "0123456789abcdef" }).execute();
    await expect(temp.secrets.get(ref)).rejects.toMatchObject({ code: "store.key-wrong" });
  });
});
