import { once } from "node:events";
import { chmod, mkdir, rename, stat, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { JobId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { askConnector } from "../../../connector/admin/admin-client.ts";
import { startAdminServer } from "../../../connector/admin/admin-server.ts";
import type { AdminHandlers } from "../../../connector/admin/handlers.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let path: string;
let channel: { stop(): Promise<void> } | null;
let logged: object[];
let asked: unknown[];

const some: Partial<AdminHandlers> = {
  "jobs.cancel": (input, actor) => {
    asked.push([input, actor]);
    return Promise.resolve({ jobId: JobId.parse("job-1") });
  },
  "jobs.show": () => Promise.reject(new TandemError("jobs.unknown", { id: "job-9" })),
  "audit.verify": () => Promise.reject(new Error("the disk is gone")),
};
// These tests ask no others.
const handlers = some as AdminHandlers;

async function start(): Promise<void> {
  channel = await startAdminServer({ path, handlers, log: { error: (facts) => logged.push(facts) } });
}

beforeEach(async () => {
  home = await makeTempFolder();
  path = join(home.path, "admin.sock");
  [channel, logged, asked] = [null, [], []];
});
afterEach(async () => {
  await channel?.stop();
  await home.remove();
});

async function raw(method: string, target: string, body: string): Promise<{ status: number; json: unknown }> {
  const outgoing = request({ socketPath: path, method, path: target });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  return { status: response.statusCode, json: JSON.parse(await textOf(response)) };
}

describe("the admin channel", () => {
  test("runs a command as the command line and answers with its reply", async () => {
    await start();
    expect(await askConnector(path, "jobs.cancel", { id: "job-1" })).toEqual({ jobId: "job-1" });
    expect(asked).toEqual([[{ id: "job-1" }, "cli"]]);
  });

  test("is open to this user alone", async () => {
    await start();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("makes its folder where there is none, for this user alone", async () => {
    path = join(home.path, "short", "x.sock");
    await start();
    expect((await stat(join(home.path, "short"))).mode & 0o777).toBe(0o700);
  });

  test("is not opened in a folder that other users may write in", async () => {
    const shared = join(home.path, "shared");
    await mkdir(shared);
    await chmod(shared, 0o777);
    path = join(shared, "x.sock");
    await expect(start()).rejects.toMatchObject({ code: "store.folder-unusable" });
  });

  test("replaces what a killed process left behind", async () => {
    await writeFile(path, "");
    await start();
    expect(await askConnector(path, "jobs.cancel", { id: "job-1" })).toEqual({ jobId: "job-1" });
  });

  test("hands on a command's own failure with its details", async () => {
    await start();
    await expect(askConnector(path, "jobs.show", { id: "job-9" })).rejects.toMatchObject({
      code: "jobs.unknown",
      details: { id: "job-9" },
    });
    expect(logged).toEqual([]);
  });

  test("logs what nobody foresaw, and says no more than that", async () => {
    await start();
    const answer = await raw("POST", "/audit.verify", "{}");
    expect(answer).toEqual({ status: 500, json: { code: "internal.unexpected", details: {} } });
    expect(logged).toHaveLength(1);
  });

  test.each([
    ["an input of another shape", "POST", "/jobs.cancel", '{"id": 7}', 400, "request.invalid"],
    ["no input", "POST", "/jobs.cancel", "{}", 400, "request.invalid"],
    ["malformed JSON", "POST", "/jobs.cancel", '{"id": ', 400, "request.malformed"],
    ["an unknown command", "POST", "/format.disk", "{}", 404, "request.not-found"],
    ["a command that every object has", "POST", "/constructor", "{}", 404, "request.not-found"],
    ["a path that does not decode", "POST", "/%zz", "{}", 404, "request.not-found"],
    ["another method", "GET", "/jobs.cancel", "", 404, "request.not-found"],
  ])("refuses %s and runs nothing", async (_what, method, target, body, status, code) => {
    await start();
    expect(await raw(method, target, body)).toMatchObject({ status, json: { code } });
    expect(asked).toEqual([]);
  });

  test("takes a large file and refuses a larger one", async () => {
    await start();
    const answer = await raw("POST", "/jobs.cancel", `{"id":"job-1","pad":"${"x".repeat(32 * 1024 * 1024)}"}`);
    expect(answer.status).toBe(200);
    const headers = { "Content-Length": String(65 * 1024 * 1024) };
    const larger = request({ socketPath: path, method: "POST", path: "/jobs.cancel", headers });
    larger.flushHeaders();
    const [refused] = (await once(larger, "response")) as [{ statusCode: number }];
    expect(refused.statusCode).toBe(413);
    larger.destroy();
  });

  test("stops although a client holds its connection open", async () => {
    await start();
    const socket = connect(path);
    await once(socket, "connect");
    const closed = once(socket, "close");
    await channel?.stop();
    channel = null;
    await closed;
  });
});

describe("asking", () => {
  test("says that nothing is running where there is no channel", async () => {
    await expect(askConnector(path, "status", {})).rejects.toMatchObject({ code: "cli.not-running" });
  });

  test("says that nothing is running where a killed process left its socket", async () => {
    const server = createServer().listen(path);
    await once(server, "listening");
    const copy = join(home.path, "left.sock");
    await rename(path, copy);
    server.close();
    await expect(askConnector(copy, "status", {})).rejects.toMatchObject({ code: "cli.not-running" });
  });
});
