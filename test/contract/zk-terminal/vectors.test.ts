import { describe, expect, test } from "@jest/globals";

import { OperationLog } from "../../doubles/zk-terminal/device/operation-log.ts";
import { TemplateStore } from "../../doubles/zk-terminal/device/template-store.ts";
import { commKeyProof, provesCommKey } from "../../doubles/zk-terminal/wire/comm-key.ts";
import { decodeDeviceTime, encodeDeviceTime } from "../../doubles/zk-terminal/wire/device-time.ts";
import { checksumOf, encodeFrame } from "../../doubles/zk-terminal/wire/packet.ts";
import { encodePunches, encodePunchEvent } from "../../doubles/zk-terminal/wire/punch-row.ts";
import { decodeUser, encodeUser } from "../../doubles/zk-terminal/wire/user-row.ts";

/** `00×15` in the reference's notation. */
const zeros = (count: number) => "00".repeat(count);
const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(/\s/g, ""), "hex");
const text = (content: string) => Buffer.from(content, "latin1");

describe("the double encodes the recorded frames of zk-pull.md §1.1", () => {
  test.each([
    [
      "CONNECT with reply id 0",
      { command: 1000, session: 0, reply: 0, data: hex() },
      hex("5050827D08000000 E80317FC00000000"),
    ],
    [
      "CONNECT with reply id 1",
      { command: 1000, session: 0, reply: 1, data: hex() },
      hex("5050827D08000000 E80316FC00000100"),
    ],
    [
      "OPTIONS_RRQ",
      { command: 11, session: 0x1234, reply: 2, data: text("~SerialNumber\0") },
      hex("5050827D16000000 0B00BBA434120200 7E53657269616C4E756D62657200"),
    ],
    [
      "DATA_WRRQ users",
      { command: 1503, session: 0x1234, reply: 5, data: hex("0109000500000000000000") },
      hex("5050827D13000000 DF05E6D934120500 0109000500000000000000"),
    ],
    [
      "DATA_RDY",
      { command: 1504, session: 0x1234, reply: 6, data: hex("00000000C0FF0000") },
      hex("5050827D10000000 E00524E834120600 00000000C0FF0000"),
    ],
    [
      "a live event",
      {
        command: 500,
        session: 1,
        reply: 0,
        data: encodePunchEvent(
          {
            uid: 0,
            userId: "999111333",
            time: encodeDeviceTime("2018-06-25T17:41:05"),
            verify: 1,
            state: 0,
            workCode: 0,
          },
          32,
        ),
      },
      hex("5050827D28000000 F401AC1201000000 393939313131333333", zeros(15), "0100 120619112905"),
    ],
    [
      "the answer to a state request",
      { command: 2000, session: 2, reply: 55, data: hex() },
      hex("5050827D08000000 D007F6F702003700"),
    ],
    [
      "the answer to an option",
      { command: 2000, session: 0x8df3, reply: 12, data: text("~Platform=ZEM760_TFT\0") },
      Buffer.concat([hex("5050827D1D000000 D007714CF38D0C00"), text("~Platform=ZEM760_TFT\0")]),
    ],
  ])("%s", (_name, packet, bytes) => {
    expect(encodeFrame(packet).toString("hex")).toBe(bytes.toString("hex"));
  });

  test("USER_WRQ", () => {
    const data = hex(
      "0E0006 31323334353600 7C 4E7565766F",
      zeros(19),
      "8F190000 01",
      zeros(8),
      "3131323234343838",
      zeros(16),
    );

    const frame = encodeFrame({ command: 8, session: 0x8a9d, reply: 92, data });

    expect(frame.subarray(0, 16).toString("hex")).toBe("5050827d500000000800fc579d8a5c00");
    expect(decodeUser(data)).toMatchObject({
      uid: 14,
      userId: "11224488",
      password: "123456",
      privilege: 6,
      card: 6543,
      group: 1,
      timeZones: [],
    });
  });
});

test.each([
  ["0B005A17F38D03005A4B4661636556657273696F6E00", 0x175a],
  ["D007296AF38D0A0009", 0x6a29],
])("the checksum of %s is that of §1.2", (bytes, checksum) => {
  expect(checksumOf(hex(bytes))).toBe(checksum);
});

