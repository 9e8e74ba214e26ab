import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { decodePunchEvents } from "../../../connector/terminals/zk-pull/codec/events.ts";
import { decodeFreeSizes } from "../../../connector/terminals/zk-pull/codec/free-sizes.ts";
import { detectPunchSize } from "../../../connector/terminals/zk-pull/codec/punch-size.ts";
import { decodePunches } from "../../../connector/terminals/zk-pull/codec/punches.ts";
import { decodeTemplates } from "../../../connector/terminals/zk-pull/codec/templates.ts";
import { detectUserSize } from "../../../connector/terminals/zk-pull/codec/user-size.ts";
import { decodeUsers } from "../../../connector/terminals/zk-pull/codec/users.ts";
import { zkPullDriver } from "../../../connector/terminals/zk-pull/driver.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import { Random } from "../../doubles/zk-terminal/samples/random.ts";
import { encodeDeviceTime } from "../../doubles/zk-terminal/wire/device-time.ts";
import { encodePunches } from "../../doubles/zk-terminal/wire/punch-row.ts";
import { encodeUser, type UserSize } from "../../doubles/zk-terminal/wire/user-row.ts";

import { NoisyLine } from "./noisy-line.ts";
import { fuzzStream } from "./streams.ts";

/** How many rounds came to what. */
export interface Tally {
  whole: number;
  refused: number;
}

const LATEST = 0x4000_0000;
const HANG_MS = 30_000;

/** Damaged TCP streams through the deframer (`fuzzStream`). Throws on the first round that breaks a rule. */
export function fuzzStreams(rounds: number, seed: number): Tally {
  const random = new Random(seed);
  const tally: Tally = { whole: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    try {
      if (fuzzStream(random)) tally.whole++;
      else tally.refused++;
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}`, { cause: error });
    }
  }
  return tally;
}

/**
 * Damaged tables through the codecs. What is decoded is never more than the bytes hold, and keeps those bytes; everything
 * else is refused. Throws on the first round that breaks this.
 */
export function fuzzTables(rounds: number, seed: number): Tally {
  const random = new Random(seed);
  const tally: Tally = { whole: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    const table = damaged(random, sampleTable(random));
    try {
      if (isDecoded(table, random)) tally.whole++;
      else tally.refused++;
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}`, { cause: error });
    }
  }
  return tally;
}

/**
 * Whole reads over a line that damages bytes. Each is the truth or an error of the product: never part of the log, never
 * records that are not on the terminal, never endless. Throws on the first round that breaks this.
 */
export async function fuzzLine(rounds: number, seed: number): Promise<Tally> {
  const random = new Random(seed);
  const users = generatePeople(40);
  const punches = generatePunches(seed, { people: users, count: 400 });
  const double = await ZkTerminal.start({ users, punches, oneClient: false });
  const truth = double.state.punches.rows();
  const ids = users.map(({ userId }) => userId).join();
  const tally: Tally = { whole: 0, refused: 0 };
  const driver = zkPullDriver({
    ...{ idleMs: 80, connectMs: 500, graceMs: 30, reconnectMs: 1 },
    dump: () => Promise.resolve("kept.bin"),
  });
  try {
    for (let round = 0; round < rounds; round++) {
      const line = new NoisyLine(random, double.port, random.pick([120, 2_000, truth.length + 3_000]));
      const address = TerminalAddress.parse(`tcp://127.0.0.1:${await line.listen()}`);
      try {
        const read = await inTime(async () => {
          const terminal = await driver.open({ address, commKey: 0, mode: "shadow", nameEncoding: "utf8" });
          try {
            return {
              punches: await terminal.punches(),
              users: await terminal.users(),
              identity: await terminal.identity(),
            };
          } finally {
            await terminal.close();
          }
        });
        const rows = Buffer.concat(read.punches.records.map(({ raw }) => raw));
        if (!rows.equals(truth)) throw new Error("records that are not on the terminal");
        if (read.users.map(({ userId }) => userId).join() !== ids)
          throw new Error("users that are not on the terminal");
        if (read.identity.serial !== double.serial) throw new Error("a serial number that is not the terminal's");
        tally.whole++;
      } catch (error) {
        if (!(error instanceof TandemError)) throw new Error(`seed ${seed}, round ${round}`, { cause: error });
        tally.refused++;
      } finally {
        await line.stop();
      }
    }
  } finally {
    await double.stop();
  }
  return tally;
}

/** One table of a kind and row length that terminals have, or noise. */
function sampleTable(random: Random): Buffer {
  const users = generatePeople(1 + random.below(30), { seed: random.below(1_000) });
  switch (random.pick(["users", "punches", "noise"] as const)) {
    case "users":
      return tableOf(users, random.pick([28, 72, 120] as const));
    case "punches":
      return logOf(users, random);
    case "noise":
      return Buffer.from(Array.from({ length: random.below(2_000) }, () => random.below(256)));
  }
}

function tableOf(users: ReturnType<typeof generatePeople>, size: UserSize): Buffer {
  return Buffer.concat(users.map((user) => encodeUser({ ...user, name: Buffer.from(user.name), timeZones: [] }, size)));
}

function logOf(users: ReturnType<typeof generatePeople>, random: Random): Buffer {
  const count = 1 + random.below(300);
  const rows = generatePunches(random.below(1_000), { people: users, count }).map(({ userId, at, verify, state }) => ({
    uid: Number(userId),
    userId,
    time: encodeDeviceTime(at),
    verify: verify ?? 1,
    state: state ?? 0,
    workCode: 0,
  }));
  return encodePunches(rows, random.pick([8, 16, 22, 40, 49] as const));
}

function damaged(random: Random, table: Buffer): Buffer {
  let bytes = Buffer.from(table);
  for (let times = 1 + random.below(5); times > 0 && bytes.length > 0; times--) {
    const at = random.below(bytes.length);
    if (random.below(3) === 0)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(80))]);
    else bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
  }
  return bytes;
}

function isDecoded(table: Buffer, random: Random): boolean {
  const count = random.pick([null, 0, 1, random.below(400), Math.floor(table.length / 40)] as const);
  const size = detectPunchSize(table, { count, latest: LATEST });
  if (size !== null) {
    const records = decodePunches(table, size);
    if (!Buffer.concat(records.map(({ raw }) => raw)).equals(table)) throw new Error("bytes that are not in the table");
    if (records.length !== table.length / size) throw new Error("records that are not in the table");
  }
  const userSize = detectUserSize(table, count);
  if (userSize !== null && decodeUsers(table, userSize, "windows-1258").length > table.length / userSize)
    throw new Error("users that are not in the table");
  decodeFreeSizes(table.subarray(0, random.pick([0, 4, 80, 92, 120] as const)));
  decodePunchEvents({ command: 500, session: 1, reply: 0, data: table.subarray(0, random.below(120)), bytes: table });
  walkTemplates(table);
  return size !== null || userSize !== null;
}

function walkTemplates(table: Buffer): void {
  try {
    decodeTemplates(table);
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
  }
}

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("a read that does not end")), HANG_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
