import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";

import { openStore } from "../../../connector/store/open-store.ts";
import type { Store } from "../../../connector/store/store.ts";
import { DisableJournal } from "../../../connector/terminals/disable-journal.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const DOOR = TerminalAddress.parse("tcp://192.0.2.1:4370");
const GATE = TerminalAddress.parse("tcp://192.0.2.2:4370");
const UNTIL = Instant.parse("2026-11-24T08:01:00.000Z");

let home: Awaited<ReturnType<typeof makeTempFolder>>;
let store: Store;

beforeEach(async () => {
  home = await makeTempFolder();
  store = await openStore(home.path);
});

afterEach(async () => {
  await store.close();
  await home.remove();
});

test("a locked terminal stands in the journal until it is unlocked, also over a restart", async () => {
  await new DisableJournal(store).note(DOOR, UNTIL);
  await store.close();
  store = await openStore(home.path);
  const journal = new DisableJournal(store);
  expect([await journal.isNoted(DOOR), await journal.isNoted(GATE)]).toEqual([true, false]);
  await journal.forget(DOOR);
  expect(await journal.isNoted(DOOR)).toBe(false);
});

test("a terminal locked again stands there once", async () => {
  const journal = new DisableJournal(store);
  await journal.note(DOOR, UNTIL);
  await journal.note(DOOR, UNTIL);
  await journal.forget(DOOR);
  expect(await journal.isNoted(DOOR)).toBe(false);
  await expect(journal.forget(DOOR)).resolves.toBeUndefined();
});
