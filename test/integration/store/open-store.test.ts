import { chmod, mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Database from "better-sqlite3";
import { type Migration, sql } from "kysely";

import { nodeFileSystem } from "../../../connector/platform/file-system.ts";
import { dataPaths, takeDataFolder } from "../../../connector/store/data-folder.ts";
import { MIGRATIONS } from "../../../connector/store/migrations/all.ts";
import { openStore, openStoreIn } from "../../../connector/store/open-store.ts";
import type { Store } from "../../../connector/store/store.ts";
import { ended, startProgram } from "../../support/programs/start-program.ts";
import { smallDisks } from "../../support/small-disks.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let home: string;
const disks = smallDisks();
const isRoot = process.getuid?.() === 0;
const opened: Store[] = [];
beforeEach(async () => {
  temp = await makeTempFolder();
  home = join(temp.path, "home");
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await temp.remove();
});

const open = async (...rest: Parameters<typeof openStore> extends [string, ...infer R] ? R : never) => {
  const store = await openStore(home, ...rest);
  opened.push(store);
  return store;
};
const close = async (store: Store) => {
  opened.splice(opened.indexOf(store), 1);
  await store.close();
};
const pragma = async (store: Store, name: string) => {
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db);
  return Object.values(rows[0] ?? {})[0];
};
/** As a killed process leaves it: the mark that the database is open still stands. */
const leaveUnclean = () => writeFile(dataPaths(home).openMark, "");

