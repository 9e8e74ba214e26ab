import type { EventSize, PunchSize } from "../wire/punch-row.ts";
import type { UserSize } from "../wire/user-row.ts";

import { FRIENDLY, type Modes } from "./modes.ts";
import type { NameEncoding } from "./name-encoding.ts";
import type { Template } from "./template-store.ts";
import type { TerminalState } from "./terminal-state.ts";

export interface UserInput {
  /** Slot; the next free one by default. */
  readonly uid?: number;
  readonly userId: string;
  /** Bytes are stored as they are, a text in the terminal's encoding. */
  readonly name?: string | Uint8Array;
  readonly password?: string;
  readonly privilege?: number;
  readonly card?: number;
  readonly group?: number;
  readonly timeZones?: readonly number[];
}

export interface PunchInput {
  readonly userId: string;
  /** `YYYY-MM-DDTHH:mm:ss` on the terminal's clock (may name a day that does not exist), or the raw u32. */
  readonly at: string | number;
  readonly verify?: number;
  readonly state?: number;
  readonly workCode?: number;
  /** Slot as recorded; that of the user by default, 0 when there is no such user. */
  readonly uid?: number;
}

export interface RowSizes {
  readonly user: UserSize;
  readonly punch: PunchSize;
  readonly event: EventSize;
}

export interface Capacity {
  readonly users: number;
  readonly fingers: number;
  readonly punches: number;
  readonly faces: number;
}

/** What a terminal is: everything but `modes` stays as it is while it runs. */
export interface ZkTerminalOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** Loopback address that TCP listens on; `127.0.0.1` by default. */
  readonly host?: string;
  readonly transport?: "tcp" | "udp" | "both";
  readonly users?: readonly UserInput[];
  readonly punches?: readonly PunchInput[];
  readonly templates?: readonly Template[];
  /** Rows sent after the user table that are no users. */
  readonly extraUserRows?: readonly Buffer[];
  /** Options of command 11; null takes one away. */
  readonly options?: Readonly<Record<string, string | null>>;
  readonly serial?: string;
  readonly firmware?: string;
  /** 0 means none. */
  readonly commKey?: number;
  /** Colour-screen sizes (72, 40, 32) over TCP, black-and-white ones (28, 16, 12) over UDP. */
  readonly rowSizes?: Partial<RowSizes>;
  readonly capacity?: Partial<Capacity>;
  readonly nameEncoding?: NameEncoding;
  /** IANA zone that the wall clock shows. */
  readonly zone?: string;
  /** Time base, milliseconds since 1970 UTC. */
  readonly now?: () => number;
  readonly clockOffsetSeconds?: number;
  /** Whether a second client is left without an answer, as on real terminals (§1.7). True by default. */
  readonly oneClient?: boolean;
  readonly modes?: Partial<Modes>;
  /** Shorthand for `modes.pacingMs`. */
  readonly pacingMs?: number;
  /** Memory of a terminal that ran before; replaces users, punches, templates and options. */
  readonly state?: TerminalState;
  /** Seeds the random segmentation. */
  readonly seed?: number;
}

const DEFAULT_SERIAL = "CJ7Z203360101";

/** Options of a colour-screen terminal as `zk-pull.md` §2.9 lists them. */
export function terminalOptions(given: ZkTerminalOptions): Map<string, string> {
  const defaults: Record<string, string | null> = {
    "~SerialNumber": given.serial ?? DEFAULT_SERIAL,
    "~DeviceName": "X628-C",
    "~Platform": sizesOf(given).user === 28 ? "ZEM560" : "ZEM760_TFT",
    "~OS": "1",
    "~OEMVendor": "ZKTeco Inc.",
    "~ProductTime": "2024-03-05 09:12:44",
    MAC: "00:17:61:c8:ec:17",
    DeviceID: "1",
    "~ZKFPVersion": "10",
    FaceFunOn: "0",
    FingerFunOn: "1",
    "~PIN2Width": sizesOf(given).user === 28 ? "5" : "9",
    "~IsABCPinEnable": null,
    "~T9FunOn": null,
    WorkCode: "0",
    "~SSR": "1",
    "~ShowState": "1",
    "~ExtendFmt": "0",
    "~UserExtFmt": "0",
    ExtendOPLog: "0",
    CompatOldFirmware: "0",
    Language: "86",
    IPAddress: "192.168.1.201",
    NetMask: "255.255.255.0",
    GATEIPAddress: "192.168.1.1",
    LockOn: "5",
    AlarmReRec: "1",
    ...given.options,
  };
  return new Map(Object.entries(defaults).filter((entry): entry is [string, string] => entry[1] !== null));
}

export function sizesOf(given: ZkTerminalOptions): RowSizes {
  const blackAndWhite = given.transport === "udp";
  return {
    user: blackAndWhite ? 28 : 72,
    punch: blackAndWhite ? 16 : 40,
    event: blackAndWhite ? 12 : 32,
    ...given.rowSizes,
  };
}

export function modesOf(given: ZkTerminalOptions): Modes {
  return { ...FRIENDLY, ...given.modes, ...(given.pacingMs === undefined ? {} : { pacingMs: given.pacingMs }) };
}
