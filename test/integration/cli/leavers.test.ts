import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { CliCompany } from "../../support/cli-company.ts";
import { holdings, staff } from "../../support/plan-bench.ts";

/** Far away, so that the tests do not depend on the day on which they run. */
const LONG_AGO = "2020-01-31";
const FAR_AWAY = "2120-01-31";

let company: CliCompany;
let gate: ZkTerminal;
let hall: ZkTerminal;

async function openCompany(): Promise<void> {
  company = await CliCompany.open();
  gate = await company.terminal("Cổng chính", staff(4));
  hall = await company.terminal("Hội trường", staff(2));
  await company.people({
    "HR-EMP-1": "Nguyễn Thị Lan,,,active,,",
    "HR-EMP-2": `Trần Văn Bình,,,left,,${LONG_AGO}`,
    "HR-EMP-3": `Lê Thu Hà,,,left,,${FAR_AWAY}`,
  });
  await company.ids("1,HR-EMP-1,old,,", "2,HR-EMP-2,old,,", "3,HR-EMP-3,old,,");
}

describe.each(["running", "stopped"])("tandem leavers, with the connector %s,", (connector) => {
  beforeAll(async () => {
    await openCompany();
    if (connector === "running") await company.start();
  }, 30_000);

  afterAll(() => company.close());

  const item = (personId: string, userId: string, terminal: string) => ({
    ...{ personId, userId, newUserId: null, terminal, reason: null, details: {}, fingers: [] },
  });
  const early = {
    ...item("HR-EMP-3", "3", "Cổng chính"),
    ...{ action: "refused", reason: "plan.too-early", details: { from: "2120-02-07" } },
  };
  const leaving = ["Cổng chính", "Hội trường"].map((name) => ({ ...item("HR-EMP-2", "2", name), action: "remove" }));

  it("shows who would be removed where, and removes nobody", async () => {
    const { code, stderr, json } = await company.run("leavers", "plan");
    expect([code, stderr]).toEqual([0, ""]);
    expect(json()).toEqual({ plan: "P-0001", kind: "remove", items: [leaving[0], early, leaving[1]] });
    expect(Object.keys(holdings(gate))).toEqual(["1", "2", "3", "4"]);
  });

  it("removes those who left from each terminal, and reads it back", async () => {
    const { code, json } = await company.run("leavers", "apply", "P-0001");
    expect(code).toBe(0);
    const [first, second] = leaving.map((one) => ({ ...one, result: "verified", code: null }));
    expect(json()).toEqual({
      ...{ plan: "P-0001", kind: "remove", done: 2, failed: 0, unfinished: 0 },
      items: [first, { ...early, result: "skipped", code: "plan.too-early" }, second],
    });
    expect([Object.keys(holdings(gate)), Object.keys(holdings(hall))]).toEqual([["1", "3", "4"], ["1"]]);
  });

  it("never selects who works here, not even by name", async () => {
    const { json } = await company.run("leavers", "plan", "--people", "HR-EMP-1", "--after", "0");
    const active = { personId: "HR-EMP-1", action: "refused", reason: "plan.person-active" };
    expect(json()).toMatchObject({ items: [active, active] });
    expect((await company.run("leavers", "apply", "P-0002")).json()).toMatchObject({ done: 0, failed: 0 });
    expect(Object.keys(holdings(hall))).toEqual(["1"]);
  });

  it("looks at the terminals that are named", async () => {
    const { json } = await company.run("leavers", "plan", "--terminal", "Hội trường");
    expect(json()).toEqual({ plan: "P-0003", kind: "remove", items: [] });
  });
});

describe("what an HR officer reads", () => {
  beforeAll(openCompany, 30_000);

  afterAll(() => company.close());

  it.each([
    [
      "vi",
      `nhân viên  tên            mã trên máy  máy chấm công  việc     ngón  lý do
HR-EMP-2   Trần Văn Bình  2            Cổng chính     xóa      –     –
HR-EMP-3   Lê Thu Hà      3            Cổng chính     từ chối  –     Người này mới nghỉ việc; chỉ xóa từ ngày 2120-02-07.
xóa: 1 · từ chối: 1
plan.too-early: Hãy lập lại kế hoạch khi đó, hoặc chọn thời gian chờ ngắn hơn.
Kế hoạch P-0001. Chưa ghi gì. Để thực hiện: tandem leavers apply P-0001
`,
    ],
    [
      "en",
      `person    name           user ID  terminal    action   fingers  reason
HR-EMP-2  Trần Văn Bình  2        Cổng chính  remove   –        –
HR-EMP-3  Lê Thu Hà      3        Cổng chính  refused  –        This person left only recently; they are removed from 2120-02-07 on.
remove: 1 · refused: 1
plan.too-early: Make the plan again then, or choose a shorter delay.
Plan P-0002. Nothing has been written. To do it: tandem leavers apply P-0002
`,
    ],
  ] as const)("is a preview with the day from which it may be done (%s)", async (language, text) => {
    const { stdout } = await company.type(language, "leavers", "plan", "--terminal", "Cổng chính");
    expect(stdout).toBe(text);
  });

  it("is a list of plans with their numbers", async () => {
    const { stdout } = await company.type("vi", "plans", "list");
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^kế hoạch {2}loại {17}lập lúc +người × máy {2}xong {2}lỗi {2}chưa xong$/);
    const row = /^P-000\d {4}xóa người nghỉ việc {2}\S+ {2}2 {12}0 {5}0 {4}1$/;
    expect(rows).toEqual([expect.stringMatching(row), expect.stringMatching(row)]);
  });

  it("is who came back since the preview, and stays", async () => {
    await company.people({ "HR-EMP-2": "Trần Văn Bình,,,active,,", "HR-EMP-1": "Nguyễn Thị Lan,,,active,," });
    const { code, stderr } = await company.type("vi", "leavers", "apply", "P-0001");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^plan\.person-active: Theo phần mềm nhân sự, người này đang làm việc/);
    expect(Object.keys(holdings(gate))).toContain("2");
  });
});

describe("wrong input", () => {
  beforeAll(openCompany, 30_000);

  afterAll(() => company.close());

  it.each([
    ["an empty list of people", ["--people", ""]],
    ["an empty list of terminals", ["--terminal", "Cổng chính,"]],
    ["a delay that is no number", ["--after", "soon"]],
    ["a delay into the past", ["--after", "-1"]],
    ["half a day", ["--after", "0.5"]],
    ["an empty delay, which is not zero", ["--after", ""]],
    ["everybody by an option: it is what it does without one", ["--all"]],
  ])("calls %s a usage error", async (_, args) => {
    const { code, json } = await company.run("leavers", "plan", ...args);
    expect([code, json()]).toEqual([2, { error: expect.objectContaining({ code: "cli.usage" }) }]);
  });

  it.each([
    ["an unknown terminal", ["--terminal", "Kho"], "terminal.unknown"],
    ["an unknown person", ["--people", "HR-EMP-404"], "plan.no-people"],
    ["a delay of more than ten years", ["--after", "3651"], "request.invalid"],
  ])("refuses %s, and makes no plan", async (_, args, code) => {
    const refused = await company.run("leavers", "plan", ...args);
    expect([refused.code, refused.json()]).toEqual([1, { error: expect.objectContaining({ code }) }]);
    expect((await company.run("plans", "list")).json()).toEqual({ plans: [] });
  });
});
