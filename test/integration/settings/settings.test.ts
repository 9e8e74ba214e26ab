import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { ClientId, HrSiteOrigin, SecretRef } from "@tandem/contracts/domain/ids.ts";
import { Instant, Zone } from "@tandem/contracts/domain/time.ts";

import { nodeFileSystem } from "../../../connector/platform/file-system.ts";
import type { StoredClient, StoredHrSite } from "../../../connector/settings/settings-data.ts";
import { openSettings } from "../../../connector/settings/settings.ts";
import { type DataFolder, dataPaths } from "../../../connector/store/data-folder.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let file: string;
beforeEach(async () => {
  temp = await makeTempFolder();
  file = join(temp.path, "settings.json");
});
afterEach(() => temp.remove());

const folderOn = (fs = nodeFileSystem): DataFolder => ({
  ...dataPaths(temp.path),
  fs,
  hadDatabase: false,
  release: () => undefined,
});
const open = (fs = nodeFileSystem) => openSettings(folderOn(fs), new FakeClock("2026-11-24T01:00:00.000Z"));

const client: StoredClient = {
  clientId: ClientId.parse("c1"),
  label: "Máy nhân sự",
  origin: "chrome-extension://abcdefghijklmnop",
  publicKey: Buffer.alloc(32, 1).toString("base64"),
  fingerprint: "river lamp stone seven",
  pairedAt: Instant.parse("2026-11-24T01:00:00.000Z"),
  lastSeenAt: null,
  revokedAt: null,
};
const site: StoredHrSite = {
  origin: HrSiteOrigin.parse("https://hr.example.com"),
  kind: "frappe",
  user: "hr@example.com",
  zone: Zone.parse("Asia/Ho_Chi_Minh"),
  zoneSource: "page",
  version: "16.0.0",
  connectedAt: Instant.parse("2026-11-24T01:00:00.000Z"),
  credentialRef: SecretRef.parse("hr:https://hr.example.com"),
};

