import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { PersonId } from "@tandem/contracts/domain/ids.ts";

import { listUsers } from "../../../../connector/terminals/user-list.ts";
import { generateTemplate } from "../../../doubles/zk-terminal/samples/templates.ts";
import { Command } from "../../../doubles/zk-terminal/wire/codes.ts";
import { holdings, named, PlanBench, results, staff, summary } from "../../../support/plan-bench.ts";

let bench: PlanBench;

beforeEach(async () => {
  bench = await PlanBench.open();
});

afterEach(() => bench.close());

describe("copying enrolments", () => {
  test("brings everybody with their fingers to every other terminal, and reads them back", async () => {
    const gate = await bench.terminal("Gate", staff(3));
    const hall = await bench.terminal("Hall");
    const dock = await bench.terminal("Dock", { modes: { bulkUpload: "unknown" } });
    await bench.hire(3);
    const { preview, applied } = await bench.copy({ from: "Gate", to: ["Hall", "Dock"] });
    expect(summary(preview)).toEqual(
      ["Hall", "Dock"].flatMap((name) => ["1", "2", "3"].map((id) => `${id} ${name}: add`)),
    );
    expect(results(applied)).toEqual(
      ["Hall", "Dock"].flatMap((name) => ["1", "2", "3"].map((id) => `${id} ${name}: verified`)),
    );
    expect(holdings(hall)).toEqual(holdings(gate));
    expect(holdings(dock)).toEqual(holdings(gate));
    expect([hall.state.enabled, dock.state.enabled]).toEqual([true, true]);
    expect([gate, hall, dock].flatMap(({ violations }) => violations)).toEqual([]);
  });

  test("writes nothing for a preview", async () => {
    await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall");
    await bench.hire(2);
    await bench.services.copies.plan(
      { from: named("Gate"), to: [named("Hall")], people: "all", fingers: true, cards: false, passwords: false },
      "cli",
    );
    expect(holdings(hall)).toEqual({});
    expect(hall.commands.count(Command.disable)).toBe(0);
  });

  test("changes nothing where everything is the same already", async () => {
    await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall");
    await bench.hire(2);
    await bench.copy({ from: "Gate", to: ["Hall"] });
    hall.commands.clear();
    const { preview, applied } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual(["1 Hall: same", "2 Hall: same"]);
    expect(results(applied)).toEqual(["1 Hall: skipped", "2 Hall: skipped"]);
    expect(hall.commands.count(Command.userWrite) + hall.commands.count(Command.saveTemplates)).toBe(0);
  });

  test("copies these people and nobody else, and reads nobody else's fingers", async () => {
    const gate = await bench.terminal("Gate", staff(3));
    const hall = await bench.terminal("Hall");
    await bench.hire(3);
    await bench.copy({ from: "Gate", to: ["Hall"], people: ["HR-EMP-2"] });
    expect(Object.keys(holdings(hall))).toEqual(["2"]);
    expect(gate.commands.count(Command.dbRead)).toBe(0);
    const asked = gate.commands.entries().filter(({ command }) => command === Command.userTempRead);
    expect(new Set(asked.filter(({ data }) => data.length === 3).map(({ data }) => data.readUInt16LE(0)))).toEqual(
      new Set([2]),
    );
  });

  test("refuses who has not agreed, without reading their fingers, and copies the others", async () => {
    const gate = await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall");
    await bench.hire(2, { consent: false });
    await bench.consent(["HR-EMP-1"]);
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual(["1 Hall: add", "2 Hall: refused consent.missing"]);
    expect(Object.keys(holdings(hall))).toEqual(["1"]);
    expect(gate.commands.count(Command.dbRead)).toBe(0);
  });

  test("copies names without any consent when no fingers travel", async () => {
    const gate = await bench.terminal("Gate", staff(1));
    const hall = await bench.terminal("Hall");
    await bench.hire(1, { consent: false });
    const { applied } = await bench.copy({ from: "Gate", to: ["Hall"], fingers: false });
    expect(results(applied)).toEqual(["1 Hall: verified"]);
    expect(hall.state.templates.count).toBe(0);
    expect(gate.commands.codes()).not.toContain(Command.dbRead);
  });

  test("does nothing with fingers where biometrics are switched off", async () => {
    await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    await bench.hire(1);
    await bench.switchBiometricsOff();
    await expect(bench.copy({ from: "Gate", to: ["Hall"] })).rejects.toMatchObject({ code: "consent.biometrics-off" });
  });

  test("refuses IDs that nobody is linked to, and another ID space", async () => {
    await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    await bench.terminal("Branch", {}, { idSpace: "branch" });
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall", "Branch"] });
    expect(summary(preview)).toEqual(["1 Hall: refused copy.not-linked", "1 Branch: refused copy.other-id-space"]);
  });

  test.each([
    ["another algorithm", { options: { "~ZKFPVersion": "9" } }, {}, "incompatible copy.other-algorithm"],
    ["no room for users", { ...staff(1, 50), capacity: { users: 1 } }, {}, "full copy.users-full"],
    ["no room for fingers", { ...staff(1, 50), capacity: { fingers: 1 } }, {}, "full copy.fingers-full"],
    ["shadow mode", {}, { mode: "shadow" }, "refused terminal.shadow-mode"],
  ])("says in the preview that a terminal has %s", async (_, given, facts, said) => {
    await bench.terminal("Gate", staff(1));
    const hall = await bench.terminal("Hall", given, facts);
    await bench.hire(1);
    const before = holdings(hall);
    const { preview, applied } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual([`1 Hall: ${said}`]);
    expect(results(applied)).toEqual([`1 Hall: skipped ${said.split(" ")[1] ?? ""}`]);
    expect(holdings(hall)).toEqual(before);
  });

  test("never overwrites another finger and never gives a card to two", async () => {
    await bench.terminal("Gate", {
      ...staff(2),
      users: [
        { uid: 1, userId: "1", name: "Lan", card: 77 },
        { uid: 2, userId: "2", name: "Hoa" },
      ],
    });
    const other = [{ uid: 9, finger: 1, flag: 1, bytes: generateTemplate(999) }];
    await bench.terminal("Hall", { users: [{ uid: 9, userId: "2", name: "Hoa", card: 77 }], templates: other });
    await bench.hire(2);
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall"], cards: true });
    expect(summary(preview)).toEqual(["1 Hall: conflict terminal.card-taken", "2 Hall: conflict copy.finger-differs"]);
  });

  test("lets cards and passwords travel where the operator says so", async () => {
    await bench.terminal("Gate", { users: [{ uid: 1, userId: "1", name: "Lan", card: 77, password: "1234" }] });
    const hall = await bench.terminal("Hall");
    await bench.hire(1);
    await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(hall.state.users.byUserId("1")).toMatchObject({ card: 0, password: "" });
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall"], cards: true, passwords: true });
    expect(summary(preview)).toEqual(["1 Hall: update"]);
    expect(hall.state.users.byUserId("1")).toMatchObject({ card: 77, password: "1234" });
  });

  test("keeps a locked account locked", async () => {
    await bench.terminal("Gate", { users: [{ uid: 1, userId: "1", name: "Lan", privilege: 1 }] });
    const hall = await bench.terminal("Hall");
    await bench.hire(1);
    await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(hall.state.users.byUserId("1")).toMatchObject({ privilege: 1 });
  });
});

