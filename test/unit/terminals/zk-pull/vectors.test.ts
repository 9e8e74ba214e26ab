import { describe, expect, test } from "@jest/globals";
import zklib from "zklib-js/utils.js";

import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { checksumOf, isIntact } from "../../../../connector/terminals/zk-pull/checksum.ts";
import { encodeCommKey } from "../../../../connector/terminals/zk-pull/codec/comm-key.ts";
import { decodePunchEvents } from "../../../../connector/terminals/zk-pull/codec/events.ts";
import { decodeOperations } from "../../../../connector/terminals/zk-pull/codec/operations.ts";
import { decodeOption, encodeOptionRequest } from "../../../../connector/terminals/zk-pull/codec/options.ts";
import { decodePunches } from "../../../../connector/terminals/zk-pull/codec/punches.ts";
import { decodeTemplates } from "../../../../connector/terminals/zk-pull/codec/templates.ts";
import { encodeTime, TimeDecoder } from "../../../../connector/terminals/zk-pull/codec/time.ts";
import { decodeUsers } from "../../../../connector/terminals/zk-pull/codec/users.ts";
import { Deframer, decodePacket, type Packet } from "../../../../connector/terminals/zk-pull/frame.ts";

const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(/\s/g, ""), "hex");
/** `00×15` in the reference's notation. */
const zeros = (count: number) => "00".repeat(count);
const text = (content: string) => Buffer.from(content, "latin1");

function framesIn(...segments: readonly Buffer[]): readonly Packet[] {
  const packets: Packet[] = [];
  const deframer = new Deframer({ packet: (packet) => void packets.push(packet), stray: () => undefined });
  for (const segment of segments) deframer.push(segment);
  return packets;
}

const EVENT = hex("5050827D28000000 F401AC1201000000 393939313131333333", zeros(15), "0100 120619112905");
const USER_WRQ = hex(
  "5050827D50000000 0800FC579D8A5C00",
  "0E0006 31323334353600 7C 4E7565766F",
  zeros(19),
  "8F190000 01",
  zeros(8),
  "3131323234343838",
  zeros(16),
);
const PLATFORM = Buffer.concat([hex("5050827D1D000000 D007714CF38D0C00"), text("~Platform=ZEM760_TFT\0")]);

/** `zk-pull.md` §1.1 */
const FRAMES: readonly (readonly [string, Buffer, Omit<Packet, "bytes" | "data"> & { readonly data?: Buffer }])[] = [
  ["CONNECT, reply 0", hex("5050827D08000000 E80317FC00000000"), { command: 1000, session: 0, reply: 0 }],
  ["CONNECT, reply 1", hex("5050827D08000000 E80316FC00000100"), { command: 1000, session: 0, reply: 1 }],
  [
    "OPTIONS_RRQ",
    hex("5050827D16000000 0B00BBA434120200 7E53657269616C4E756D62657200"),
    { command: 11, session: 0x1234, reply: 2, data: encodeOptionRequest("~SerialNumber") },
  ],
  [
    "DATA_WRRQ users",
    hex("5050827D13000000 DF05E6D934120500 0109000500000000000000"),
    { command: 1503, session: 0x1234, reply: 5, data: hex("0109000500000000000000") },
  ],
  [
    "DATA_RDY",
    hex("5050827D10000000 E00524E834120600 00000000C0FF0000"),
    { command: 1504, session: 0x1234, reply: 6, data: hex("00000000C0FF0000") },
  ],
  ["live event ATTLOG", EVENT, { command: 500, session: 1, reply: 0 }],
  ["USER_WRQ", USER_WRQ, { command: 8, session: 0x8a9d, reply: 92 }],
  [
    "OPTIONS_RRQ ~Platform",
    hex("5050827D12000000 0B00B9E6F38D0C00 7E506C6174666F726D00"),
    { command: 11, session: 0x8df3, reply: 12, data: encodeOptionRequest("~Platform") },
  ],
  ["its reply", PLATFORM, { command: 2000, session: 0x8df3, reply: 12 }],
  ["STATE_RRQ reply", hex("5050827D08000000 D007F6F702003700"), { command: 2000, session: 2, reply: 55 }],
];

describe("the recorded frames of zk-pull.md §1.1", () => {
  test.each(FRAMES)("%s is read", (_name, bytes, { data, ...header }) => {
    const [packet] = framesIn(bytes);

    expect(packet).toMatchObject(header);
    if (data !== undefined) expect(packet?.data).toEqual(data);
    expect(isIntact(bytes.subarray(8))).toBe(true);
  });

  test.each(FRAMES.filter(([, , { reply }]) => reply > 0))(
    "%s is built by the library's header builder, one id on",
    (_name, bytes, packet) => {
      const { command, session, reply } = packet;
      const data = bytes.subarray(16);

      expect(zklib.createTCPHeader(command, session, reply - 1, data)).toEqual(bytes);
      expect(zklib.createUDPHeader(command, session, reply - 1, data)).toEqual(bytes.subarray(8));
    },
  );
});

