import { beforeEach, describe, expect, it } from "@jest/globals";

import { TerminalName } from "@tandem/contracts/domain/ids.ts";

import { TerminalLocks, type WorkRank } from "../../../connector/terminals/locks.ts";

const GATE = TerminalName.parse("Gate 1");
const BUSY = { code: "terminal.busy" };

let locks: TerminalLocks;
/** What began and ended, in order. */
let story: string[];

beforeEach(() => {
  locks = new TerminalLocks();
  story = [];
});

/** Holds the terminal until it is asked to leave, or `finish` is called. */
function occupy(rank: WorkRank): { readonly done: Promise<void>; readonly finish: () => void } {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const work = async (leave: AbortSignal): Promise<void> => {
    story.push(`${rank} begins`);
    await Promise.race([finished, new Promise((resolve) => leave.addEventListener("abort", resolve))]);
    story.push(leave.aborted ? `${rank} leaves` : `${rank} ends`);
  };
  return { done: locks.hold(GATE, work, rank), finish };
}

const brief = (rank: WorkRank): Promise<void> =>
  locks.hold(
    GATE,
    () => {
      story.push(`${rank} works`);
      return Promise.resolve();
    },
    rank,
  );

describe("One terminal", () => {
  it.each([
    ["operator", "operator"],
    ["operator", "scheduled"],
    ["operator", "live"],
    ["scheduled", "scheduled"],
    ["scheduled", "live"],
    ["live", "live"],
  ] as const)("is busy while %s work holds it and %s work comes", async (holding, coming) => {
    const first = occupy(holding);
    await expect(brief(coming)).rejects.toMatchObject(BUSY);
    first.finish();
    await first.done;
    await brief(coming);
    expect(story).toEqual([`${holding} begins`, `${holding} ends`, `${coming} works`]);
  });

  it.each([
    ["live", "scheduled"],
    ["live", "operator"],
    ["scheduled", "operator"],
  ] as const)("is left by %s work when %s work wants it, which waits for that", async (holding, coming) => {
    const first = occupy(holding);
    await brief(coming);
    await first.done;
    expect(story).toEqual([`${holding} begins`, `${holding} leaves`, `${coming} works`]);
  });

  it("is promised to one operator only while background work is leaving", async () => {
    const first = occupy("scheduled");
    const coming = brief("operator");
    await expect(brief("operator")).rejects.toMatchObject(BUSY);
    await Promise.all([first.done, coming]);
    expect(story).toEqual(["scheduled begins", "scheduled leaves", "operator works"]);
  });

  it("goes to the operator instead of the scheduled read that was waiting for it", async () => {
    const first = occupy("live");
    const refused = expect(brief("scheduled")).rejects.toMatchObject(BUSY);
    await brief("operator");
    await Promise.all([first.done, refused]);
    expect(story).toEqual(["live begins", "live leaves", "operator works"]);
  });

  it("is free again after work that failed, also for those who waited", async () => {
    const failing = locks.hold(
      GATE,
      (leave) => new Promise((_, reject) => leave.addEventListener("abort", () => reject(new Error("cut off")))),
      "live",
    );
    const failed = expect(failing).rejects.toThrow("cut off");
    await brief("operator");
    await failed;
    await brief("live");
    expect(story).toEqual(["operator works", "live works"]);
  });
});
