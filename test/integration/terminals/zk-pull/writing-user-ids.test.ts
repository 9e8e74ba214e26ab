import { afterEach, describe, expect, test } from "@jest/globals";

import { readUsers } from "../../../../connector/terminals/zk-pull/reading/tables.ts";
import { readUserRules } from "../../../../connector/terminals/zk-pull/writing/users.ts";
import type { ZkTerminalOptions } from "../../../doubles/zk-terminal/device/options.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";

import { UserWriting } from "./user-writing.ts";

let at: UserWriting;

async function start(given: ZkTerminalOptions = {}): Promise<void> {
  at = await UserWriting.start({ users: generatePeople(3), ...given });
}

function idOf(uid: number): string | undefined {
  return at.terminal.state.users.get(uid)?.userId;
}

afterEach(() => at.stop());

describe("a new ID with leading zeros", () => {
  test.each([
    ["keeps", "keep", "007"],
    ["strips", "strip", "7"],
  ] as const)("is written and read back on numeric firmware that %s them", async (_, leadingZeros, kept) => {
    await start({ modes: { leadingZeros } });
    const { uid, row } = await at.write("007", { name: "An" });

    expect(idOf(uid)).toBe(kept);
    expect(row).toEqual(at.terminal.state.users.row(uid));
  });

  test("names the same user the next time, whichever form the firmware kept", async () => {
    await start({ modes: { leadingZeros: "strip" } });
    const { uid } = await at.write("007", { name: "An" });

    expect((await at.write("0007", { name: "Bình" })).uid).toBe(uid);
    expect(await at.remove("007")).toBe(true);
    expect(at.terminal.state.users.count).toBe(3);
  });

  test("is an error where letters are taken and the ID came back as another", async () => {
    await start({ options: { "~IsABCPinEnable": "1" } });
    const { users } = at.terminal.state;
    const write = users.write.bind(users);
    users.write = (row) => write(Buffer.concat([row.subarray(0, 48), Buffer.from("7"), Buffer.alloc(23)]));

    await expect(at.write("007")).rejects.toMatchObject({ code: "terminal.not-stored" });
  });

  test("is an error where anything but the zeros came back changed", async () => {
    await start({ modes: { leadingZeros: "strip" } });
    const { users } = at.terminal.state;
    const write = users.write.bind(users);
    users.write = (row) => write(Buffer.concat([row.subarray(0, 48), Buffer.from("70"), Buffer.alloc(22)]));

    await expect(at.write("007")).rejects.toMatchObject({ code: "terminal.not-stored" });
  });

  test("is a number in rows of 28 bytes", async () => {
    await start({ rowSizes: { user: 28 }, options: { "~PIN2Width": "9" } });
    const { uid } = await at.write("007");

    expect(idOf(uid)).toBe("7");
  });
});

describe("how long an ID may be", () => {
  test("is asked with command 69 where no option says it", async () => {
    await start({ options: { "~PIN2Width": null }, modes: { pinWidth: 5 } });

    expect(await readUserRules(at.wire)).toMatchObject({ maxLength: 5 });
    await expect(at.write("123456")).rejects.toMatchObject({
      code: "terminal.user-id-too-long",
      details: { max: 5 },
    });
  });

  test("is what is usual where the terminal knows neither", async () => {
    await start({ options: { "~PIN2Width": null }, modes: { pinWidth: "unknown" } });

    expect(await readUserRules(at.wire)).toMatchObject({ maxLength: null });
    await expect(at.write("1234567890")).rejects.toMatchObject({ details: { max: 9 } });
    expect(idOf((await at.write("123456789")).uid)).toBe("123456789");
  });
});

describe("a user without an ID", () => {
  // Enough others for the table to be believed.
  const users = [...generatePeople(60), { uid: 77, userId: "", name: "Ai" }];

  test("is listed by the number of the slot, and marked", async () => {
    await start({ users });
    const marked = (await readUsers(at.wire, at.context)).filter(({ user }) => user.withoutId === true);

    expect(marked.map(({ uid, user }) => [uid, user.userId, user.name])).toEqual([[77, "77", "Ai"]]);
  });

  test("is not the one who is written under that number", async () => {
    await start({ users });
    const before = Buffer.from(at.terminal.state.users.row(77) ?? []);
    const { uid } = await at.write("77", { name: "Bình" });

    expect(uid).toBe(78);
    expect(idOf(uid)).toBe("77");
    expect(at.terminal.state.users.row(77)).toEqual(before);
  });

  test("is not removed by that number", async () => {
    await start({ users });

    expect(await at.remove("77")).toBe(false);
    expect(at.terminal.state.users.row(77)).not.toBeNull();
  });

  test("does not stand in the way of the one who has that ID", async () => {
    await start({ users: [...users, { uid: 90, userId: "77", name: "Lan" }] });

    expect((await at.write("77", { name: "Mai" })).uid).toBe(90);
  });

  test("has the number 0 in rows of 28 bytes, which is nobody's either", async () => {
    await start({ users: [...generatePeople(3), { uid: 9, userId: "0" }], rowSizes: { user: 28 } });
    const rows = await readUsers(at.wire, at.context);

    expect(rows.filter(({ user }) => user.withoutId === true).map(({ uid }) => uid)).toEqual([9]);
    expect(await at.remove("0")).toBe(false);
  });
});
