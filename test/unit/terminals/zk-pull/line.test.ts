import { describe, expect, test } from "@jest/globals";

import type { Packet } from "../../../../connector/terminals/zk-pull/frame.ts";
import { DataAnswer, OneReply } from "../../../../connector/terminals/zk-pull/wire/collectors.ts";
import { DataParts } from "../../../../connector/terminals/zk-pull/wire/data-parts.ts";
import { Line, type Carrier } from "../../../../connector/terminals/zk-pull/wire/line.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const NO_DATA = Buffer.alloc(0);

class Desk implements Carrier {
  readonly survivesSilence = false;
  readonly posted: number[] = [];
  abandoned: Error | null = null;
  line: Line | null = null;
  #id: number;

  constructor(id = 0) {
    this.#id = id;
  }

  nextReplyId(): number {
    return this.#id + 1;
  }

  post(command: number): Promise<void> {
    this.#id++;
    this.posted.push(command);
    return Promise.resolve();
  }

  flush(): void {
    return;
  }

  abandon(error: Error): void {
    this.abandoned = error;
    this.line?.fail(error);
  }
}

function set() {
  const clock = new FakeClock();
  const desk = new Desk();
  return { clock, desk, line: new Line(desk, { clock, idleMs: 30_000, graceMs: 1_000 }) };
}