describe("the communication key of §1.5", () => {
  test.each([
    [0, 0, "617d3279"],
    [1_234, 0x1235, "4136326b"],
    [123_456, 40_000, "297f3265"],
    [999_999, 65_535, "22813296"],
  ])("key %i in session %i gives %s", (key, session, proof) => {
    expect(commKeyProof(key, session, 50).toString("hex")).toBe(proof);
    expect(provesCommKey(hex(proof), key, session)).toBe(true);
  });

  test.each([0, 50, 255])("is proven with any tick (%i)", (tick) => {
    expect(provesCommKey(commKeyProof(123_456, 40_000, tick), 123_456, 40_000)).toBe(true);
  });

  test("is not proven by another key, another session, or bytes too few", () => {
    expect(provesCommKey(commKeyProof(1, 40_000, 50), 2, 40_000)).toBe(false);
    expect(provesCommKey(commKeyProof(1, 40_000, 50), 1, 20_000)).toBe(false);
    expect(provesCommKey(hex("617d32"), 0, 0)).toBe(false);
  });
});

describe("times of §2.6", () => {
  test.each([
    [0x2368b36b, "2018-06-25T17:50:35"],
    [0x23689bc2, "2018-06-25T16:09:38"],
    [0x2e4969ff, "2024-02-29T23:59:59"],
    [0x3383fd00, "2026-11-22T08:00:00"],
  ])("%i is %s", (value, at) => {
    expect(encodeDeviceTime(at)).toBe(value);
    expect(decodeDeviceTime(value)).toBe(at);
  });

  test("a date that does not exist keeps its number", () => {
    expect(decodeDeviceTime(encodeDeviceTime("2026-02-31T08:00:00"))).toBe("2026-02-31T08:00:00");
  });

  test("0xFFFFFFFF lies in 2133, as with an empty clock battery", () => {
    expect(decodeDeviceTime(0xffffffff)).toMatch(/^2133-/);
  });
});

describe("rows of §2.4, §2.5 and §3.1", () => {
  test("a 72-byte user", () => {
    const user = {
      uid: 13,
      userId: "555",
      name: text("Ned"),
      password: "444",
      privilege: 0,
      card: 222,
      group: 2,
      timeZones: [1, 2],
    };
    const row = hex("0D0000 34343400C69A807C 4E6564", zeros(21), "DE000000 02 0100 0100 0200 0000 353535", zeros(21));

    expect(encodeUser(user, 72).toString("hex")).toBe(row.toString("hex"));
  });

  test("a 28-byte user", () => {
    const row = hex("6C4D 00 00E61900FA 414C564152455A2C 00000000 00 01 0000 6C4D0000");

    expect(decodeUser(row)).toMatchObject({
      uid: 19_820,
      userId: "19820",
      name: text("ALVAREZ,"),
      password: "",
      card: 0,
      group: 1,
    });
  });

  test("a 40-byte punch", () => {
    const punch = { uid: 13, userId: "999111333", time: 0x2368b36b, verify: 1, state: 0, workCode: 0 };

    expect(encodePunches([punch], 40).toString("hex")).toBe(
      hex("0D00 393939313131333333", zeros(15), "01 6BB36823 00 00000000FF000000").toString("hex"),
    );
  });

  test("a 49-byte punch is the 40-byte one with nine bytes more", () => {
    const punch = { uid: 13, userId: "9", time: 0x2368b36b, verify: 1, state: 0, workCode: 0 };

    expect(encodePunches([punch], 49).toString("hex")).toBe(
      encodePunches([punch], 40).toString("hex") + "ff3235350000000000",
    );
  });

  test("an operation", () => {
    const log = new OperationLog();
    log.append({ operation: 6, time: 0x23689bc2, params: [3, 0, 7, 0x0502] });

    expect(log.rows().toString("hex")).toBe("00000600c29b68230300000007000205");
  });

  test("a template entry", () => {
    const store = new TemplateStore();
    store.put({ uid: 14, finger: 4, flag: 1, bytes: Buffer.concat([text("M\xfdSS21\0\0"), Buffer.alloc(1_206, 7)]) });

    expect(store.rows().subarray(0, 14).toString("hex")).toBe("c4040e000401" + "4dfd535332310000");
  });
});
