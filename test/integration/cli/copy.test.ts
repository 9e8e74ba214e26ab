import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { CliCompany } from "../../support/cli-company.ts";
import { holdings, staff } from "../../support/plan-bench.ts";

let company: CliCompany;

const PEOPLE = {
  "HR-EMP-1": "Nguyễn Thị Lan,,,active,,",
  "HR-EMP-2": "Trần Văn Bình,,,active,,",
  "HR-EMP-3": "Lê Thu Hà,,,active,,",
};

async function openCompany(): Promise<{ gate: ZkTerminal; hall: ZkTerminal }> {
  company = await CliCompany.open();
  const gate = await company.terminal("Cổng chính", staff(4));
  const hall = await company.terminal("Hội trường");
  await company.people(PEOPLE);
  await company.ids("1,HR-EMP-1,old,,", "2,HR-EMP-2,old,,", "3,HR-EMP-3,old,,");
  await company.consent("HR-EMP-1", "HR-EMP-2");
  return { gate, hall };
}

describe.each(["running", "stopped"])("tandem copy, with the connector %s,", (connector) => {
  let gate: ZkTerminal;
  let hall: ZkTerminal;

  beforeAll(async () => {
    ({ gate, hall } = await openCompany());
    if (connector === "running") await company.start();
  }, 30_000);

  afterAll(() => company.close());

  const item = (personId: string | null, userId: string) => ({
    ...{ personId, userId, newUserId: null, terminal: "Hội trường" },
    ...{ reason: null, details: {}, fingers: [] },
  });
  const refusal = (personId: string | null, userId: string, reason: string, details = {}) => ({
    ...item(personId, userId),
    ...{ action: "refused", reason, details },
  });

  const refused = [
    refusal("HR-EMP-3", "3", "consent.missing", { personId: "HR-EMP-3", kind: "finger" }),
    refusal(null, "4", "copy.not-linked"),
  ];

  it("shows what it would do to each person on each terminal, and writes nothing", async () => {
    const { code, stderr, json } = await company.run("copy", "plan", "--from", "Cổng chính", "--to", "Hội trường");
    expect([code, stderr]).toEqual([0, ""]);
    expect(json()).toEqual({
      plan: "P-0001",
      kind: "copy",
      items: [
        { ...item("HR-EMP-1", "1"), action: "add", fingers: [1] },
        { ...item("HR-EMP-2", "2"), action: "add", fingers: [1] },
        ...refused,
      ],
    });
    expect(holdings(hall)).toEqual({});
  });

  it("does what the plan shows, and reads it back", async () => {
    const { code, stderr, json } = await company.run("copy", "apply", "P-0001");
    expect([code, stderr]).toEqual([0, ""]);
    expect(json()).toEqual({
      ...{ plan: "P-0001", kind: "copy", done: 2, failed: 0, unfinished: 0 },
      items: [
        { ...item("HR-EMP-1", "1"), action: "add", fingers: [1], result: "verified", code: null },
        { ...item("HR-EMP-2", "2"), action: "add", fingers: [1], result: "verified", code: null },
        ...refused.map((one) => ({ ...one, result: "skipped", code: one.reason })),
      ],
    });
    const { "1": first, "2": second } = holdings(gate);
    expect(holdings(hall)).toEqual({ "1": first, "2": second });
  });

  it("lists its plans and shows what became of each person", async () => {
    const listed = (await company.run("plans", "list")).json();
    const row = { plan: "P-0001", kind: "copy", actor: "cli", items: 4, done: 2, failed: 0, unfinished: 0 };
    expect(listed).toEqual({ plans: [{ ...row, createdAt: expect.any(String) }] });
    const shown = (await company.run("plans", "show", "P-0001")).json();
    expect(shown).toEqual((await company.run("copy", "apply", "P-0001")).json());
  });

  it("finds everybody the same the next time", async () => {
    const again = await company.run(
      "copy",
      "plan",
      "--from",
      "Cổng chính",
      "--to",
      "Hội trường",
      "--people",
      "HR-EMP-1",
    );
    expect(again.json()).toMatchObject({ items: [{ personId: "HR-EMP-1", action: "same", reason: null }] });
  });
});