function packet(command: number, reply: number, data: Buffer = NO_DATA, session = 5): Packet {
  return { command, session, reply, data, bytes: Buffer.concat([Buffer.alloc(8), data]) };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

async function outcome(asked: Promise<void>): Promise<string> {
  return asked.then(
    () => "answered",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("a line", () => {
  test("waits as long as something keeps coming, and gives up after one idle time", async () => {
    const { clock, desk, line } = set();
    const answer = new DataAnswer(1_000, new DataParts(false, 5));
    const asked = outcome(line.request(1504, NO_DATA, answer, "reading users"));
    await tick();

    for (let part = 0; part < 20; part++) {
      clock.advance(29_000);
      line.take(packet(1501, 1, Buffer.alloc(10)));
    }
    clock.advance(29_999);
    expect(desk.abandoned).toBeNull();
    clock.advance(1);

    expect(await asked).toBe("terminal.timeout");
    expect(desk.abandoned).toMatchObject({ code: "terminal.timeout", details: { step: "reading users" } });
    expect(clock.waiting).toBe(0);
  });

  test("is not kept waiting by events, or by answers to others", async () => {
    const { clock, line } = set();
    const asked = outcome(line.request(201, NO_DATA, new OneReply(), "reading users"));
    await tick();

    for (let second = 0; second < 31; second++) {
      clock.advance(1_000);
      line.take(packet(500, 0));
      line.take(packet(2000, 0));
    }

    expect(await asked).toBe("terminal.timeout");
  });

  test("says that answers carried ids that were never sent", async () => {
    const { clock, line } = set();
    const reply = new OneReply();
    const asked = outcome(line.request(201, NO_DATA, reply, "reading users"));
    await tick();

    line.take(packet(2000, 1_001));
    clock.advance(30_000);

    expect(await asked).toBe("terminal.reply-mismatch");
    expect(reply.reply).toBeNull();
  });

  test("does not take a command for an answer, even with the right id", async () => {
    const { line } = set();
    const reply = new OneReply();
    const asked = line.request(201, NO_DATA, reply, "reading users");
    await tick();

    line.take(packet(11, 1));
    expect(reply.reply).toBeNull();
    line.take(packet(2000, 1));

    await asked;
    expect(reply.reply?.command).toBe(2000);
  });

  test("asks the next thing only when the one before is answered", async () => {
    const { desk, line } = set();
    const first = line.request(201, NO_DATA, new OneReply(), "reading counts");
    const second = line.request(50, NO_DATA, new OneReply(), "reading the clock");
    await tick();
    expect(desk.posted).toEqual([201]);

    line.take(packet(2000, 1));
    await first;
    await tick();
    expect(desk.posted).toEqual([201, 50]);

    line.take(packet(2000, 2));
    await second;
  });

  test("goes on without a closing OK when the data are there", async () => {
    const { clock, line } = set();
    const answer = new DataAnswer(4, new DataParts(false, 5));
    const asked = line.request(1504, NO_DATA, answer, "reading users");
    await tick();

    line.take(packet(1500, 1, Buffer.from([4, 0, 0, 0])));
    line.take(packet(1501, 1, Buffer.from("rows")));
    clock.advance(1_000);

    await asked;
    expect([answer.isComplete, answer.bytes().toString()]).toEqual([true, "rows"]);
  });

  test("does not let reply ids wrap", async () => {
    const desk = new Desk(65_000);
    const line = new Line(desk, { clock: new FakeClock(), idleMs: 30_000, graceMs: 1_000 });
    desk.line = line;

    expect(await outcome(line.request(201, NO_DATA, new OneReply(), "reading users"))).toBe("terminal.connection-lost");
    expect(desk.posted).toEqual([]);
  });

  test("fails what is asked after the connection is gone", async () => {
    const { line } = set();

    line.fail(new Error("gone"));

    expect(await outcome(line.request(201, NO_DATA, new OneReply(), "reading users"))).toBe("gone");
  });
});

describe("an answer with data", () => {
  const u32 = (value: number) => Buffer.from([value, 0, 0, 0]);
  const rows = Buffer.concat([u32(4), Buffer.from("rows")]);

  function answer(want: number | null, packets: readonly Packet[], indexed = false): DataAnswer {
    const collected = new DataAnswer(want, new DataParts(indexed, 5));
    for (const each of packets) collected.packet(each);
    return collected;
  }

  test.each([
    ["PREPARE, DATA, OK", [packet(1500, 1, u32(8)), packet(1501, 1, rows), packet(2000, 1)]],
    ["a bare DATA", [packet(1501, 1, rows)]],
    ["OK before DATA", [packet(1500, 1, u32(8)), packet(2000, 1), packet(1501, 1, rows)]],
    ["a PREPARE that says too little", [packet(1500, 1, u32(3)), packet(1501, 1, rows), packet(2000, 1)]],
    [
      "several DATA",
      [
        packet(1500, 1, u32(8)),
        packet(1501, 1, rows.subarray(0, 2)),
        packet(1501, 1, rows.subarray(2)),
        packet(2000, 1),
      ],
    ],
  ])("is whole after %s", (_name, packets) => {
    for (const want of [null, 8]) {
      const collected = answer(want, packets);

      expect([collected.state, collected.isComplete]).toEqual(["done", true]);
      expect(collected.bytes()).toEqual(rows);
    }
  });

  test.each([
    ["says more than comes", 5],
    ["says less than comes", 3],
  ])("is not whole when its own length %s", (_name, length) => {
    const collected = answer(null, [packet(1501, 1, Buffer.concat([u32(length), Buffer.from("rows")]))]);

    expect(collected.isComplete).toBe(false);
  });

  test("is put together by index where datagrams come twice or in another order", () => {
    const parts = [0, 1, 2].map((at) => packet(1501, 1, Buffer.from([at, at]), at));
    const [first, second, third] = parts;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no parts");

    const collected = answer(6, [packet(1500, 1, u32(6)), first, third, third, second, packet(2000, 1)], true);

    expect(collected.bytes()).toEqual(Buffer.from([0, 0, 1, 1, 2, 2]));
    expect([collected.state, collected.isComplete]).toEqual(["done", true]);
  });

  test("shows a gap", () => {
    const collected = answer(
      6,
      [0, 2].map((at) => packet(1501, 1, Buffer.from([at, at, at]), at)),
      true,
    );

    expect(collected.isComplete).toBe(false);
  });

  test("ends with a refusal", () => {
    const collected = answer(8, [packet(1500, 1, u32(8)), packet(2001, 1)]);

    expect([collected.state, collected.refusal, collected.isComplete]).toEqual(["done", 2001, false]);
  });
});