describe("whose fingers these are", () => {
  test("nobody can say where two users share an ID, so neither is read or copied", async () => {
    const users = [
      { uid: 1, userId: "1", name: "Lan" },
      { uid: 2, userId: "1", name: "Hoa" },
    ];
    const gate = await bench.terminal("Gate", { ...staff(2), users });
    const hall = await bench.terminal("Hall");
    await bench.hire(1);
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual(["1 Hall: conflict terminal.user-id-taken"]);
    expect(holdings(hall)).toEqual({});
    expect(gate.commands.count(Command.dbRead)).toBe(0);
  });

  test("is asked again where the terminal has come into another ID space since the preview", async () => {
    await bench.terminal("Gate", staff(1));
    const hall = await bench.terminal("Hall");
    await bench.hire(1);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    await bench.services.terminals.remove(named("Hall"), "cli");
    await bench.add("Hall", hall, { idSpace: "branch" });
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: failed copy.other-id-space"]);
    expect(holdings(hall)).toEqual({});
  });

  test("is asked again where an ID was given on since the preview", async () => {
    await bench.terminal("Gate", staff(1));
    const hall = await bench.terminal("Hall");
    await bench.hire(2);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    await bench.unlink("1", "HR-EMP-1");
    await bench.link("1", "HR-EMP-2");
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: failed copy.source-changed"]);
    expect(holdings(hall)).toEqual({});
  });

  test("matters not where no fingers travel: none are read, also none that are left over", async () => {
    await bench.terminal("Gate", staff(1));
    const left = [{ uid: 44, finger: 1, flag: 1, bytes: generateTemplate(44) }];
    const hall = await bench.terminal("Hall", { templates: left });
    await bench.hire(1);
    await bench.switchBiometricsOff();
    const { applied } = await bench.copy({ from: "Gate", to: ["Hall"], fingers: false });
    expect(results(applied)).toEqual(["1 Hall: verified"]);
    const tables = hall.commands
      .entries()
      .filter(({ command, data }) => command === Command.bufferedRead && data[1] === Command.dbRead);
    expect(tables).toEqual([]);
  });

  test("who read them stands in the audit, for both terminals", async () => {
    await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    await bench.hire(1);
    await bench.plan({ from: "Gate", to: ["Hall"] });
    expect((await bench.audited("terminals.read-fingers")).map(({ subject }) => subject)).toEqual(["Gate", "Hall"]);
  });
});