describe("what cannot be copied", () => {
  let dock: ZkTerminal;

  beforeAll(async () => {
    await openCompany();
    dock = await company.terminal("Kho", { modes: { templateWrites: "lose" } });
  }, 30_000);

  afterAll(() => company.close());

  it("ends with exit code 1 and each reason once, with the outcome all the same", async () => {
    await company.operator.do("copy", "plan", "--from", "Cổng chính", "--to", "Hội trường,Kho");
    const { code, stderr, json } = await company.run("copy", "apply", "P-0001");
    expect(code).toBe(1);
    expect(stderr.match(/^\S+(?=: )/gm)).toEqual(["terminal.not-stored"]);
    expect(json()).toMatchObject({
      ...{ plan: "P-0001", done: 2, failed: 2, unfinished: 0 },
      error: { code: "terminal.not-stored", text: expect.any(String), details: { name: "Kho" } },
    });
  });

  it("says afterwards why, with everything that the reason names", async () => {
    await dock.stop();
    const { code, stderr } = await company.type("vi", "copy", "apply", "P-0001");
    expect(code).toBe(1);
    const text = `Máy chấm công ở ${dock.address} không trả lời.`;
    expect(stderr).toMatch(new RegExp(`^terminal\\.unreachable: ${text}\n {2}Kiểm tra máy`));
    const shown = await company.type("vi", "plans", "show", "P-0001");
    expect(shown.stdout).toContain(`lỗi: ${text}`);
    expect(shown.stdout).not.toMatch(/[{}]/);
  });

  it("stands in the preview with its reason; a preview is no failure", async () => {
    const { code, json } = await company.run(
      "copy",
      "plan",
      "--from",
      "Cổng chính",
      "--to",
      "Kho",
      "--people",
      "HR-EMP-1",
    );
    expect(code).toBe(0);
    expect(json()).toMatchObject({ items: [{ personId: "HR-EMP-1", reason: "terminal.unreachable" }] });
  });
});

describe("what an HR officer reads", () => {
  beforeAll(async () => {
    await openCompany();
  }, 30_000);

  afterAll(() => company.close());

  it.each([
    [
      "vi",
      `nhân viên  tên             mã trên máy  máy chấm công  việc     ngón  lý do
HR-EMP-1   Nguyễn Thị Lan  1            Hội trường     thêm     1     –
HR-EMP-2   Trần Văn Bình   2            Hội trường     thêm     1     –
HR-EMP-3   Lê Thu Hà       3            Hội trường     từ chối  –     Chưa có sự đồng ý của HR-EMP-3 cho loại dữ liệu này: vân tay.
–          –               4            Hội trường     từ chối  –     Chưa liên kết mã này với nhân viên nào, nên không có sự đồng ý nào để dựa vào mà sao chép.
thêm: 2 · từ chối: 2
consent.missing: Để nhân viên đồng ý với văn bản, rồi ghi nhận bằng: tandem consent record. Thẻ hoặc mã PIN không cần đồng ý.
copy.not-linked: Hãy liên kết mã với nhân viên trước, bằng lệnh: tandem ids link.
Kế hoạch P-0001. Chưa ghi gì. Để thực hiện: tandem copy apply P-0001
`,
    ],
    [
      "en",
      `person    name            user ID  terminal    action   fingers  reason
HR-EMP-1  Nguyễn Thị Lan  1        Hội trường  add      1        –
HR-EMP-2  Trần Văn Bình   2        Hội trường  add      1        –
HR-EMP-3  Lê Thu Hà       3        Hội trường  refused  –        There is no consent of HR-EMP-3 on record for this kind of data: fingerprint.
–         –               4        Hội trường  refused  –        Nobody in the HR app is linked to this user ID, so there is no consent to copy by.
add: 2 · refused: 2
consent.missing: Let the person agree to the text, then record it with: tandem consent record. A card or a PIN needs no consent.
copy.not-linked: Link the ID to its person first, with: tandem ids link.
Plan P-0002. Nothing has been written. To do it: tandem copy apply P-0002
`,
    ],
  ] as const)("is a preview with names, counts and advice (%s)", async (language, text) => {
    const { stdout } = await company.type(language, "copy", "plan", "--from", "Cổng chính", "--to", "Hội trường");
    expect(stdout).toBe(text);
  });

  it("is what became of it", async () => {
    const { stdout } = await company.type("vi", "copy", "apply", "P-0001");
    const lines = stdout.split("\n");
    expect(lines[1]).toBe("HR-EMP-1   Nguyễn Thị Lan  1            Hội trường     thêm     1     xong, đã đọc lại");
    expect(lines[3]).toMatch(/^HR-EMP-3 .* không làm gì: Chưa có sự đồng ý của HR-EMP-3 /);
    expect(lines.at(-2)).toBe("Kế hoạch P-0001: 2 xong, 0 lỗi, 0 chưa xong.");
  });

  it("is that nothing would change", async () => {
    const plan = ["copy", "plan", "--from", "Cổng chính", "--to", "Hội trường", "--people", "HR-EMP-1"];
    const { stdout } = await company.type("en", ...plan);
    expect(stdout).toMatch(/same: 1\nPlan P-0003 would change nothing\.\n$/);
    const nothing = await company.type("vi", "copy", "plan", "--from", "vault", "--to", "Hội trường");
    expect(nothing.stdout).toMatch(/\nKế hoạch P-0004 không thay đổi gì\.\n$/);
  });
});

