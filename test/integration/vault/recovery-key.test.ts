import { readFile, rm, stat } from "node:fs/promises";
import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { SecretRef } from "@tandem/contracts/domain/ids.ts";

import { posixRights } from "../../../connector/platform/file-rights.ts";
import { nodeFileSystem } from "../../../connector/platform/file-system.ts";
import { dataPaths } from "../../../connector/store/data-folder.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { openStore } from "../../../connector/store/open-store.ts";
import { FileKeyVault } from "../../../connector/vault/file-key-vault.ts";
import { restoreMasterKey } from "../../../connector/vault/recovery-key.ts";
import { recoveryText } from "../../../connector/vault/recovery-text.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const ref = SecretRef.parse("hr:https://hr.example.com");

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
beforeEach(async () => {
  temp = await makeTempFolder();
});
afterEach(() => temp.remove());

const open = () => openData(temp.path, { clock: new FakeClock() });
const paths = () => dataPaths(temp.path);
const loseKey = () => rm(paths().key);

/** A data folder with a secret in it; answers the printed recovery key. */
async function setUp(): Promise<string> {
  const data = await open();
  await data.secrets.put(ref, Buffer.from("sealed before"));
  const printed = (await data.createRecoveryKey()).reveal();
  await data.close();
  return printed;
}

async function restore(text: string): Promise<void> {
  const store = await openStore(temp.path);
  try {
    await restoreMasterKey(store, new FileKeyVault(paths(), nodeFileSystem, posixRights), text);
  } finally {
    await store.close();
  }
}

describe("a recovery key", () => {
  it("brings back the very key file that was lost, and what was sealed opens again", async () => {
    const printed = await setUp();
    const before = await readFile(paths().key, "utf8");
    await loseKey();
    await expect(open()).rejects.toMatchObject({ code: "store.key-missing" });
    await restore(printed.toLowerCase().replaceAll("-", " "));
    expect(await readFile(paths().key, "utf8")).toBe(before);
    expect((await stat(paths().key)).mode & 0o777).toBe(0o600);
    const data = await open();
    expect(Buffer.from(await data.secrets.get(ref)).toString()).toBe("sealed before");
    expect(await data.audit.verify()).toMatchObject({ ok: true });
    await data.close();
  });

  it("is made once, is audited and shows itself only when asked to", async () => {
    const data = await open();
    const key = await data.createRecoveryKey();
    await expect(data.createRecoveryKey()).rejects.toMatchObject({ code: "vault.recovery-exists" });
    expect(`${inspect(key)} ${JSON.stringify({ key })} ${String(key)}`).not.toContain(key.reveal());
    const actions = await data.store.db.selectFrom("audit").select(["action", "detail"]).execute();
    expect(actions.filter(({ action }) => action === "recovery.create")).toEqual([
      { action: "recovery.create", detail: "{}" },
    ]);
    const rows = await data.store.db.selectFrom("meta").select("value").execute();
    for (const { value } of rows) expect(value).not.toContain(key.reveal().slice(0, 9));
    await data.close();
  });

  it("of another data folder is wrong, and no key file is made", async () => {
    await setUp();
    await loseKey();
    const other = recoveryText(Uint8Array.from({ length: 20 }, (_, n) => n));
    await expect(restore(other)).rejects.toMatchObject({ code: "vault.recovery-wrong", details: {} });
    await expect(open()).rejects.toMatchObject({ code: "store.key-missing" });
  });

  it("that is mistyped says so, and no key file is made", async () => {
    const printed = await setUp();
    await loseKey();
    const typed = `${printed.startsWith("7") ? "8" : "7"}${printed.slice(1)}`;
    await expect(restore(typed)).rejects.toMatchObject({ code: "vault.recovery-mistyped", details: {} });
    await expect(open()).rejects.toMatchObject({ code: "store.key-missing" });
  });

  it("never replaces a key file that is there", async () => {
    const printed = await setUp();
    const before = await readFile(paths().key, "utf8");
    await expect(restore(printed)).rejects.toMatchObject({ code: "store.key-exists" });
    expect(await readFile(paths().key, "utf8")).toBe(before);
  });

  it("that was never made cannot restore anything", async () => {
    await (await open()).close();
    await loseKey();
    const any = recoveryText(new Uint8Array(20));
    await expect(restore(any)).rejects.toMatchObject({ code: "vault.recovery-missing" });
  });

  it.each([
    ["cut off", (value: string) => value.slice(0, -8), "vault.recovery-wrong"],
    ["emptied", () => "", "store.damaged"],
    ["of another key id", (value: string) => `0123456789abcdef${value.slice(16)}`, "vault.recovery-wrong"],
  ])("whose wrapped copy was %s restores nothing", async (_, change, code) => {
    const printed = await setUp();
    const data = await open();
    const { value } = await data.store.db
      .selectFrom("meta")
      .select("value")
      .where("key", "=", "recovery")
      .executeTakeFirstOrThrow();
    await data.store.db
      .updateTable("meta")
      .set({ value: change(value) })
      .where("key", "=", "recovery")
      .execute();
    await data.close();
    await loseKey();
    await expect(restore(printed)).rejects.toMatchObject({ code });
    await expect(open()).rejects.toMatchObject({ code: "store.key-missing" });
  });
});