describe("settings.json", () => {
  it("is written at the first start, readable for people and for the owner only", async () => {
    await open();
    expect(await readFile(file, "utf8")).toBe(`{
  "version": 1,
  "port": null,
  "zone": null,
  "noBiometrics": false,
  "keepCopies": false,
  "pullEveryMinutes": 5,
  "quietWindows": [],
  "data": {
    "createdAt": "2026-11-24T01:00:00.000Z",
    "database": "sqlite"
  },
  "clients": [],
  "hrSites": []
}
`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("keeps what was set over a restart", async () => {
    const settings = await open();
    await settings.setPort(9000);
    await settings.setZone(Zone.parse("Asia/Bangkok"));
    await settings.saveClient(client);
    await settings.saveHrSite(site);
    const again = await open();
    expect([again.port, again.zone]).toEqual([9000, "Asia/Bangkok"]);
    expect(again.client(client.clientId)).toEqual(client);
    expect(again.hrSite(site.origin)).toEqual(site);
    expect(again.data.createdAt).toBe("2026-11-24T01:00:00.000Z");
  });

  it("replaces a client or site that is saved again, and forgets a removed site", async () => {
    const settings = await open();
    await settings.saveClient(client);
    await settings.saveClient({ ...client, clientId: ClientId.parse("c2") });
    await settings.saveClient({ ...client, revokedAt: client.pairedAt });
    expect(settings.clients.map((one) => [one.clientId, one.revokedAt])).toEqual([
      ["c1", client.pairedAt],
      ["c2", null],
    ]);
    await settings.saveHrSite(site);
    await settings.saveHrSite({ ...site, version: "16.1.0" });
    expect(settings.hrSites).toEqual([{ ...site, version: "16.1.0" }]);
    await settings.removeHrSite(site.origin);
    expect(settings.hrSites).toEqual([]);
    expect(settings.client(ClientId.parse("nobody"))).toBeNull();
  });

  it("loses none of many changes made at once", async () => {
    const settings = await open();
    const ids = Array.from({ length: 20 }, (_, n) => ClientId.parse(`c${n}`));
    await Promise.all(ids.map((clientId) => settings.saveClient({ ...client, clientId })));
    expect((await open()).clients.map((one) => one.clientId)).toEqual(ids);
    expect(await readdir(temp.path)).toEqual(["settings.json"]);
  });

  it("shows a change only once it is on the disk, and goes on after one that failed", async () => {
    let isFull = false;
    const settings = await open({
      ...nodeFileSystem,
      writeDurably: (path, text, mode) =>
        isFull
          ? Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }))
          : nodeFileSystem.writeDurably(path, text, mode),
    });
    isFull = true;
    await expect(settings.setPort(9000)).rejects.toMatchObject({ code: "store.disk-full" });
    expect(settings.port).toBeNull();
    isFull = false;
    await settings.setPort(9001);
    expect((await open()).port).toBe(9001);
  });

  it("refuses a value that could not be read again", async () => {
    const settings = await open();
    await expect(settings.setPort(70_000)).rejects.toMatchObject({ code: "internal.unexpected" });
    expect((await open()).port).toBeNull();
  });

  const valid = {
    version: 1,
    port: null,
    zone: null,
    data: { createdAt: "2026-11-24T01:00:00.000Z", database: "sqlite" },
    clients: [client],
    hrSites: [site],
  };

  it("may be edited by hand, also with an editor that adds a byte order mark", async () => {
    await writeFile(file, `\uFEFF${JSON.stringify({ ...valid, port: 8471 })}`);
    expect((await open()).port).toBe(8471);
  });

  it("says when terminals are read and when they are left alone", async () => {
    const quietWindows = [{ weekday: 1, from: "07:30", to: "08:15" }];
    await writeFile(file, JSON.stringify({ ...valid, pullEveryMinutes: 0, quietWindows }));
    const settings = await open();
    expect([settings.pullEveryMinutes, settings.quietWindows]).toEqual([0, quietWindows]);
  });

  it.each([
    ["an empty file", "", "line 1"],
    ["a cut-off file", JSON.stringify(valid, null, 2).slice(0, 60), /^line \d$/],
    ["something that is not settings", "[]", "settings"],
    ["null", "null", "settings"],
    ["a port out of range", JSON.stringify({ ...valid, port: 70_000 }), "port"],
    ["an unknown zone", JSON.stringify({ ...valid, zone: "Asia/Hanoii" }), "zone"],
    ["an unknown field", JSON.stringify({ ...valid, prot: 1 }), "prot"],
    ["a missing field", JSON.stringify({ ...valid, clients: undefined }), "clients"],
    [
      "a secret in place of a reference",
      JSON.stringify({ ...valid, hrSites: [{ ...site, apiSecret: "x" }] }),
      "hrSites[0].apiSecret",
    ],
    [
      "a damaged client",
      JSON.stringify({ ...valid, clients: [{ ...client, publicKey: "short" }] }),
      "clients[0].publicKey",
    ],
    ["reads more often than a terminal bears", JSON.stringify({ ...valid, pullEveryMinutes: 0.5 }), "pullEveryMinutes"],
    [
      "a quiet window that is no time",
      JSON.stringify({ ...valid, quietWindows: [{ weekday: 1, from: "7:30", to: "08:15" }] }),
      "quietWindows[0].from",
    ],
    ["one client twice", JSON.stringify({ ...valid, clients: [client, client] }), "clients[1].clientId"],
    ["an impossible version", JSON.stringify({ ...valid, version: 0 }), "version"],
  ])("is refused, with the field named and nothing changed, when it holds %s", async (_, text, field) => {
    await writeFile(file, text);
    const expected = expect.objectContaining({
      file,
      field: typeof field === "string" ? field : expect.stringMatching(field),
    });
    await expect(open()).rejects.toMatchObject({ code: "store.settings-damaged", details: expected });
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("is refused, unchanged, when a newer version wrote it", async () => {
    const text = JSON.stringify({ ...valid, version: 2, more: {} });
    await writeFile(file, text);
    await expect(open()).rejects.toMatchObject({ code: "store.newer-version" });
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("survives a leftover of a write that was killed", async () => {
    await writeFile(join(temp.path, ".settings.json.new"), "half");
    const settings = await open();
    await settings.setPort(9000);
    expect((await open()).port).toBe(9000);
    expect(await readdir(temp.path)).toEqual(["settings.json"]);
  });
});
