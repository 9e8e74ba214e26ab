import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import type { Random } from "../../doubles/zk-terminal/samples/random.ts";
import { encodeUser } from "../../doubles/zk-terminal/wire/user-row.ts";
import { attlog, tabbed, templatesOf10, templatesOf9 } from "../../support/punch-files.ts";

const END = ["\r\n", "\n", "\r"] as const;

interface Punch {
  readonly userId: string;
  readonly at: string;
  readonly verify: number;
  readonly state: number;
}

function punchesOf(random: Random): readonly Punch[] {
  const people = generatePeople(1 + random.below(30), { seed: random.below(1_000), firstId: 1 + random.below(2_000) });
  const made = generatePunches(random.below(1_000), { people, count: 1 + random.below(60) });
  return made.map(({ userId, at, verify = 1, state = 0 }) => ({ userId, at, verify, state }));
}

/** An attlog of one terminal, as terminals write it. */
export function sampleAttlog(random: Random): Buffer {
  return attlog(punchesOf(random), random.pick(END));
}

/** An AGL text with one of the headers that are known. */
export function sampleAgl(random: Random): Buffer {
  const end = random.pick(END);
  const rows = punchesOf(random).map(({ userId, at, state }, row) => {
    const time = at.replace("T", " ").replaceAll("-", "/");
    return [String(row), "1", userId, "Trần Thị Bình", String(state % 2), "8", time];
  });
  const header = ["No", "TMNo", "EnNo", "Name", "INOUT", "Mode", "DateTime"];
  const count = random.pick(["", `# DeviceUID = X${end}# StartPos = 0, LogCount = ${rows.length}, LimitPos = 9${end}`]);
  const text = count + tabbed([header, ...rows], end);
  return random.pick([Buffer.from(text), Buffer.from(`\uFEFF${text}`, "utf16le"), Buffer.from(text, "utf16le")]);
}

/** The binary twin. */
export function sampleAglBinary(random: Random): Buffer {
  const punches = punchesOf(random);
  const head = Buffer.alloc(19);
  head.write("ZoucqGENLOGData", "latin1");
  head.writeUInt32LE(punches.length, 15);
  const records = punches.map(({ userId, at }) => {
    const record = Buffer.alloc(8);
    record.writeUInt32LE((Date.parse(`${at}Z`) - Date.UTC(2000, 0, 1)) / 1000, 0);
    record.writeUInt16LE(((Number(userId) % 4096) << 4) | random.below(16), 4);
    return record;
  });
  return Buffer.concat([head, ...records]);
}

export function sampleCsv(random: Random): Buffer {
  const rows = punchesOf(random).map(
    ({ userId, at, verify, state }) => `Gate,"main",${userId},${at},${verify},${state}`,
  );
  return Buffer.from(["terminal,id_space,user_id,at,verify,state", ...rows, ""].join(random.pick(END)));
}

export function sampleTemplates(random: Random): Buffer {
  const entries = Array.from({ length: 1 + random.below(4) }, () => ({
    uid: 1 + random.below(300),
    finger: random.below(10),
    bytes: Buffer.from(Array.from({ length: 300 + random.below(290) }, () => random.below(256))),
  }));
  return random.pick([templatesOf9, templatesOf10])(entries);
}

export function sampleUsers(random: Random): Buffer {
  const size = random.pick([28, 72] as const);
  const people = generatePeople(1 + random.below(30), { seed: random.below(1_000) });
  return Buffer.concat(
    people.map((user) => encodeUser({ ...user, name: Buffer.from(user.name), timeZones: [] }, size)),
  );
}
