import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobView } from "@tandem/contracts/domain/job.ts";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";
import { ConnectorBench } from "../../support/running-connector.ts";

/** One company for all of these tests, in the order in which HR staff does things. */
let bench: ConnectorBench;
let site: FrappeSite;
let device: ZkTerminal;

beforeAll(async () => {
  bench = await ConnectorBench.start();
  site = await FrappeSite.start({ employees: [{ first_name: "Lan" }] });
  device = await ZkTerminal.start({
    users: [{ userId: "101" }],
    punches: [
      { userId: "101", at: "2026-11-20T07:58:01" },
      { userId: "999", at: "2026-11-20T08:00:00" },
    ],
  });
}, 30_000);

afterAll(async () => {
  await bench.stop();
  await bench.remove();
  await site.stop();
  await device.stop();
});

async function ended(id: JobId): Promise<JobView> {
  for (;;) {
    // Over the admin channel, which does not count requests.
    const { state } = await bench.admin("jobs.show", { id });
    if (["done", "failed", "cancelled"].includes(state)) return bench.ask("jobs.get", { params: { id } });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const pull = { kind: "terminals.pull" };

describe("The routes of a running connector", () => {
  it("tell its numbers and its own document", async () => {
    const status = await bench.ask("status.get");
    expect(status).toMatchObject({ port: bench.port, clients: 1, terminals: 0, quarantined: 0, undelivered: 0 });
    expect(await bench.ask("openapi.get")).toHaveProperty("openapi");
    expect((await bench.ask("client.get")).clientId).toBe(bench.client.clientId);
  });

  it("refuse work for an HR site while none is connected", async () => {
    for (const kind of ["hr.deliver", "people.sync"]) {
      expect(await bench.refusal("jobs.start", { body: { kind } })).toBe("hr.not-connected");
    }
    const body = { origin: "https://hr.example", zone: "Asia/Tokyo" };
    expect(await bench.refusal("hr.zone", { body })).toBe("hr.not-connected");
    expect(await bench.ask("hr.sites")).toEqual({ sites: [] });
    expect(await bench.ask("jobs.list")).toEqual({ jobs: [] });
  });

  it("refuse a job that makes no sense, and start none", async () => {
    expect(await bench.refusal("jobs.start", { body: { ...pull, terminals: ["Nowhere"] } })).toBe("terminal.unknown");
    expect(await bench.refusal("jobs.start", { body: { kind: "format.disk" } })).toBe("request.invalid");
    expect(await bench.refusal("jobs.start", { body: { ...pull, terminals: "all" } })).toBe("request.invalid");
    expect(await bench.ask("jobs.list")).toEqual({ jobs: [] });
  });

  it("add, list and check a terminal", async () => {
    const body = { name: "Gate 1", address: device.address, idSpace: "HN" };
    expect(await bench.ask("terminals.add", { body })).toMatchObject({ name: "Gate 1", idSpace: "HN", mode: "shadow" });
    expect(await bench.refusal("terminals.add", { body })).toBe("terminal.exists");
    const push = { name: "Push", address: "adms://CJ7Z203360101" };
    expect(await bench.refusal("terminals.add", { body: push })).toBe("terminal.unsupported-address");
    expect(await bench.refusal("terminals.add", { body: { ...body, name: "A", zone: "Hanoi" } })).toBe(
      "request.invalid",
    );
    expect((await bench.ask("terminals.list")).terminals.map(({ name }) => name)).toEqual(["Gate 1"]);
    const check = await bench.ask("terminals.check", { params: { name: "Gate 1" } });
    expect(check).toMatchObject({ serial: device.serial, punches: 2 });
    expect(await bench.refusal("terminals.check", { params: { name: "Nowhere" } })).toBe("terminal.unknown");
  });

  it("look for terminals on a private network, one search at a time and not often", async () => {
    const body = { network: "127.0.0.1/32", port: device.port };
    const found = [{ address: device.address, state: "terminal", serial: device.serial, known: { name: "Gate 1" } }];
    expect(await bench.ask("terminals.discover", { body })).toMatchObject({ searched: 1, found });
    const network = "203.0.113.0/24";
    expect(await bench.refusal("terminals.discover", { body: { network } })).toBe("fleet.network-public");
    for (let times = 2; times < 6; times++) await bench.ask("terminals.discover", { body });
    // Not through the bench, which would wait until it may ask again.
    expect(await bench.client.call("POST", "/v1/terminals/discover", { body })).toMatchObject({ status: 429 });
  });

  it("read the terminal in a job; without an HR site what was read waits", async () => {
    const { jobId } = await bench.ask("jobs.start", { body: { ...pull, terminals: ["Gate 1"] } });
    const view = await ended(jobId);
    expect(view).toMatchObject({ state: "done", actor: `client:${bench.client.clientId}` });
    expect(view.items[0]?.result).toMatchObject({ read: 2, added: 2, quarantined: 2 });
    expect(await bench.ask("quarantine.list")).toMatchObject({ ids: [{ userId: "101" }, { userId: "999" }] });
    expect((await bench.ask("punches.list", { query: "?state=quarantined&from=2026-11-20" })).punches).toHaveLength(2);
    expect(await bench.refusal("punches.list", { query: "?from=yesterday" })).toBe("request.invalid");
  });

  it("know the people of a connected HR site and link user IDs to them", async () => {
    const connect = { kind: "frappe", url: site.origin, apiKey: "hr-key", apiSecret: "hr-secret" } as const;
    expect(await bench.admin("hr.connect", connect)).toMatchObject({ ok: true });
    expect((await bench.ask("hr.sites")).sites).toMatchObject([{ origin: site.origin }]);
    const zone = { origin: site.origin, zone: "Asia/Ho_Chi_Minh" };
    expect((await bench.ask("hr.zone", { body: zone })).sites).toMatchObject([{ ...zone, zoneSource: "page" }]);
    const { jobId } = await bench.ask("jobs.start", { body: { kind: "people.sync" } });
    expect((await ended(jobId)).items[0]?.result).toMatchObject({ read: 1, added: 1 });
    const [person] = (await bench.ask("people.list")).people;
    expect(person?.personId).toBe("HR-EMP-00001");
    const link = { idSpace: "HN", userId: "101", personId: "HR-EMP-00001", scheme: "new" };
    expect(await bench.ask("ids.link", { body: link })).toMatchObject({ userId: "101" });
    expect(await bench.refusal("ids.link", { body: { ...link, userId: "5", personId: "HR-EMP-9" } })).toBe(
      "people.unknown",
    );
    expect((await bench.ask("ids.list")).links).toHaveLength(1);
  });

  it("deliver what is linked", async () => {
    const { jobId } = await bench.ask("jobs.start", { body: { kind: "hr.deliver" } });
    expect((await ended(jobId)).items[0]?.result).toMatchObject({ delivered: 1, failed: 0 });
    expect(checkinsOf(site)).toHaveLength(1);
    expect((await bench.ask("jobs.list")).jobs.map(({ kind }) => kind)).toEqual([
      "hr.deliver",
      "people.sync",
      "terminals.pull",
    ]);
  });

  it("refuse what cannot be done to a job", async () => {
    const [job] = (await bench.ask("jobs.list")).jobs;
    const params = { id: job?.id ?? "" };
    expect(await bench.refusal("jobs.retry", { params })).toBe("jobs.nothing-to-retry");
    expect(await bench.refusal("jobs.cancel", { params })).toBe("jobs.finished");
    for (const id of ["jobs.get", "jobs.retry", "jobs.cancel"] as const) {
      expect(await bench.refusal(id, { params: { id: "nobody" } })).toBe("jobs.unknown");
    }
  });

  it("cancel a job at work, and retry one that failed", async () => {
    device.set({ silentOn: [1503] });
    const asked = device.commands.next(1503);
    const { jobId } = await bench.ask("jobs.start", { body: pull });
    await asked;
    expect(await bench.refusal("terminals.remove", { params: { name: "Gate 1" } })).toBe("terminal.busy");
    expect(await bench.ask("jobs.cancel", { params: { id: jobId } })).toEqual({ jobId });
    expect((await ended(jobId)).state).toBe("cancelled");
    device.set({ silentOn: "none", connect: "secured" });
    const failed = await bench.ask("jobs.start", { body: { ...pull, deliver: false } });
    expect((await ended(failed.jobId)).items[0]?.error?.code).toBe("terminal.secured-firmware");
    device.calm();
    expect(await bench.ask("jobs.retry", { params: { id: failed.jobId } })).toEqual(failed);
    expect((await ended(failed.jobId)).state).toBe("done");
  });

  it("forget a terminal and keep its punches", async () => {
    await bench.ask("terminals.remove", { params: { name: "Gate 1" } });
    expect(await bench.ask("terminals.list")).toEqual({ terminals: [] });
    expect((await bench.ask("punches.list")).punches).toHaveLength(2);
    expect(await bench.refusal("terminals.remove", { params: { name: "Gate 1" } })).toBe("terminal.unknown");
  });
});