describe("checksums of §1.2", () => {
  test.each([
    ["0B005A17F38D03005A4B4661636556657273696F6E00", 0x175a],
    ["D007296AF38D0A0009", 0x6a29],
    ["DC059F18E2B60200A026000000040000", 0x189f],
  ])("%s", (bytes, checksum) => {
    expect(checksumOf(hex(bytes))).toBe(checksum);
    expect(isIntact(hex(bytes))).toBe(true);
  });

  test("a changed byte does not fit", () => {
    expect(isIntact(hex("D007296AF38D0A0008"))).toBe(false);
  });
});

test.each([
  [0, 0, "617d3279"],
  [1_234, 0x1235, "4136326b"],
  [123_456, 40_000, "297f3265"],
  [999_999, 65_535, "22813296"],
])("communication key %i in session %i is sent as %s (§1.5)", (key, session, bytes) => {
  expect(encodeCommKey(key, session).toString("hex")).toBe(bytes);
});

describe("times of §2.6", () => {
  test.each([
    [0x2368b36b, "2018-06-25T17:50:35"],
    [0x23689bc2, "2018-06-25T16:09:38"],
    [0x2e4969ff, "2024-02-29T23:59:59"],
    [0x3383fd00, "2026-11-22T08:00:00"],
    [0, "2000-01-01T00:00:00"],
  ])("%i is %s", (value, at) => {
    expect(new TimeDecoder().decode(value)).toBe(at);
    expect(encodeTime(LocalDateTime.parse(at))).toBe(value);
  });

  test.each([
    ["31 February", encodeTime(LocalDateTime.parse("2026-02-28T08:00:00")) + 3 * 86_400],
    ["29 February of a common year", encodeTime(LocalDateTime.parse("2026-02-28T08:00:00")) + 86_400],
    ["the year 2133", 0xffff_ffff],
    ["the year 2100", 100 * 372 * 86_400],
  ])("%s is no time", (_name, value) => {
    expect(new TimeDecoder().decode(value)).toBeNull();
  });
});

describe("rows of §2.4", () => {
  test("72 bytes", () => {
    const row = hex("0D0000 34343400C69A807C 4E6564", zeros(21), "DE000000 02 0100 0100 0200 0000 353535", zeros(21));

    expect(decodeUsers(row, 72, "utf8")).toEqual([
      {
        uid: 13,
        row,
        user: {
          userId: "555",
          name: "Ned",
          nameRaw: row.subarray(11, 35),
          card: "222",
          privilege: 0,
          group: 2,
        },
      },
    ]);
  });

  test("72 bytes, as written by USER_WRQ", () => {
    expect(decodeUsers(USER_WRQ.subarray(16), 72, "utf8")[0]).toMatchObject({
      uid: 14,
      user: { userId: "11224488", name: "Nuevo", card: "6543", privilege: 6, group: 1 },
    });
  });

  test("28 bytes, from a capture over UDP", () => {
    const prepare = decodePacket(hex("DC059F18E2B60200 A026000000040000"));
    const data = decodePacket(
      hex("DD052BFE00000200 9C260000 6C4D 00 00E61900FA 414C564152455A2C 00000000 00 01 0000 6C4D0000"),
    );

    expect(prepare).toMatchObject({ command: 1500, session: 0xb6e2, reply: 2 });
    expect(prepare?.data.readUInt32LE(0)).toBe(9_888);
    expect(data).toMatchObject({ command: 1501, session: 0, reply: 2 });
    expect(data?.data.readUInt32LE(0)).toBe(353 * 28);
    expect(decodeUsers(data?.data.subarray(4) ?? Buffer.alloc(0), 28, "utf8")[0]).toMatchObject({
      uid: 19_820,
      user: { userId: "19820", name: "ALVAREZ,", card: null, privilege: 0, group: 1 },
    });
  });
});

