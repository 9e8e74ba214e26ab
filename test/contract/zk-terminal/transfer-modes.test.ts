import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { Modes, TransferFault } from "../../doubles/zk-terminal/device/modes.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";

import { RawClient, READ_PUNCHES, READ_USERS, span, type Seen } from "./raw-client.ts";

const people = generatePeople(40);
const punches = generatePunches(1, { people, count: 1_000 });
const SIZE = 4 + 40 * 1_000;

let terminal: ZkTerminal;
let client: RawClient;

beforeEach(async () => {
  terminal = await ZkTerminal.start({ users: people, punches });
  client = await RawClient.open(terminal.port);
});
afterEach(async () => {
  await terminal.stop();
  await client.close();
});

function codes(packets: readonly Seen[]): readonly number[] {
  return packets.map(({ command }) => command);
}

async function prepared(...transfer: readonly TransferFault[]): Promise<Seen> {
  terminal.set({ transfer });
  return client.ask(1503, READ_PUNCHES);
}

describe("the friendly mode", () => {
  test("announces a big data set with flag, size twice and hash", async () => {
    const reply = await prepared();

    expect(reply.command).toBe(2000);
    expect(reply.data).toHaveLength(13);
    expect([reply.data.readUInt32LE(1), reply.data.readUInt32LE(5)]).toEqual([SIZE, SIZE]);
  });

  test("sends a chunk as PREPARE, DATA and OK with the request's reply id", async () => {
    await prepared();
    client.send(1504, span(0, 5_000));

    const packets = await client.take(3);

    expect(codes(packets)).toEqual([1500, 1501, 2000]);
    expect(packets.map(({ reply }) => reply)).toEqual([client.reply, client.reply, client.reply]);
    expect(packets[0]?.data.readUInt32LE(0)).toBe(5_000);
    expect(packets[1]?.data).toHaveLength(5_000);
  });

  test("sends a small data set inline, with its length first", async () => {
    const small = await ZkTerminal.start({ users: generatePeople(14) });
    const reader = await RawClient.open(small.port);

    const reply = await reader.ask(1503, READ_USERS);

    expect(reply.command).toBe(1501);
    expect(reply.data.readUInt32LE(0)).toBe(14 * 72);
    expect(reply.data).toHaveLength(4 + 14 * 72);
    await reader.close();
    await small.stop();
  });

  test("refuses a chunk outside the data set, and any after the buffer was freed", async () => {
    await prepared();
    expect((await client.ask(1504, span(SIZE - 10, 11))).command).toBe(2001);
    await client.ask(1502);
    expect((await client.ask(1504, span(0, 10))).command).toBe(2001);
  });

  test("answers the legacy read with the whole log", async () => {
    client.send(13);

    const packets = await client.take(3);

    expect(codes(packets)).toEqual([1500, 1501, 2000]);
    expect(packets[1]?.data).toHaveLength(SIZE);
  });
});

