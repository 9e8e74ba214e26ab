import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

import { afterEach, describe, expect, test } from "@jest/globals";

import type { PullTerminal } from "../../../../connector/terminals/zk-pull/pull-terminal.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../../doubles/zk-terminal/samples/punches.ts";

import { openTerminal } from "./open-terminal.ts";

const users = generatePeople(100);
const punches = generatePunches(3, { people: users, count: 3_000 });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(...[options]: Parameters<typeof ZkTerminal.start>): Promise<ZkTerminal> {
  const double = await ZkTerminal.start(options);
  cleanups.push(() => double.stop());
  return double;
}

async function open(...given: Parameters<typeof openTerminal>): Promise<PullTerminal> {
  const { terminal } = await openTerminal(...given);
  cleanups.push(() => terminal.close());
  return terminal;
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => "no error",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** Something else that listens on TCP and says `answer` to whatever it is told. */
async function stranger(answer: string | Buffer, greeting = ""): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (greeting !== "") socket.write(greeting);
    socket.on("data", () => socket.write(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(["tcp", "udp"] as const)("connecting over %s", (transport) => {
  test.each([1, 1_234, 999_999, 123_456_789, 0xffff_ffff])("gives communication key %i", async (commKey) => {
    const double = await start({ transport, commKey });

    const terminal = await open(double.address, { commKey });

    expect((await terminal.identity()).serial).toBe(double.serial);
  });

  test("says that a key is needed", async () => {
    const double = await start({ transport, commKey: 1_234 });

    expect(await codeOf(open(double.address))).toBe("terminal.key-required");
    expect(double.commands.codes()).toEqual([1000]);
  });

  test("says that the key is wrong, and does not try others", async () => {
    const double = await start({ transport, commKey: 1_234 });

    expect(await codeOf(open(double.address, { commKey: 4_321 }))).toBe("terminal.wrong-key");
    expect(double.commands.codes()).toEqual([1000, 1102]);
  });

  test("reports secured firmware and does not knock again", async () => {
    const double = await start({ transport, modes: { connect: "secured" } });

    expect(await codeOf(open(double.address))).toBe("terminal.secured-firmware");
    expect(double.commands.codes()).toEqual([1000]);
  });

  test("recognises an access panel", async () => {
    const double = await start({ transport, modes: { connect: "panel" } });

    expect(await codeOf(open(double.address))).toBe("terminal.panel-protocol");
  });

  test("says so when nobody listens", async () => {
    const double = await ZkTerminal.start({ transport });
    await double.stop();

    expect(await codeOf(open(double.address))).toBe("terminal.unreachable");
  });

  test("lets the terminal go when somebody aborts", async () => {
    const double = await start({ transport, users, punches });
    const abort = new AbortController();
    const { terminal } = await openTerminal(double.address, {}, {}, abort.signal);
    double.set({ silentOn: [1504] });
    const asked = double.commands.next(1504);

    const reading = codeOf(terminal.punches());
    await asked;
    abort.abort(new Error("stopped by the operator"));

    expect(await reading).toBe("stopped by the operator");
    expect(await codeOf(terminal.clock())).toBe("stopped by the operator");
    await terminal.close();
  });

  test("does not start once aborted", async () => {
    const double = await start({ transport });

    expect(await codeOf(open(double.address, {}, {}, AbortSignal.abort(new Error("no longer wanted"))))).toBe(
      "no longer wanted",
    );
    expect(double.commands.codes()).toEqual([]);
  });

  test("makes the connection anew before the reply ids run out", async () => {
    const double = await start({ transport, users, punches });
    const terminal = await open(double.address, {}, { maxCommands: 4 });

    for (let round = 0; round < 12; round++) await terminal.clock();

    expect(double.commands.count(1000)).toBe(4);
    expect(double.violations).toEqual([]);
  });

  test("answers the next call after a restart that cut the connection", async () => {
    const double = await start({ transport, users, punches });
    const terminal = await open(double.address);
    await terminal.clock();
    double.restart();
    double.set({ halfOpen: "reset" });

    await codeOf(terminal.clock());

    expect((await terminal.identity()).serial).toBe(double.serial);
  });

  test("closing twice, or after the terminal has gone, is no error", async () => {
    const double = await ZkTerminal.start({ transport });
    const terminal = await open(double.address);
    await double.stop();

    await terminal.close();
    await terminal.close();

    expect(await codeOf(terminal.clock())).toBe("terminal.connection-lost");
  });

  test("closing during a call ends the call", async () => {
    const double = await start({ transport, users, punches });
    const terminal = await open(double.address);
    double.set({ silentOn: [1504] });
    const asked = double.commands.next(1504);
    const reading = codeOf(terminal.punches());
    await asked;

    await terminal.close();

    expect(await reading).toBe("terminal.connection-lost");
  });
});

describe("what answers on TCP but is no terminal", () => {
  test.each([
    ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n"],
    ["zeros", Buffer.alloc(64)],
    ["a broken length", Buffer.from("5050827dffffffff00000000", "hex")],
  ])("is recognised: %s", async (_name, answer) => {
    const address = await stranger(answer);

    expect(await codeOf(open(address))).toBe("terminal.not-a-terminal");
  });

  test("is recognised when it speaks first", async () => {
    const address = await stranger("", "SSH-2.0-OpenSSH_9.2\r\n");

    expect(await codeOf(open(address))).toBe("terminal.not-a-terminal");
  });
});

test("what answers garbage over UDP is no terminal", async () => {
  const socket = createSocket("udp4");
  socket.on("message", (_bytes, from) => socket.send("hello", from.port, from.address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  cleanups.push(async () => {
    socket.close();
    await once(socket, "close");
  });

  expect(await codeOf(open(`udp://127.0.0.1:${socket.address().port}`))).toBe("terminal.not-a-terminal");
});

test("a terminal that serves somebody else does not hold the caller for ever", async () => {
  const double = await start({ users });
  await open(double.address);

  expect(await codeOf(open(double.address))).toBe("terminal.timeout");
});