describe("rows of §2.5", () => {
  const LONG = hex("0D00 393939313131333333", zeros(15), "01 6BB36823 00 00000000FF000000");

  test("40 bytes", () => {
    const [punch, ...more] = decodePunches(LONG, 40);

    expect(more).toEqual([]);
    expect(punch).toMatchObject({
      userId: "999111333",
      at: "2018-06-25T17:50:35",
      verify: 1,
      state: 0,
      workCode: null,
      key: "999111333|594064235|1|0",
      raw: LONG,
    });
  });

  test("49 bytes", () => {
    const row = Buffer.concat([LONG, hex("FF3235350000000000")]);

    expect(decodePunches(row, 49)[0]).toMatchObject({ userId: "999111333", at: "2018-06-25T17:50:35", raw: row });
  });

  test("16 bytes", () => {
    const row = hex("6C4D0000 6BB36823 0F 05 0000 07000000");

    expect(decodePunches(row, 16)[0]).toMatchObject({
      userId: "19820",
      at: "2018-06-25T17:50:35",
      verify: 15,
      state: 5,
      workCode: 7,
      key: `19820|594064235|15|5`,
    });
  });

  test("8 bytes", () => {
    const row = hex("0D00 01 6BB36823 FF");

    expect(decodePunches(row, 8, new Map([[13, "999111333"]]))[0]).toMatchObject({
      userId: "999111333",
      at: "2018-06-25T17:50:35",
      verify: 1,
      state: 255,
      key: `#13|594064235|1|255`,
    });
  });

  test("a row of the operation log", () => {
    expect(decodeOperations(hex("0000062AC29B68230300000007000205"))).toEqual([
      { operation: 6, at: "2018-06-25T16:09:38", params: [3, 0, 7, 0x0502] },
    ]);
  });
});

describe("template entries of §3.1", () => {
  const template = Buffer.concat([hex("4DFD535332310000"), Buffer.alloc(1_206, 7)]);
  const entry = Buffer.concat([hex("C4040E000401"), template]);

  test("carry their length, slot, finger and flag", () => {
    expect(decodeTemplates(Buffer.concat([entry, entry]))).toEqual([
      { uid: 14, finger: 4, flag: 1, template },
      { uid: 14, finger: 4, flag: 1, template },
    ]);
  });

  test.each([
    ["nothing in it", hex("06000E000401")],
    ["length zero", hex("00000E0004010000")],
    ["an end beyond the table", entry.subarray(0, -1)],
    ["half a head", hex("C4040E")],
  ])("with %s are an error", (_name, table) => {
    expect(() => decodeTemplates(table)).toThrow("terminal.incomplete");
  });
});

describe("options of §2.9", () => {
  test.each([
    ["~Platform", "~Platform=ZEM760_TFT\0", "ZEM760_TFT"],
    ["ICLOCKSVRURL", "ICLOCKSVRURL=http://h/?a=b\0\0junk", "http://h/?a=b"],
    ["~OS", "1\0", "1"],
    ["~OS", "", ""],
    ["~DeviceName", "a=b", "a=b"],
  ])("%s from %j", (name, data, value) => {
    expect(decodeOption(name, text(data))).toBe(value);
  });
});

describe("events of §2.10", () => {
  const event = (data: Buffer, session = 1): Packet => ({ command: 500, session, reply: 0, data, bytes: data });
  const TIME = "120619112905";
  const AT = "2018-06-25T17:41:05";
  const long = hex("393939313131333333", zeros(15), "0102", TIME);

  test("the recorded punch", () => {
    expect(decodePunchEvents(framesIn(EVENT)[0] ?? event(Buffer.alloc(0)))).toEqual([
      { userId: "999111333", verify: 1, state: 0, at: AT },
    ]);
  });

  test.each([
    [10, hex("0C00 01 F2", TIME), "12"],
    [12, hex("0C000000 01 02", TIME), "12"],
    [14, hex("0C00 01 02", TIME, "00000000"), "12"],
    [32, long, "999111333"],
    [36, Buffer.concat([long, Buffer.alloc(4)]), "999111333"],
    [37, Buffer.concat([long, Buffer.alloc(5)]), "999111333"],
    [52, Buffer.concat([long, Buffer.alloc(20)]), "999111333"],
    [61, Buffer.concat([long, Buffer.alloc(29)]), "999111333"],
  ])("%i bytes", (length, data, userId) => {
    expect(data).toHaveLength(length);
    expect(decodePunchEvents(event(data))).toEqual([{ userId, verify: 1, state: 2, at: AT }]);
  });

  test("several in one packet", () => {
    expect(decodePunchEvents(event(Buffer.concat([long, long])))).toHaveLength(2);
    expect(decodePunchEvents(event(hex("0C000000 01 02", TIME, "0D000000 01 02", TIME)))).toHaveLength(2);
  });

  test("other events and scraps are no punches", () => {
    expect(decodePunchEvents(event(long, 2))).toEqual([]);
    expect(decodePunchEvents(event(Buffer.alloc(3)))).toEqual([]);
    expect(decodePunchEvents(event(Buffer.alloc(0)))).toEqual([]);
  });
});