describe("opening the store", () => {
  it.each([1, 2, 3])("writes through to the disk at every commit, at opening number %d", async (times) => {
    for (let n = 1; n < times; n++) await close(await open());
    const store = await open();
    expect(await pragma(store, "synchronous")).toBe(2);
    expect(await pragma(store, "journal_mode")).toBe("wal");
    expect(await pragma(store, "foreign_keys")).toBe(1);
    expect(await pragma(store, "secure_delete")).toBe(1);
    expect(await pragma(store, "busy_timeout")).toBe(5000);
    expect(await pragma(store, "journal_size_limit")).toBe(64 * 1024 * 1024);
  });

  it("creates the folder for its owner only", async () => {
    await open();
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it("leaves nothing open behind: no log, no mark", async () => {
    await close(await open());
    expect((await readdir(home)).sort()).toEqual(["tandem.db", "tandem.lock"]);
  });

  it("keeps what was committed over a restart", async () => {
    const store = await open();
    await store.db.insertInto("meta").values({ key: "k", value: "v" }).execute();
    await close(store);
    expect(await (await open()).db.selectFrom("meta").selectAll().execute()).toEqual([{ key: "k", value: "v" }]);
  });

  it("takes over a database file that was only just created when the process was killed", async () => {
    await mkdir(home);
    await writeFile(dataPaths(home).database, "");
    await leaveUnclean();
    expect(await (await open()).db.selectFrom("punches").selectAll().execute()).toEqual([]);
  });
});

describe("one process per data folder", () => {
  it("refuses a second store in the same process until the first is closed", async () => {
    const store = await open();
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.in-use", details: { folder: home } });
    await close(store);
    await open();
  });

  it("refuses another process's folder, and takes it at once when that process is killed", async () => {
    const { child, lines } = startProgram("test/support/programs/hold-store.ts", home);
    try {
      expect(await lines.next()).toMatchObject({ value: "open" });
      await expect(openStore(home)).rejects.toMatchObject({ code: "store.in-use" });
    } finally {
      child.kill("SIGKILL");
    }
    expect(await ended(child)).toBe("SIGKILL");
    const store = await open();
    const held = await store.db.selectFrom("meta").select("value").where("key", "=", "held-by").executeTakeFirst();
    expect(held?.value).toMatch(/^\d+$/);
  });

  it.each([
    ["the garbage collector runs", "collect"],
    ["it tries to open its own folder a second time", "again"],
  ])("is not let in when in the other process %s", async (_, event) => {
    const { child, lines } = startProgram("test/support/programs/hold-store.ts", home, event);
    try {
      expect(await lines.next()).toMatchObject({ value: "open" });
      expect(await lines.next()).toMatchObject({ value: event });
      await expect(openStore(home)).rejects.toMatchObject({ code: "store.in-use" });
    } finally {
      child.kill("SIGKILL");
    }
    await ended(child);
  });

  it("lets the folder go when opening fails", async () => {
    await mkdir(home);
    await writeFile(dataPaths(home).database, "this is no database at all, but it is long enough to look at");
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.damaged" });
    (await takeDataFolder(home)).release();
  });
});

describe("the place of the data folder", () => {
  const nothingWritten = async () => expect(await readdir(temp.path)).toEqual([]);

  it("is refused on a network drive, before anything is written", async () => {
    const mounts = () => Promise.resolve([{ source: "nas:/hr", point: temp.path, type: "nfs4" }]);
    await expect(openStore(home, { mounts })).rejects.toMatchObject({
      code: "store.network-drive",
      details: { folder: home, kind: "nfs4" },
    });
    await nothingWritten();
  });

  it("is refused where a mapped Windows drive leads to a server", async () => {
    const fs = { ...nodeFileSystem, realPath: () => Promise.resolve("\\\\server\\hr") };
    await expect(openStore(home, { platform: "win32", fs })).rejects.toMatchObject({ code: "store.network-drive" });
    await nothingWritten();
  });

  it("is refused inside a synchronised folder, before anything is written", async () => {
    home = join(temp.path, "OneDrive - Company", "tandem");
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.cloud-folder", details: { kind: "OneDrive" } });
    await nothingWritten();
  });

  it("is refused where a link leads into a synchronised folder", async () => {
    await mkdir(join(temp.path, "Dropbox"));
    await symlink(join(temp.path, "Dropbox"), join(temp.path, "data"));
    home = join(temp.path, "data", "tandem");
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.cloud-folder", details: { kind: "Dropbox" } });
    expect(await readdir(join(temp.path, "Dropbox"))).toEqual([]);
  });

  it("is refused where it is a file", async () => {
    await writeFile(home, "");
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.folder-unusable" });
  });

  it("is refused below a file", async () => {
    await writeFile(home, "");
    home = join(home, "deeper");
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.folder-unusable" });
  });

  it("is refused where the database's name is taken by a folder", async () => {
    await mkdir(dataPaths(home).database, { recursive: true });
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.folder-unusable" });
  });

  it("is refused where this user may not write", async () => {
    const fs = {
      ...nodeFileSystem,
      touch: () => Promise.reject(Object.assign(new Error("denied"), { code: "EACCES" })),
    };
    await expect(openStore(home, { fs })).rejects.toMatchObject({ code: "store.read-only" });
  });

  (disks === null && isRoot ? it.skip : it)("is refused where the disk or its permissions forbid writing", async () => {
    // Permissions do not stop root; a disk mounted read-only does.
    if (disks === null) await mkdir(home, { mode: 0o500 });
    else disks.mountAt(home, "ro");
    try {
      await expect(openStore(home)).rejects.toMatchObject({ code: "store.read-only" });
    } finally {
      if (disks === null) await chmod(home, 0o700);
      else disks.unmount(home);
    }
  });
});

describe("after an unclean stop", () => {
  /** Turns the inside of a table page into noise, as a dying disk does. */
  const damage = async () => {
    const store = await open();
    const values = Array.from({ length: 500 }, (_, n) => ({ key: `key ${n}`, value: "x".repeat(200) }));
    await store.db.insertInto("meta").values(values).execute();
    await close(store);
    const file = await readFile(dataPaths(home).database);
    const start = file.indexOf("key 250");
    file.fill(0xa5, start - 2000, start + 2000);
    await writeFile(dataPaths(home).database, file);
  };

  it("finds a damaged database, says what is damaged, and leaves it for the backup", async () => {
    await damage();
    await leaveUnclean();
    const before = await readFile(dataPaths(home).database);
    await expect(openStore(home)).rejects.toMatchObject({
      code: "store.damaged",
      details: { finding: expect.stringMatching(/./) },
    });
    expect(await readFile(dataPaths(home).database)).toEqual(before);
    // And again, as long as nobody has repaired it.
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.damaged" });
  });

  it("finds a database that lost its end", async () => {
    await close(await open());
    await truncate(dataPaths(home).database, 8192);
    await leaveUnclean();
    await expect(openStore(home)).rejects.toMatchObject({ code: "store.damaged" });
  });

  it("opens a sound database as usual", async () => {
    await close(await open());
    await leaveUnclean();
    expect(await pragma(await open(), "synchronous")).toBe(2);
  });

  it("says damaged, not unexpected, when the damage shows only in use", async () => {
    await damage();
    const store = await open();
    await expect(store.db.selectFrom("meta").selectAll().execute()).rejects.toMatchObject({ code: "store.damaged" });
  });
});

describe("migrations", () => {
  it("refuse a database from a newer version and change nothing", async () => {
    await close(await open());
    const file = new Database(dataPaths(home).database);
    file.prepare("insert into kysely_migration values ('0099-later', '2027-01-01T00:00:00.000Z')").run();
    file.close();
    const before = await readFile(dataPaths(home).database);
    await expect(openStore(home)).rejects.toMatchObject({
      code: "store.newer-version",
      details: { found: "0099-later" },
    });
    expect(await readFile(dataPaths(home).database)).toEqual(before);
    // SQLite's own working files may lie beside it, empty; the mark of an opened store must not.
    expect((await stat(`${dataPaths(home).database}-wal`)).size).toBe(0);
    expect(await readdir(home)).not.toContain(basename(dataPaths(home).openMark));
  });

  it("bring an older database up to date and keep its rows", async () => {
    const store = await open();
    await store.db.insertInto("meta").values({ key: "k", value: "v" }).execute();
    await close(store);
    const second: Migration = { up: (db) => db.schema.alterTable("meta").addColumn("extra", "text").execute() };
    const folder = await takeDataFolder(home);
    const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS, "9999-extra": second }) };
    const newer = await openStoreIn(folder, () => folder.release(), provider);
    opened.push(newer);
    expect(await newer.db.selectFrom("meta").selectAll().execute()).toEqual([{ key: "k", value: "v", extra: null }]);
  });

  it("that fail half way leave the database as it was, usable by the version before", async () => {
    await close(await open());
    const broken: Migration = {
      up: async (db) => {
        await db.schema.alterTable("meta").addColumn("extra", "text").execute();
        await sql`insert into no_such_table values (1)`.execute(db);
      },
    };
    const folder = await takeDataFolder(home);
    const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS, "9999-broken": broken }) };
    await expect(openStoreIn(folder, () => undefined, provider)).rejects.toMatchObject({
      message: expect.stringContaining("no such table"),
    });
    folder.release();
    const store = await open();
    await store.db.insertInto("meta").values({ key: "k", value: "v" }).execute();
    expect(await store.db.selectFrom("meta").selectAll().execute()).toEqual([{ key: "k", value: "v" }]);
  });
});

