/**
 * The device's u32 for `YYYY-MM-DDTHH:mm:ss` (`zk-pull.md` §2.6). Months have 31 days there, so that dates which do not
 * exist (`2026-02-31T…`) have a number of their own, as they have on real devices.
 */
export function encodeDeviceTime(text: string): number {
  const { year, month, day, hour, minute, second } = partsOf(text);
  return ((year % 100) * 372 + (month - 1) * 31 + (day - 1)) * 86_400 + hour * 3_600 + minute * 60 + second;
}

/** Text of a device time; may name a day that does not exist. */
export function decodeDeviceTime(value: number): string {
  const days = Math.floor(value / 86_400);
  const rest = value % 86_400;
  const date = [2000 + Math.floor(days / 372), (Math.floor(days / 31) % 12) + 1, (days % 31) + 1];
  const time = [Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60];
  return `${date.map(two).join("-")}T${time.map(two).join(":")}`;
}

/** Six bytes yy mm dd hh mi ss, as events carry the time. */
export function encodeEventTime(value: number): Buffer {
  const { year, month, day, hour, minute, second } = partsOf(decodeDeviceTime(value));
  return Buffer.from([year % 100, month, day, hour, minute, second]);
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function partsOf(text: string): Parts {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text);
  if (match === null) throw new Error(`not a device time: ${text}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return { year, month, day, hour, minute, second };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
