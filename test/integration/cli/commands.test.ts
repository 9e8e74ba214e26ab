import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { type ConnectorProcess, runTandem, startConnectorProcess, tandem } from "../../support/built-connector.ts";
import { Operator } from "../../support/operator.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const API = { apiKey: "key0000000000001", apiSecret: "secret000000001" };

/** One company for all of these tests, in the order in which an operator does things. */
let home: Awaited<ReturnType<typeof makeTempFolder>>;
let site: FrappeSite;
let terminal: ZkTerminal;
let connector: ConnectorProcess;

beforeAll(async () => {
  home = await makeTempFolder();
  site = await FrappeSite.start({
    users: [{ name: "hr@example.com", roles: ["HR Manager", "HR User"], ...API }],
    employees: [
      { first_name: "Nguyễn Thị", last_name: "Lan", attendance_device_id: "101" },
      { first_name: "Trần Văn", last_name: "Bình", attendance_device_id: "102" },
    ],
  });
  terminal = await ZkTerminal.start({
    zone: "Asia/Ho_Chi_Minh",
    users: [
      { uid: 1, userId: "101", name: "Nguyễn Thị Lan", card: 70000 },
      { uid: 2, userId: "102", name: "Trần Văn Bình" },
    ],
    punches: [
      { userId: "101", at: "2026-11-20T07:58:01", verify: 1, state: 0 },
      { userId: "101", at: "2026-11-20T07:58:01", verify: 1, state: 0 },
      { userId: "102", at: "2026-11-20T08:01:30", verify: 1, state: 0 },
      { userId: "999", at: "2026-11-20T08:02:00", verify: 1, state: 0 },
    ],
  });
  connector = await startConnectorProcess(home.path);
}, 60_000);

afterAll(async () => {
  await connector.stop();
  await terminal.stop();
  await site.stop();
  await home.remove();
});

const run = (...args: string[]) => tandem(home.path, ...args);

describe("The command line, from an empty data folder to punches in the HR app", () => {
  it("shows the numbers of the running connector", async () => {
    const { code, json } = await run("status");
    expect(code).toBe(0);
    expect(json()).toEqual({
      version: "0.1.0",
      port: connector.port,
      ready: true,
      clients: 0,
      terminals: 0,
      quarantined: 0,
      undelivered: 0,
    });
  });

  it("adds a terminal with the defaults of a first day: shadow mode, one ID space, Vietnam's zone", async () => {
    const added = await run("terminals", "add", "Gate 1", "--address", terminal.address);
    expect(added.stderr).toBe("");
    const { json } = await run("terminals", "list");
    expect(json()).toEqual({
      terminals: [
        {
          name: "Gate 1",
          address: terminal.address,
          serial: null,
          idSpace: "main",
          zone: "Asia/Ho_Chi_Minh",
          direction: "auto",
          machine: null,
          mode: "shadow",
          lastReadAt: null,
          lastError: null,
          live: false,
          daysUntilFull: null,
          warnings: [],
        },
      ],
    });
  });

  it("checks the terminal", async () => {
    const { code, json } = await run("terminals", "check", "Gate 1");
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      serial: terminal.serial,
      model: "X628-C",
      platform: "ZEM760_TFT",
      fingerprintVersion: "10",
      users: 2,
      punches: 4,
    });
    const { clockOffsetSeconds } = json() as { clockOffsetSeconds: number };
    expect(Math.abs(clockOffsetSeconds)).toBeLessThanOrEqual(2);
  });

  it("sets the clock of a terminal only after somebody let it change the terminal", async () => {
    const refused = await runTandem(["--home", home.path, "--lang", "en", "terminals", "set-clock", "Gate 1"]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("terminals mode NAME active")]);
    expect((await run("terminals", "mode", "Gate 1", "active")).json()).toMatchObject({ mode: "active" });
    const { json } = await run("terminals", "set-clock", "Gate 1");
    expect(Math.abs((json() as { offsetAfterSeconds: number }).offsetAfterSeconds)).toBeLessThanOrEqual(2);
    expect((await run("terminals", "mode", "Gate 1", "shadow")).json()).toMatchObject({ mode: "shadow" });
  });

  it("lists who is on the terminal", async () => {
    const { json } = await run("users", "list", "--terminal", "Gate 1");
    expect(json()).toEqual({
      users: [
        expect.objectContaining({ userId: "101", name: "Nguyễn Thị Lan", card: "70000", fingers: [] }),
        expect.objectContaining({ userId: "102", name: "Trần Văn Bình", fingers: [] }),
      ],
    });
  });

  it("reads the log; the same second twice is two punches", async () => {
    const { json } = await run("terminals", "pull", "Gate 1");
    expect(json()).toEqual({ terminal: "Gate 1", read: 4, added: 4, known: 0, quarantined: 4, rejected: [] });
  });

  it("adds nothing when the same log is read again", async () => {
    const { json } = await run("terminals", "pull", "--all");
    expect(json()).toMatchObject({ pulls: [{ terminal: "Gate 1", read: 4, added: 0, known: 4 }], failed: [] });
  });

  it("connects the HR site once every right is proven, and takes over its people", async () => {
    await new Operator(home.path).connectHr({ origin: site.origin, ...API });
    const { json } = await run("people", "list");
    const { people } = json() as { people: { deviceId: string }[] };
    expect(people.map(({ deviceId }) => deviceId).sort()).toEqual(["101", "102"]);
  });

  it("links IDs from a file and says how many waiting punches have their person now", async () => {
    const people = await new Operator(home.path).people();
    const rows = people.map(({ deviceId, personId }) => `main,${deviceId ?? ""},${personId},new,,`);
    const file = join(home.path, "ids.csv");
    await writeFile(file, ["id_space,user_id,person_id,scheme,valid_from,valid_to", ...rows, ""].join("\r\n"));
    const { json } = await run("ids", "import", file);
    expect(json()).toMatchObject({ read: 2, added: 2, same: 0, released: 3 });
  });

  it("delivers what is linked, each once", async () => {
    const { json } = await run("hr", "deliver");
    expect(json()).toEqual({ delivered: 3, duplicate: 0, held: 0, refused: 0, failed: 0 });
    const again = await run("hr", "deliver");
    expect(again.json()).toMatchObject({ delivered: 0, duplicate: 0 });
    const times = site.data
      .rows("Employee Checkin")
      .map((row) => row["time"])
      .sort();
    expect(times).toEqual(["2026-11-20 07:58:01", "2026-11-20 08:01:30"]);
  });

  it("shows each punch with its delivery, one row per natural key", async () => {
    const { json } = await run("punches", "list", "--from", "2026-11-20", "--to", "2026-11-20");
    const { punches } = json() as { punches: { userId: string; count: number; delivery: { state: string } }[] };
    expect(punches.map(({ userId, count, delivery }) => [userId, count, delivery.state]).sort()).toEqual([
      ["101", 2, "delivered"],
      ["102", 1, "delivered"],
      ["999", 1, "quarantined"],
    ]);
  });

  it("verifies the audit log", async () => {
    const { json } = await run("audit", "verify");
    expect(json()).toMatchObject({ ok: true, brokenAt: null });
  });

  it("opens pairing only when asked", async () => {
    const { json } = await run("pair");
    expect(json()).toEqual({ code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/), expiresAt: expect.any(String) });
  });
});