describe("transfer modes", () => {
  test("late OK: it comes just before the next answer", async () => {
    terminal.set({ lateOkMs: 3_600_000 });
    await prepared("late-ok");
    client.send(1504, span(0, 100));
    const first = await client.take(2);
    const asked = client.reply;
    client.send(201);
    const rest = await client.take(2);

    expect(codes(first)).toEqual([1500, 1501]);
    expect(rest.map(({ command, reply }) => [command, reply])).toEqual([
      [2000, asked],
      [2000, asked + 1],
    ]);
  });

  test("late OK: it comes by itself when nobody asks", async () => {
    terminal.set({ lateOkMs: 1 });
    await prepared("late-ok");
    client.send(1504, span(0, 100));

    expect(codes(await client.take(3))).toEqual([1500, 1501, 2000]);
  });

  test.each<[string, readonly TransferFault[], readonly number[]]>([
    ["OK before the data", ["ok-before-data"], [1500, 2000, 1501]],
    ["several DATA per chunk", ["many-data"], [1500, 1501, 1501, 1501, 2000]],
    ["OK before the last of several DATA", ["many-data", "ok-before-data"], [1500, 1501, 1501, 2000, 1501]],
    ["a live event inside", ["event-inside"], [1500, 500, 1501, 500, 2000]],
  ])("%s", async (_name, faults, order) => {
    await prepared(...faults);
    client.send(1504, span(0, 10_000));

    const packets = await client.take(order.length);

    expect(codes(packets)).toEqual(order);
    const bytes = packets.filter(({ command }) => command === 1501).map(({ data }) => data);
    expect(Buffer.concat(bytes)).toHaveLength(10_000);
  });

  test("bare DATA: the last chunk, and only that, comes alone", async () => {
    await prepared("bare-data");
    client.send(1504, span(0, 100));
    expect(codes(await client.take(3))).toEqual([1500, 1501, 2000]);
    client.send(1504, span(SIZE - 100, 100));
    client.send(201);

    expect(codes(await client.take(2))).toEqual([1501, 2000]);
  });

  test("short announcement: PREPARE says less than DATA holds", async () => {
    await prepared("short-announcement");
    client.send(1504, span(0, 100));

    const [prepare, data] = await client.take(2);

    expect(prepare?.data.readUInt32LE(0)).toBe(84);
    expect(data?.data).toHaveLength(100);
  });

  test("short total: 1503 says less than there is, and the rest can be asked for", async () => {
    const reply = await prepared("short-total");

    expect(reply.data.readUInt32LE(1)).toBe(SIZE - 40);
    expect(await client.chunk(SIZE - 40, 40)).toHaveLength(40);
  });

  test("short prefix: the TCP length of DATA says less than follows", async () => {
    await prepared("short-prefix");
    client.segments.length = 0;
    client.send(1504, span(0, 100));

    const stream = await client.bytes(24 + 116 + 16);

    expect(stream.readUInt32LE(24 + 4)).toBe(8 + 100 - 16);
    expect(stream.readUInt16LE(24 + 116 + 8)).toBe(2000);
  });

  test("direct PREPARE: 1503 is answered with the data set itself", async () => {
    terminal.set({ transfer: ["direct-prepare"] });
    client.send(1503, READ_PUNCHES);

    const packets = await client.take(3);

    expect(codes(packets)).toEqual([1500, 1501, 2000]);
    expect(packets[1]?.data).toHaveLength(SIZE);
  });

  test("long length: the data set claims two records more than it has", async () => {
    terminal.set({ transfer: ["long-length"] });

    const bytes = await client.read(READ_PUNCHES);

    expect(bytes).toHaveLength(SIZE);
    expect(bytes.readUInt32LE(0)).toBe(SIZE - 4 + 80);
  });

  test("short chunk: DATA holds one record less than was asked for", async () => {
    await prepared("short-chunk");

    expect(await client.chunk(0, 1_000)).toHaveLength(960);
    expect(await client.chunk(0, 1_000)).toHaveLength(1_000);
  });

  test("short chunks: so does every other", async () => {
    await prepared("short-chunks");

    expect(await client.chunk(0, 1_000)).toHaveLength(960);
    expect(await client.chunk(0, 1_000)).toHaveLength(960);
  });

  test("stall: half a packet, and then nothing, whatever is asked", async () => {
    await prepared("stall");
    client.segments.length = 0;
    client.send(1504, span(0, 10_000));
    const heard = terminal.commands.next(201);
    client.send(201);
    await heard;
    await client.take(1);

    expect(Buffer.concat(client.segments).length).toBeLessThanOrEqual(24 + 5_008);
    expect(client.unread).toEqual([]);
  });

  test("reset: half a packet, and then RST", async () => {
    await prepared("reset");
    client.send(1504, span(0, 10_000));

    expect(await client.hungUp).toBe("ECONNRESET");
  });

  test("reboot: half a packet, then a connection that nobody knows any more, and a terminal that takes new ones", async () => {
    terminal.set({ halfOpen: "reset" });
    await prepared("reboot");
    client.send(1504, span(0, 10_000));
    await terminal.commands.next(1504);
    client.send(201);

    expect(await client.hungUp).toBe("ECONNRESET");
    const again = await RawClient.open(terminal.port);
    expect((await again.ask(201)).command).toBe(2000);
    await again.close();
  });

  test("a fault strikes the chunk it is set for, and as often as it is set", async () => {
    terminal.set({ faultChunk: 1, faultTimes: 1 });
    await prepared("reset");
    expect(await client.chunk(0, 100)).toHaveLength(100);
    client.send(1504, span(100, 100));
    expect(await client.hungUp).toBe("ECONNRESET");

    await client.close();
    client = await RawClient.open(terminal.port);
    expect(await client.read(READ_PUNCHES)).toHaveLength(SIZE);
  });

  test.each<[string, Partial<Modes>, number]>([
    ["inline", {}, 1501],
    ["with an error", { emptyTable: "error" }, 2001],
  ])("an empty table is answered %s", async (_name, modes, code) => {
    terminal.state.punches.clear();
    terminal.set(modes);

    expect((await client.ask(1503, READ_PUNCHES)).command).toBe(code);
  });

  test.each<[Modes["bufferedRead"], number]>([
    ["error", 2001],
    ["unknown", 65_535],
  ])("a terminal without 1503 answers %s", async (bufferedRead, code) => {
    terminal.set({ bufferedRead });

    expect((await client.ask(1503, READ_PUNCHES)).command).toBe(code);
  });
});

describe("over UDP", () => {
  let udp: ZkTerminal;
  let reader: RawClient;
  beforeEach(async () => {
    udp = await ZkTerminal.start({ transport: "udp", users: people, punches });
    reader = await RawClient.open(udp.port, "udp");
  });
  afterEach(async () => {
    await udp.stop();
    await reader.close();
  });

  async function indexes(datagrams: Modes["datagrams"], count: number): Promise<readonly number[]> {
    udp.set({ datagrams });
    await reader.ask(1503, READ_PUNCHES);
    reader.send(1504, span(0, 4_000));
    const packets = await reader.take(count);
    return packets.filter(({ command }) => command === 1501).map(({ session }) => session);
  }

  test("DATA comes in packets of at most 1,024 bytes that count in the session field", async () => {
    expect(await indexes("in-order", 6)).toEqual([0, 1, 2, 3]);
  });

  test.each<[Modes["datagrams"], number, readonly number[]]>([
    ["lost", 5, [0, 2, 3]],
    ["doubled", 7, [0, 1, 1, 2, 3]],
    ["swapped", 6, [0, 2, 1, 3]],
  ])("datagrams can be %s", async (datagrams, count, order) => {
    expect(await indexes(datagrams, count)).toEqual(order);
  });
});
