import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { commKeyProof } from "../../doubles/zk-terminal/wire/comm-key.ts";

import { RawClient } from "./raw-client.ts";

const REFUSED_INIT = 65_532;
const REFUSED_DATA = 65_531;
const seconds = (value: number) => Buffer.from([value, 0, 0, 0]);

let now: number;
let terminal: ZkTerminal;
let client: RawClient;

beforeEach(async () => {
  now = Date.parse("2026-11-22T01:00:00Z");
  terminal = await ZkTerminal.start({ users: generatePeople(3), now: () => now });
});
afterEach(() => terminal.stop());

function rules(): readonly string[] {
  return terminal.violations.map(({ rule }) => rule);
}

describe("a packet that is not right", () => {
  beforeEach(async () => void (client = await RawClient.open(terminal.port)));
  afterEach(() => client.close());

  test("with a wrong checksum is refused and does nothing", async () => {
    const spoil = (bytes: Buffer) => {
      bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10);
      return bytes;
    };

    const reply = await client.ask(1003, undefined, { spoil });

    expect(reply.command).toBe(REFUSED_DATA);
    expect(terminal.state.enabled).toBe(true);
    expect(rules()).toEqual(["checksum"]);
  });

  test("with changed data under the old checksum is refused", async () => {
    const spoil = (bytes: Buffer) => {
      bytes.writeUInt8(2, 16);
      return bytes;
    };

    const reply = await client.ask(14, Buffer.from([1]), { spoil });

    expect(reply.command).toBe(REFUSED_DATA);
    expect(terminal.state.users.count).toBe(3);
  });

  test("of another session is refused", async () => {
    const reply = await client.ask(1003, undefined, { session: client.session + 1 });

    expect(reply.command).toBe(REFUSED_INIT);
    expect(terminal.state.enabled).toBe(true);
    expect(rules()).toEqual(["session"]);
  });

  test("with a reply id that was used before is answered, and recorded", async () => {
    await client.ask(201);

    const reply = await client.ask(201, undefined, { reply: client.reply });

    expect(reply.command).toBe(2000);
    expect(rules()).toEqual(["reply-id"]);
  });

  test("with a command that the terminal does not know is answered as unknown", async () => {
    expect((await client.ask(9_999)).command).toBe(65_535);
  });

  test("is hung up on when it is not of this protocol", async () => {
    client.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));

    await client.hungUp;
    expect(rules()).toEqual(["framing"]);
  });

  test("is hung up on when its length is impossible", async () => {
    client.write(Buffer.from("5050827dffffff7f", "hex"));

    await client.hungUp;
    expect(rules()).toEqual(["framing"]);
  });
});

describe("the order of things", () => {
  test("nothing is answered before CONNECT but a refusal", async () => {
    client = await RawClient.tcp(terminal.port);

    expect((await client.ask(201)).command).toBe(REFUSED_INIT);
    expect(rules()).toEqual(["order"]);
    await client.close();
  });

  test("nothing is answered after EXIT but a refusal", async () => {
    client = await RawClient.open(terminal.port);
    await client.ask(1001);

    expect((await client.ask(201)).command).toBe(REFUSED_INIT);
    await client.close();
  });

  test("a second CONNECT keeps the session", async () => {
    client = await RawClient.open(terminal.port);

    expect((await client.ask(1000)).session).toBe(client.session);
    await client.close();
  });

  test("a connection without a word is no violation", async () => {
    await (await RawClient.tcp(terminal.port)).close();

    client = await RawClient.open(terminal.port);
    expect(rules()).toEqual([]);
    await client.close();
  });
});

describe("a terminal with a communication key", () => {
  beforeEach(async () => {
    await terminal.stop();
    terminal = await ZkTerminal.start({ users: generatePeople(3), commKey: 123_456 });
    client = await RawClient.tcp(terminal.port);
  });
  afterEach(() => client.close());

  test("answers CONNECT with 2005 and a session, and all else with 2005", async () => {
    const hello = await client.ask(1000);
    client.session = hello.session;

    expect(hello.command).toBe(2005);
    expect(hello.session).toBeGreaterThan(0);
    expect((await client.ask(11, Buffer.from("~SerialNumber\0"))).command).toBe(2005);
    expect(rules()).toEqual(["order"]);
  });

  test("opens with the key for this session, and with nothing else", async () => {
    client.session = (await client.ask(1000)).session;

    expect((await client.ask(1102, commKeyProof(123_457, client.session, 50))).command).toBe(2005);
    expect((await client.ask(1102, commKeyProof(123_456, client.session + 256, 50))).command).toBe(2005);
    expect((await client.ask(1102, commKeyProof(123_456, client.session, 50))).command).toBe(2000);
    expect((await client.ask(201)).command).toBe(2000);
  });
});

describe("a second client", () => {
  test("is left without an answer until the first one leaves", async () => {
    client = await RawClient.open(terminal.port);
    const second = await RawClient.tcp(terminal.port);
    const heard = terminal.commands.next(1000);
    second.send(1000);
    await heard;
    expect(second.segments).toEqual([]);

    await client.ask(1001);
    expect((await second.ask(1000)).command).toBe(2000);
    await client.close();
    await second.close();
  });

  test("is served when the first one has hung up without a word", async () => {
    client = await RawClient.open(terminal.port);
    await client.close();

    const second = await RawClient.open(terminal.port);
    expect(second.session).toBeGreaterThan(0);
    await second.close();
  });

  test("takes the place of the first one over UDP", async () => {
    const udp = await ZkTerminal.start({ transport: "udp" });
    client = await RawClient.open(udp.port, "udp");
    const second = await RawClient.open(udp.port, "udp");

    expect((await second.ask(201)).command).toBe(2000);
    expect((await client.ask(201)).command).toBe(REFUSED_INIT);
    await client.close();
    await second.close();
    await udp.stop();
  });
});

describe("a disabled terminal", () => {
  beforeEach(async () => void (client = await RawClient.open(terminal.port)));
  afterEach(() => client.close());

  test("takes no punch", async () => {
    await client.ask(1003);

    expect(terminal.punch({ userId: "1" })).toBe(false);
    expect(terminal.state.punches.count).toBe(0);
  });

  test("enables itself when the time is over", async () => {
    await client.ask(1003, seconds(30));
    now += 29_999;
    expect(terminal.state.enabled).toBe(false);

    now += 1;
    expect(terminal.state.enabled).toBe(true);
    expect(terminal.punch({ userId: "1" })).toBe(true);
  });

  test("stays disabled without a time, also when the client leaves", async () => {
    await client.ask(1003, seconds(0));
    await client.ask(1001);
    now += 86_400_000;

    expect(terminal.state.enabled).toBe(false);
  });

  test("is enabled by 1002 and by a restart", async () => {
    await client.ask(1003);
    await client.ask(1002);
    expect(terminal.state.enabled).toBe(true);

    await client.ask(1003);
    terminal.restart();
    expect(terminal.state.enabled).toBe(true);
  });
});

test("every command is logged with its data and time, whatever became of it", async () => {
  client = await RawClient.open(terminal.port);
  now += 5_000;
  await client.ask(11, Buffer.from("MAC\0"));
  await client.ask(9_999);
  await client.close();

  expect(terminal.commands.codes()).toEqual([1000, 11, 9_999]);
  expect(terminal.commands.count(11)).toBe(1);
  expect(terminal.commands.entries()[1]).toMatchObject({
    at: now,
    command: 11,
    data: Buffer.from("MAC\0"),
    session: client.session,
    reply: 1,
    connection: 1,
  });
});
