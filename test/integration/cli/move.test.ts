import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { CliCompany } from "../../support/cli-company.ts";
import { holdings, staff } from "../../support/plan-bench.ts";

let company: CliCompany;
let gate: ZkTerminal;

async function openCompany(): Promise<void> {
  company = await CliCompany.open();
  gate = await company.terminal("Cổng chính", staff(3));
  await company.people({
    "HR-EMP-1": "Nguyễn Thị Lan,,,active,,",
    "HR-EMP-2": "Trần Văn Bình,,,active,,",
    "HR-EMP-3": "Lê Thu Hà,,,active,,",
  });
  await company.ids(
    "1,HR-EMP-1,old,,",
    "101,HR-EMP-1,new,,",
    "2,HR-EMP-2,old,,",
    "3,HR-EMP-3,old,,",
    "103,HR-EMP-3,new,,",
  );
  await company.consent("HR-EMP-1", "HR-EMP-2");
}

describe.each(["running", "stopped"])("tandem move, with the connector %s,", (connector) => {
  let before: ReturnType<typeof holdings>;

  beforeAll(async () => {
    await openCompany();
    before = holdings(gate);
    if (connector === "running") await company.start();
  }, 30_000);

  afterAll(() => company.close());

  const item = (personId: string, userId: string, newUserId: string | null) => ({
    ...{ personId, userId, newUserId, terminal: "Cổng chính", reason: null, details: {}, fingers: [] },
  });
  const moved = { ...item("HR-EMP-1", "1", "101"), action: "move", fingers: [1] };
  // In the order of the IDs that are linked, as text: 1, 101, 103, 2, 3.
  const refused = [
    {
      ...item("HR-EMP-3", "3", "103"),
      ...{ action: "refused", reason: "consent.missing", details: { personId: "HR-EMP-3", kind: "finger" } },
    },
    { ...item("HR-EMP-2", "2", null), action: "refused", reason: "plan.no-new-id" },
  ];

  it("shows who would move from which ID to which, and writes nothing", async () => {
    const { code, stderr, json } = await company.run("move", "plan", "--terminal", "Cổng chính", "--all");
    expect([code, stderr]).toEqual([0, ""]);
    expect(json()).toEqual({ plan: "P-0001", kind: "move", items: [moved, ...refused] });
    expect(holdings(gate)).toEqual(before);
  });

  it("gives people their new ID with their fingers, and leaves the others alone", async () => {
    const { code, json } = await company.run("move", "apply", "P-0001");
    expect(code).toBe(0);
    expect(json()).toEqual({
      ...{ plan: "P-0001", kind: "move", done: 1, failed: 0, unfinished: 0 },
      items: [
        { ...moved, result: "verified", code: null },
        ...refused.map((one) => ({ ...one, result: "skipped", code: one.reason })),
      ],
    });
    const { "1": first, ...others } = before;
    expect(holdings(gate)).toEqual({ "101": first, ...others });
  });

  it("shows the plan again, and does nothing twice", async () => {
    const shown = await company.run("plans", "show", "P-0001");
    expect(shown.json()).toMatchObject({ kind: "move", done: 1, failed: 0 });
    expect((await company.run("move", "apply", "P-0001")).json()).toEqual(shown.json());
  });
});

describe("what an HR officer reads", () => {
  beforeAll(openCompany, 30_000);

  afterAll(() => company.close());

  it.each([
    [
      "vi",
      `nhân viên  tên             mã trên máy  máy chấm công  việc     ngón  lý do
HR-EMP-1   Nguyễn Thị Lan  1 → 101      Cổng chính     đổi mã   1     –
HR-EMP-2   Trần Văn Bình   2            Cổng chính     từ chối  –     Người này chưa được liên kết mã mới nào cho máy này.
đổi mã: 1 · từ chối: 1
plan.no-new-id: Hãy liên kết mã mới trước bằng lệnh: tandem ids link … --scheme new. Hoặc giữ mã cũ: Tandem tự đối chiếu.
Kế hoạch P-0001. Chưa ghi gì. Để thực hiện: tandem move apply P-0001
`,
    ],
    [
      "en",
      `person    name            user ID  terminal    action   fingers  reason
HR-EMP-1  Nguyễn Thị Lan  1 → 101  Cổng chính  move     1        –
HR-EMP-2  Trần Văn Bình   2        Cổng chính  refused  –        No new ID is linked to this person for this terminal.
move: 1 · refused: 1
plan.no-new-id: Link the wanted ID first, with: tandem ids link … --scheme new. Or keep the old one: Tandem maps it.
Plan P-0002. Nothing has been written. To do it: tandem move apply P-0002
`,
    ],
  ] as const)("is a preview with both IDs (%s)", async (language, text) => {
    const people = ["--people", "HR-EMP-1,HR-EMP-2"];
    const { stdout } = await company.type(language, "move", "plan", "--terminal", "Cổng chính", ...people);
    expect(stdout).toBe(text);
  });

  it("is why it failed, and what to do next", async () => {
    await gate.stop();
    const { code, stdout, stderr } = await company.type("en", "move", "apply", "P-0001");
    expect(code).toBe(1);
    expect(stdout).toContain(`failed: The terminal at ${gate.address} does not answer.`);
    expect(stdout).toMatch(/Plan P-0001: 0 done, 1 failed, 0 unfinished\.\n$/);
    expect(stderr).toMatch(/^terminal\.unreachable: .*\n {2}Check that it is switched on/);
  });
});

describe("wrong input", () => {
  beforeAll(openCompany, 30_000);

  afterAll(() => company.close());

  it.each([
    ["--people and --all together", ["--terminal", "Cổng chính", "--people", "HR-EMP-1", "--all"]],
    ["an empty list of people", ["--terminal", "Cổng chính", "--people", ","]],
    ["no terminal", ["--all"]],
  ])("calls %s a usage error", async (_, args) => {
    const { code, json } = await company.run("move", "plan", ...args);
    expect([code, json()]).toEqual([2, { error: expect.objectContaining({ code: "cli.usage" }) }]);
  });

  it.each([
    ["an unknown terminal", ["--terminal", "Cổng chính,Kho"], "terminal.unknown"],
    ["an unknown person", ["--terminal", "Cổng chính", "--people", "HR-EMP-404"], "plan.no-people"],
  ])("refuses %s, and makes no plan", async (_, args, code) => {
    const refused = await company.run("move", "plan", ...args);
    expect([refused.code, refused.json()]).toEqual([1, { error: expect.objectContaining({ code }) }]);
    expect((await company.run("plans", "list")).json()).toEqual({ plans: [] });
  });

  it("refuses an unknown plan", async () => {
    const { code, stderr } = await company.type("en", "move", "apply", "P-0404");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^plan\.unknown: There is no such plan: P-0404\.\n {2}/)]);
  });
});