describe("Wrong input on the command line", () => {
  const failure = async (...args: string[]) => {
    const result = await run(...args);
    return { ...result, error: (result.json() as { error: TandemError }).error };
  };

  it("is a usage error with exit code 2 when a command or option does not exist", async () => {
    const { code, error, stderr } = await failure("terminals", "dance");
    expect([code, error.code]).toEqual([2, "cli.usage"]);
    expect(stderr).toMatch(/^cli\.usage: /);
  });

  it.each([
    [["terminals", "add", "X", "--address", "tcp://127.0.0.1:70000"], "address"],
    [["terminals", "add", "X", "--address", "http://127.0.0.1:80"], "address"],
    [["terminals", "add", "X", "--address", "tcp://127.0.0.1:4370", "--zone", "Asia/Hanoi"], "zone"],
    [["terminals", "add", "X", "--address", "tcp://127.0.0.1:4370", "--comm-key", "abc"], "commKey"],
    [["terminals", "mode", "Gate 1", "silent"], "mode"],
    [["punches", "list", "--from", "2026-02-31"], "from"],
    [["ids", "link", "--space", "main", "--user", "1", "--person", "P", "--scheme", "third"], "scheme"],
  ])("names the field: %p → %s", async (args, field) => {
    const { code, error } = await failure(...args);
    expect([code, error.code, error.details["field"]]).toEqual([1, "request.invalid", field]);
  });

  it("names the column that a CSV file lacks, and changes nothing", async () => {
    const before = (await run("ids", "list")).stdout;
    const file = join(home.path, "wrong.csv");
    await writeFile(file, "id_space,user,person_id,scheme,valid_from,valid_to\nmain,1,X,new,,\n");
    const { code, error } = await failure("ids", "import", file);
    expect([code, error.code]).toEqual([1, "import.columns"]);
    expect((await run("ids", "list")).stdout).toBe(before);
  });

  it("names the line of a CSV file that is wrong, and takes none of the file", async () => {
    const before = (await run("ids", "list")).stdout;
    const people = await new Operator(home.path).people();
    const file = join(home.path, "wrong.csv");
    const header = "id_space,user_id,person_id,scheme,valid_from,valid_to";
    await writeFile(file, `${header}\nmain,301,${people[0]?.personId ?? ""},new,,\nmain,302,NOBODY,new,,\n`);
    const { error } = await failure("ids", "import", file);
    expect([error.code, error.details["line"]]).toEqual(["people.unknown", 3]);
    expect((await run("ids", "list")).stdout).toBe(before);
  });

  it("says that a file is missing", async () => {
    const { error } = await failure("ids", "import", join(home.path, "none.csv"));
    expect(error.code).toBe("import.file-missing");
  });

  it("says that a terminal is unknown", async () => {
    const { error } = await failure("terminals", "pull", "Gate 9");
    expect([error.code, error.details["name"]]).toEqual(["terminal.unknown", "Gate 9"]);
  });

  it("speaks Vietnamese when asked to, with what to do next on its own line", async () => {
    const { stderr } = await runTandem(["--home", home.path, "--lang", "vi", "terminals", "check", "Cổng 9"]);
    expect(stderr).toBe(
      "terminal.unknown: Không có máy chấm công tên Cổng 9.\n  Xem tên bằng lệnh: tandem terminals list.\n",
    );
  });
});