describe("wrong input", () => {
  beforeAll(async () => {
    await openCompany();
    await company.operator.do("leavers", "plan");
  }, 30_000);

  afterAll(() => company.close());

  const from = (name: string) => ["--from", name];
  const to = (names: string) => ["--to", names];

  it.each([
    ["--people and --all together", [...from("Cổng chính"), ...to("Hội trường"), "--people", "HR-EMP-1", "--all"]],
    ["an empty list of people", [...from("Cổng chính"), ...to("Hội trường"), "--people", ""]],
    ["an empty list of terminals", [...from("Cổng chính"), ...to("")]],
    ["a list with a gap", [...from("Cổng chính"), ...to("Hội trường,,Kho")]],
    ["no terminal to copy to", from("Cổng chính")],
    ["no terminal to copy from", to("Hội trường")],
    ["an option that does not exist", [...from("Cổng chính"), ...to("Hội trường"), "--faces"]],
  ])("calls %s a usage error", async (_, args) => {
    const { code, stderr, json } = await company.run("copy", "plan", ...args);
    expect([code, json()]).toEqual([2, { error: expect.objectContaining({ code: "cli.usage" }) }]);
    expect(stderr).toMatch(/^cli\.usage: /);
  });

  it.each([
    [
      "an unknown terminal to copy to",
      [...from("Cổng chính"), ...to("Hội trường,Kho")],
      "terminal.unknown",
      "name",
      "Kho",
    ],
    ["an unknown terminal to copy from", [...from("Kho"), ...to("Hội trường")], "terminal.unknown", "name", "Kho"],
    [
      "a terminal that is both",
      [...from("Hội trường"), ...to("Hội trường")],
      "plan.same-terminal",
      "name",
      "Hội trường",
    ],
    [
      "an unknown person",
      [...from("Cổng chính"), ...to("Hội trường"), "--people", "HR-EMP-1,HR-EMP-404"],
      "plan.no-people",
      "people",
      "HR-EMP-404",
    ],
    ["a name that is none", [...from("Cổng/chính"), ...to("Hội trường")], "request.invalid", "field", "from"],
  ])("refuses %s, and makes no plan", async (_, args, code, detail, value) => {
    const refused = await company.run("copy", "plan", ...args);
    expect(refused.code).toBe(1);
    expect(refused.stderr.startsWith(`${code}: `)).toBe(true);
    expect(refused.json()).toMatchObject({ error: { code, details: { [detail]: value } } });
    expect((await company.run("plans", "list")).json()).toMatchObject({ plans: [{ plan: "P-0001" }] });
  });

  it.each([
    ["copy apply", "P-0404", "plan.unknown"],
    ["plans show", "P-0404", "plan.unknown"],
    ["copy apply", "12", "request.invalid"],
    ["copy apply", "P-0001", "plan.other-kind"],
    ["move apply", "P-0001", "plan.other-kind"],
  ])("refuses %s %s: %s", async (command, plan, code) => {
    const refused = await company.run(...command.split(" "), plan);
    expect([refused.code, refused.json()]).toEqual([1, { error: expect.objectContaining({ code }) }]);
  });

  it("says which command a plan of another kind belongs to", async () => {
    const { stderr } = await company.type("vi", "copy", "apply", "P-0001");
    expect(stderr).toBe(
      "plan.other-kind: Kế hoạch P-0001 được lập bằng lệnh khác: tandem leavers plan.\n" +
        "  Chưa làm gì. Để thực hiện: tandem leavers apply P-0001\n",
    );
  });

  it("takes a terminal that is named twice once", async () => {
    const plan = await company.run(
      "copy",
      "plan",
      ...from("Cổng chính"),
      ...to("Hội trường,Hội trường"),
      "--people",
      "HR-EMP-1",
    );
    expect(plan.json()).toMatchObject({ items: [{ userId: "1", terminal: "Hội trường" }] });
  });
});
