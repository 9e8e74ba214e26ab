/** Command numbers of the 4370 protocol that the connector uses (`zk-pull.md` §1.6). */
export const Command = {
  dbRead: 7,
  userWrite: 8,
  userTempRead: 9,
  optionRead: 11,
  attendanceRead: 13,
  deleteAll: 14,
  clearAttendance: 15,
  deleteUser: 18,
  deleteUserTemp: 19,
  clearOperations: 33,
  operationRead: 34,
  freeSizes: 50,
  state: 64,
  pinWidth: 69,
  verifyRead: 80,
  templateWrite: 87,
  templateRead: 88,
  saveTemplates: 110,
  getTime: 201,
  setTime: 202,
  event: 500,
  connect: 1000,
  exit: 1001,
  enable: 1002,
  disable: 1003,
  refreshData: 1013,
  version: 1100,
  auth: 1102,
  prepareData: 1500,
  data: 1501,
  freeData: 1502,
  bufferedRead: 1503,
  chunkRead: 1504,
} as const;

/** What a terminal answers with (`zk-pull.md` §1.4). */
export const Reply = {
  ok: 2000,
  error: 2001,
  data: 2002,
  unauthorised: 2005,
  secured: 6001,
  noSession: 65532,
  unknownCommand: 65533,
  unknown: 65535,
} as const;

const REFUSALS: ReadonlySet<number> = new Set([
  Reply.error,
  2003,
  2004,
  Reply.unauthorised,
  // Empty finger slot, and unknown option on NG-MB1 (§1.4).
  4993,
  4999,
  Reply.secured,
  65531,
  Reply.noSession,
  Reply.unknownCommand,
  Reply.unknown,
]);

const ANSWERS: ReadonlySet<number> = new Set([Reply.ok, Reply.data, Command.prepareData, Command.data, ...REFUSALS]);

export function isRefusal(code: number): boolean {
  return REFUSALS.has(code);
}

/** Whether a packet with this code can answer a request at all. */
export function isAnswer(code: number): boolean {
  return ANSWERS.has(code);
}