describe("transactions", () => {
  it("take back everything when the work throws", async () => {
    const store = await open();
    const work = store.transaction(async (tx) => {
      await tx.insertInto("meta").values({ key: "k", value: "v" }).execute();
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await store.db.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  it("run one after the other, in the order they were asked for", async () => {
    const store = await open();
    const order: string[] = [];
    await Promise.all(
      ["a", "b", "c", "d"].map((name) =>
        store.transaction(async (tx) => {
          order.push(`${name} begins`);
          await tx.insertInto("meta").values({ key: name, value: "" }).execute();
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`${name} ends`);
        }),
      ),
    );
    expect(order).toEqual(["a", "b", "c", "d"].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it("let a query of somebody else wait, and show it only what was committed", async () => {
    const store = await open();
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const work = store.transaction(async (tx) => {
      await tx.insertInto("meta").values({ key: "k", value: "v" }).execute();
      await gate;
    });
    const seen = store.db.selectFrom("meta").selectAll().execute();
    letGo();
    await work;
    expect(await seen).toEqual([{ key: "k", value: "v" }]);
  });

  it.each([
    ["a query beside the handle", (store: Store) => store.db.selectFrom("meta").selectAll().execute()],
    ["a transaction inside it", (store: Store) => store.transaction(() => Promise.resolve())],
  ])("refuse %s instead of waiting for themselves for ever", async (_, inner) => {
    const store = await open();
    const work = store.transaction(async (tx) => {
      await tx.insertInto("meta").values({ key: "k", value: "v" }).execute();
      await inner(store);
    });
    await expect(work).rejects.toMatchObject({ code: "internal.unexpected" });
    expect(await store.db.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  it("do not bar work that was begun inside but runs after their end", async () => {
    const store = await open();
    let later: Promise<unknown> = Promise.resolve();
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    await store.transaction(() => {
      later = gate.then(() => store.db.selectFrom("meta").selectAll().execute());
      return Promise.resolve();
    });
    letGo();
    expect(await later).toEqual([]);
  });

  it("end before the store is closed", async () => {
    const store = await open();
    const work = store.transaction(async (tx) => {
      await new Promise((resolve) => setImmediate(resolve));
      await tx.insertInto("meta").values({ key: "k", value: "v" }).execute();
    });
    await close(store);
    await work;
    expect(await (await open()).db.selectFrom("meta").selectAll().execute()).toHaveLength(1);
  });
});

describe("a full disk", () => {
  const big = Array.from({ length: 400 }, (_, n) => ({ key: `k${n}`, value: "x".repeat(4000) }));

  it("stops a transaction with its code, keeps what was committed, and work goes on once there is room", async () => {
    const store = await open();
    await store.db.insertInto("meta").values({ key: "before", value: "kept" }).execute();
    const pages = Number(await pragma(store, "page_count"));
    await sql.raw(`pragma max_page_count = ${pages + 20}`).execute(store.db);
    const work = store.transaction((tx) => tx.insertInto("meta").values(big).execute());
    await expect(work).rejects.toMatchObject({ code: "store.disk-full" });
    await expect(store.db.insertInto("meta").values(big).execute()).rejects.toMatchObject({ code: "store.disk-full" });
    expect(await store.db.selectFrom("meta").selectAll().execute()).toEqual([{ key: "before", value: "kept" }]);
    await sql`pragma max_page_count = 1000000`.execute(store.db);
    await store.db.insertInto("meta").values(big).execute();
  });

  it("is named also when the open mark cannot be written", async () => {
    const full = () => Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    await expect(openStore(home, { fs: { ...nodeFileSystem, writeDurably: full } })).rejects.toMatchObject({
      code: "store.disk-full",
    });
  });

  (disks === null ? it.skip : it)("of real size is named, whatever is being written when it fills up", async () => {
    disks?.mountAt(home, "size=2m");
    try {
      const store = await openStore(home);
      const fill = async (): Promise<void> => {
        for (let n = 0; ; n++) {
          const row = { key: `n${n}`, value: "x".repeat(3000) };
          await store.db.insertInto("meta").values(row).execute();
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: "store.disk-full" });
      const { rows } = await sql<{ n: number }>`select count(*) as n from meta`.execute(store.db);
      expect(rows[0]?.n).toBeGreaterThan(10);
      await store.close();
      await writeFile(join(home, "filler"), Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
      await expect(openStore(home)).rejects.toMatchObject({ code: "store.disk-full" });
      await rm(join(home, "filler"));
      const again = await openStore(home);
      expect(await again.db.selectFrom("meta").selectAll().execute()).toHaveLength(rows[0]?.n ?? 0);
      await again.close();
    } finally {
      disks?.unmount(home);
    }
  });
});
