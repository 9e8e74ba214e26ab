/** What may go wrong with one answer that carries data (`zk-pull.md` §2.2, §8.3). Several at once are allowed. */
export type TransferFault =
  /** The closing OK comes `lateOkMs` after the data, or just before the next answer. */
  | "late-ok"
  /** The closing OK comes before the last DATA. */
  | "ok-before-data"
  /** Several DATA packets per chunk. */
  | "many-data"
  /** The last chunk is one DATA packet with no PREPARE and no OK. */
  | "bare-data"
  /** PREPARE announces less than follows. */
  | "short-announcement"
  /** The TCP prefix of DATA says less than follows. */
  | "short-prefix"
  /** The answer to 1503 announces less than the data set holds. */
  | "short-total"
  /** 1503 is answered with PREPARE, DATA and OK at once. */
  | "direct-prepare"
  /** A live event before each DATA and before the OK. */
  | "event-inside"
  /** The data set's own u32 length says more than is sent. */
  | "long-length"
  /** DATA holds less than was asked for, and OK follows as if nothing were wrong. */
  | "short-chunk"
  /** Every DATA holds less than was asked for. */
  | "short-chunks"
  /** Half of a DATA packet, then nothing more on this connection. */
  | "stall"
  /** Half of a DATA packet, then RST. */
  | "reset"
  /** Half of a DATA packet, then the terminal restarts: the connection stays open at the client's end only. */
  | "reboot";

/** Everything that can be switched while the terminal runs. The defaults are the friendly mode (§8.2). */
export interface Modes {
  /** How answers are cut into TCP segments. */
  readonly segmentation: "packets" | "coalesced" | "prefix-split" | "one-byte" | "mtu" | "random";
  /** Least time between two packets; the JavaScript libraries need 10–15 ms, 0 for everybody else. */
  readonly pacingMs: number;
  readonly transfer: readonly TransferFault[];
  /** Which data answer of a read is hit by `stall`, `reset`, `reboot` and `short-chunk`; the first is 0. */
  readonly faultChunk: number;
  /** How often those four strike before the terminal recovers. */
  readonly faultTimes: number;
  readonly lateOkMs: number;
  /** What happens to UDP datagrams of a data answer: the second one is lost, doubled, or swapped with the third. */
  readonly datagrams: "in-order" | "lost" | "doubled" | "swapped";
  /** 1503 on a table without rows. */
  readonly emptyTable: "inline" | "error";
  /** Whether 1503 is known at all; otherwise only the legacy reads of §2.3 work. */
  readonly bufferedRead: "supported" | "error" | "unknown";
  readonly replies: "plain" | "duplicate" | "stale" | "wrong-id";
  /** Commands that are not answered. */
  readonly silentOn: "none" | "all" | readonly number[];
  /** `secured`: CONNECT is answered 6001. `panel`: a C3/inBio panel, which answers with `AA`. */
  readonly connect: "plain" | "secured" | "panel";
  /** After a restart, a connection of before is never answered again (`silent`), or with RST at its next packet (§2.10). */
  readonly halfOpen: "silent" | "reset";
  readonly freeSizes: "92" | "80" | "120" | "single-u32" | "empty" | "zeros" | "unknown";
  /** A punch is made after each GET_FREE_SIZES and after each chunk. */
  readonly growing: boolean;
  /** A log at its capacity: it holds more all the same, drops its oldest record for each new one, or takes no more. */
  readonly fullLog: "grow" | "overwrite" | "refuse";
  /** `never`: registering is acknowledged and nothing comes of it, as on push-only models (§2.10). */
  readonly events: "sent" | "never";
  /** `lose`: acknowledged, not saved (§3.2, §6). */
  readonly clockWrites: "save" | "lose";
  readonly userWrites: "save" | "lose";
  readonly templateWrites: "save" | "lose";
  /** Command 110: saved, acknowledged only, or not known (§3.2). */
  readonly bulkUpload: "save" | "lose" | "unknown";
  /** `leave-fingers`: the row goes, and the templates stay in a slot that nobody has (§3.3). */
  readonly userDeletes: "save" | "lose" | "leave-fingers";
  /** `unknown`: command 19 is not known. `zero-is-all`: it takes finger 0 for all ten (§3.3). */
  readonly templateDeletes: "save" | "lose" | "unknown" | "zero-is-all";
  /** What numeric firmware makes of a user ID such as 007 (§5). */
  readonly leadingZeros: "keep" | "strip";
  /** Answer to command 69 where there is no `~PIN2Width`. */
  readonly pinWidth: number | "unknown";
  /** Command 9 with a slot and a finger. `first-byte`: the first byte alone decides what is read, as in §2.3. */
  readonly shortRead: "template" | "first-byte" | "unknown";
  /** Command 88. `six-zeros`: six zero bytes stand before the one that always follows (§3.1). */
  readonly longRead: "template" | "six-zeros" | "unknown";
  /** How a finger slot without a template answers: 2001, 4993, or data of no length (§1.4, §3.1). */
  readonly emptySlots: "error" | "4993" | "no-bytes";
  /** Whether a template may be written to a finger slot that holds one. */
  readonly occupiedSlots: "replace" | "refuse";
  /** `required`: written users and templates appear after command 1013 only. */
  readonly refresh: "not-needed" | "required";
}

export const FRIENDLY: Modes = {
  segmentation: "packets",
  pacingMs: 0,
  transfer: [],
  faultChunk: 0,
  faultTimes: Infinity,
  lateOkMs: 150,
  datagrams: "in-order",
  emptyTable: "inline",
  bufferedRead: "supported",
  replies: "plain",
  silentOn: "none",
  connect: "plain",
  halfOpen: "silent",
  freeSizes: "92",
  growing: false,
  fullLog: "grow",
  events: "sent",
  clockWrites: "save",
  userWrites: "save",
  templateWrites: "save",
  bulkUpload: "save",
  userDeletes: "save",
  templateDeletes: "save",
  leadingZeros: "keep",
  pinWidth: 9,
  shortRead: "template",
  longRead: "template",
  emptySlots: "error",
  occupiedSlots: "replace",
  refresh: "not-needed",
};
