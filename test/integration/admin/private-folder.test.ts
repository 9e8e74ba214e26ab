import { once } from "node:events";
import { chmod, mkdir, stat, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { askConnector } from "../../../connector/admin/admin-client.ts";
import { startAdminServer } from "../../../connector/admin/admin-server.ts";
import type { AdminHandlers } from "../../../connector/admin/handlers.ts";
import { adminSocketPath } from "../../../connector/admin/socket-path.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;

beforeEach(async () => {
  home = await makeTempFolder();
});

afterEach(() => home.remove());

const some: Partial<AdminHandlers> = {
  "audit.verify": () => Promise.resolve({ ok: true, entries: 1, brokenAt: null }),
};
// These tests ask no others.
const handlers = some as AdminHandlers;
const start = (path: string) => startAdminServer({ path, handlers, log: { error: () => undefined } });
const unusable = { code: "store.folder-unusable" };

describe("The folder of the admin channel", () => {
  test("is a short one of this user's where the data folder's path is too long", async () => {
    const path = adminSocketPath(join(home.path, "x".repeat(120)), "linux", home.path, 1000);
    const channel = await start(path);
    expect(await askConnector(path, "audit.verify", {})).toMatchObject({ ok: true });
    expect((await stat(join(home.path, "tandem-1000"))).mode & 0o777).toBe(0o700);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await channel.stop();
  });

  test("may not be a link, which somebody else could turn", async () => {
    await mkdir(join(home.path, "real"), { mode: 0o700 });
    await symlink(join(home.path, "real"), join(home.path, "link"));
    await expect(start(join(home.path, "link/x.sock"))).rejects.toMatchObject(unusable);
    await expect(askConnector(join(home.path, "link/x.sock"), "audit.verify", {})).rejects.toMatchObject(unusable);
  });

  test("may not be a file", async () => {
    const channel = await start(join(home.path, "x.sock"));
    await expect(askConnector(join(home.path, "x.sock/y.sock"), "audit.verify", {})).rejects.toMatchObject(unusable);
    await channel.stop();
  });

  test("is looked at before anything is sent: nobody else gets what the command line says", async () => {
    const shared = join(home.path, "shared");
    await mkdir(shared);
    await chmod(shared, 0o777);
    const heard: string[] = [];
    const stranger = createServer((request) => heard.push(request.url ?? "")).listen(join(shared, "x.sock"));
    await once(stranger, "listening");
    const connect = { kind: "frappe", url: "https://hr.example", apiKey: "k", apiSecret: "s" };
    await expect(askConnector(join(shared, "x.sock"), "hr.connect", connect)).rejects.toMatchObject(unusable);
    expect(heard).toEqual([]);
    stranger.close();
  });

  test("that is not there means that nothing is running", async () => {
    const asked = askConnector(join(home.path, "nowhere/x.sock"), "audit.verify", {});
    await expect(asked).rejects.toMatchObject({ code: "cli.not-running" });
  });
});
