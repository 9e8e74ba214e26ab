/**
 * Runs one public JavaScript client, unmodified, through its calls and prints what it got: `js-client.mjs NAME PORT`.
 * A process of its own per client: they leave listeners, timers and log files behind (`zk-pull.md` §7).
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [name, port] = process.argv.slice(2);
const Client = require(name);
const HOST = "127.0.0.1";
const TIMEOUT_MS = 5_000;

const noonOf = (date) => new Date(date).toISOString().slice(0, 19);
const text = (value) => value.toString().replaceAll("\0", "");

/** What differs between the three libraries: method names, and what they lack has to be asked by number. */
const dialects = {
  "zklib-js": {
    serial: async (zk) => text(await zk.getSerialNumber()),
    firmware: async (zk) => text(await zk.getFirmware()),
    time: async (zk) => noonOf(await zk.getTime()),
    userOf: (user) => ({ uid: user.uid, userId: String(user.userId), name: user.name }),
    punchOf: (punch) => ({ userId: String(punch.deviceUserId), at: noonOf(punch.recordTime) }),
  },
  "node-zklib": {
    serial: async (zk) => text((await zk.executeCmd(11, "~SerialNumber")).subarray(8)).split("=")[1],
    firmware: async (zk) => text((await zk.executeCmd(1100, "")).subarray(8)),
    time: async (zk) => (await zk.executeCmd(201, "")).readUInt32LE(8),
    userOf: (user) => ({ uid: user.uid, userId: String(user.userId), name: user.name }),
    punchOf: (punch) => ({ userId: String(punch.deviceUserId), at: noonOf(punch.recordTime) }),
  },
  "zkteco-js": {
    serial: async (zk) => text(await zk.getSerialNumber()),
    firmware: async (zk) => text(await zk.getFirmware()),
    time: async (zk) => noonOf(await zk.getTime()),
    userOf: (user) => ({ uid: user.uid, userId: String(user.userId), name: user.name }),
    punchOf: (punch) => ({
      userId: String(punch.user_id),
      at: noonOf(punch.record_time),
      verify: punch.type,
      state: punch.state,
    }),
  },
};

async function connected(work) {
  const zk = new Client(HOST, Number(port), TIMEOUT_MS, 0);
  await zk.createSocket();
  const result = await work(zk);
  await zk.disconnect();
  return { transport: zk.connectionType, ...result };
}

const dialect = dialects[name];
const overTcp = process.argv[4] !== "udp";

const identity = await connected(async (zk) => {
  const info = await zk.getInfo();
  if (!overTcp) return { info };
  await zk.disableDevice();
  await zk.enableDevice();
  return { info, serial: await dialect.serial(zk), firmware: await dialect.firmware(zk), time: await dialect.time(zk) };
});
// Each on a connection of its own: the OK that closes a transfer is taken for the answer to the next call (§7.1.2).
const users = await connected(async (zk) => ({ users: (await zk.getUsers()).data.map(dialect.userOf) }));
const punches = await connected(async (zk) => ({ punches: (await zk.getAttendances()).data.map(dialect.punchOf) }));
// On a fresh socket: after a big read none of the three listens any more (§7.1.2).
const live = await connected(async (zk) => {
  const event = new Promise((resolve) => void zk.getRealTimeLogs(resolve));
  const { userId, attTime } = await event;
  return { live: { userId: String(userId), at: noonOf(attTime) } };
});
process.stdout.write(`\nREPORT ${JSON.stringify({ ...identity, ...users, ...punches, ...live })}\n`);
process.exit(0);