describe("names", () => {
  test("are written in the code page that the terminal's own names show", async () => {
    await bench.terminal("Gate", { users: [{ uid: 1, userId: "1", name: "Trần Văn Bình" }] });
    const old = { uid: 5, userId: "5", name: "Lê Thu Hà" };
    const hall = await bench.terminal("Hall", { nameEncoding: "windows-1258", users: [old] });
    await bench.hire(1);
    await bench.copy({ from: "Gate", to: ["Hall"] });
    const [row] = (await listUsers(bench.services.terminals, named("Hall"))).filter(({ userId }) => userId === "1");
    expect(row?.name).toBe("Trần Văn Bình");
    expect(hall.state.users.byUserId("1")?.name.toString("latin1")).not.toContain("\xe1");
  });
});

describe("what goes wrong meanwhile", () => {
  test("a dead terminal delays only itself, in the preview and afterwards", async () => {
    await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall");
    const dock = await bench.terminal("Dock");
    await bench.hire(2);
    await dock.stop();
    const { preview, applied } = await bench.copy({ from: "Gate", to: ["Dock", "Hall"] });
    expect(summary(preview)).toEqual([
      "1 Dock: refused terminal.unreachable",
      "2 Dock: refused terminal.unreachable",
      "1 Hall: add",
      "2 Hall: add",
    ]);
    expect(results(applied).slice(2)).toEqual(["1 Hall: verified", "2 Hall: verified"]);
    expect(Object.keys(holdings(hall))).toEqual(["1", "2"]);
  });

  test("what failed is tried again, and nothing is done twice", async () => {
    await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall", { modes: { templateWrites: "lose" } });
    await bench.hire(2);
    const { plan, preview, applied } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual(["1 Hall: add", "2 Hall: add"]);
    expect(results(applied)).toEqual(["1 Hall: failed terminal.not-stored", "2 Hall: failed terminal.not-stored"]);
    hall.set({ templateWrites: "save" });
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: verified", "2 Hall: verified"]);
    const gateFingers = staff(2).templates.map(({ bytes }) => bytes);
    expect(hall.state.templates.all().map(({ bytes }) => bytes)).toEqual(gateFingers);
    hall.commands.clear();
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: verified", "2 Hall: verified"]);
    expect(hall.commands.entries()).toEqual([]);
  });

  test("who withdrew between preview and copy is not copied", async () => {
    await bench.terminal("Gate", staff(2));
    const hall = await bench.terminal("Hall");
    await bench.hire(2);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    await bench.services.consents.withdraw(
      { people: [PersonId.parse("HR-EMP-2")], kind: "finger", purpose: "attendance", why: "" },
      "cli",
    );
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: verified", "2 Hall: failed consent.missing"]);
    expect(Object.keys(holdings(hall))).toEqual(["1"]);
  });

  test("more than the preview showed is never written", async () => {
    const gate = await bench.terminal("Gate", staff(1));
    const hall = await bench.terminal("Hall");
    await bench.hire(1);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    gate.state.templates.put({ uid: 1, finger: 8, flag: 1, bytes: generateTemplate(88) });
    await bench.apply(plan);
    expect(hall.state.templates.all().map(({ finger }) => finger)).toEqual([1]);
  });

  test("who is no longer on the source is told", async () => {
    const gate = await bench.terminal("Gate", staff(2));
    await bench.terminal("Hall");
    await bench.hire(2);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    gate.state.removeUser(2);
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: verified", "2 Hall: failed copy.source-changed"]);
  });

  test("a source that cannot be reached leaves every item with its reason", async () => {
    const gate = await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    await bench.hire(1);
    const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
    await gate.stop();
    expect(results(await bench.apply(plan))).toEqual(["1 Hall: failed terminal.unreachable"]);
  });

  test("a terminal is never both", async () => {
    await bench.terminal("Gate", staff(1));
    await expect(bench.copy({ from: "Gate", to: ["Gate"] })).rejects.toMatchObject({ code: "plan.same-terminal" });
  });

  test("people whom nobody knows are told", async () => {
    await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    const wish = bench.copy({ from: "Gate", to: ["Hall"], people: ["HR-EMP-404"] });
    await expect(wish).rejects.toMatchObject({ code: "plan.no-people", details: { people: "HR-EMP-404" } });
  });
});

describe("kept copies", () => {
  test("bring people to a terminal that is added later, without the first one", async () => {
    const gate = await bench.terminal("Gate", staff(2));
    await bench.terminal("Hall");
    await bench.hire(2);
    await bench.keepCopies();
    await bench.copy({ from: "Gate", to: ["Hall"] });
    const before = holdings(gate);
    await gate.stop();
    const dock = await bench.terminal("Dock", {}, { idSpace: "main" });
    const { applied } = await bench.copy({ from: "vault", to: ["Dock"] });
    expect(results(applied)).toEqual(["1 Dock: verified", "2 Dock: verified"]);
    expect(holdings(dock)).toEqual(before);
  });

  test("nothing is kept otherwise", async () => {
    await bench.terminal("Gate", staff(1));
    await bench.terminal("Hall");
    await bench.terminal("Dock");
    await bench.hire(1);
    await bench.copy({ from: "Gate", to: ["Hall"] });
    const { preview } = await bench.copy({ from: "vault", to: ["Dock"] });
    expect(preview).toEqual([]);
  });
});
