import { connect } from "node:net";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type ConnectorProcess, freePort, startConnectorProcess, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { openTempStore } from "../../support/temp-store.ts";

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let running: ConnectorProcess[];

const start = async (port: number | null = null): Promise<ConnectorProcess> => {
  const connector = await startConnectorProcess(home.path, port);
  running.push(connector);
  return connector;
};

beforeEach(async () => {
  home = await makeTempFolder();
  running = [];
});

afterEach(async () => {
  for (const connector of running) await connector.kill().catch(() => undefined);
  await home.remove();
});

describe("tandem start", () => {
  it("opens no pairing by itself", async () => {
    const { port } = await start();
    const reply = await fetch(`http://127.0.0.1:${port}/v1/pair/start`, {
      method: "POST",
      headers: { Origin: "chrome-extension://abcdefghijklmnop", "Content-Type": "application/json" },
      body: "{}",
    });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([403, "pairing.not-open"]);
  });

  it("listens on 127.0.0.1 and on no other address", async () => {
    const { port } = await start();
    const refused = await new Promise<string>((resolve) => {
      const socket = connect({ host: "127.0.0.2", port });
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      socket.once("connect", () => resolve("connected"));
    });
    expect(refused).toBe("ECONNREFUSED");
  });

  it("takes the port it is told and no other", async () => {
    const port = freePort();
    const first = await start(port);
    expect(first.port).toBe(port);
    const other = await makeTempFolder();
    const { code, stderr } = await tandem(other.path, "start", "--port", String(port));
    expect([code, stderr]).toEqual([1, expect.stringContaining("cli.port-in-use")]);
    await other.remove();
  });

  it("says that a connector is running with this data folder already", async () => {
    await start();
    const { code, stderr } = await tandem(home.path, "start");
    expect([code, stderr]).toEqual([1, expect.stringContaining("cli.already-running")]);
  });

  it("refuses a data folder that another program uses", async () => {
    const data = await openTempStore();
    const { code, stderr } = await tandem(data.home, "start");
    expect([code, stderr]).toEqual([1, expect.stringContaining("store.in-use")]);
    await data.close();
  });

  it("starts again after a kill, and the commands reach it", async () => {
    const killed = await start();
    await killed.kill();
    const again = await start();
    const { json } = await tandem(home.path, "status");
    expect(json()).toMatchObject({ port: again.port, ready: true });
  });

  it("ends with exit code 0 when it is stopped", async () => {
    const connector = await start();
    expect(await connector.stop()).toBe(0);
  });

  it("lets commands that need no connector work while it is stopped, and names the others", async () => {
    const list = await tandem(home.path, "terminals", "list");
    expect(list.json()).toEqual({ terminals: [] });
    const status = await tandem(home.path, "status");
    expect(status.json()).toMatchObject({ error: { code: "cli.not-running" } });
  });

  it.each(["0", "65536", "abc"])("refuses --port %s", async (port) => {
    const { json } = await tandem(home.path, "start", "--port", port);
    expect(json()).toMatchObject({ error: { code: "request.invalid", details: { field: "port" } } });
  });
});
