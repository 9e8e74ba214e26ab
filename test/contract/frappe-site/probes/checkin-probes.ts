import { ADD_LOG, CHECKIN, EMPLOYEE, INSERT_MANY, log } from "./probe.ts";
import type { Probe } from "./probe.ts";

/** `frappe-hr.md` §14.9 and the bodies of `insert_many`; in this order, each on the state the one before left. */
export const CHECKIN_PROBES: readonly Probe[] = [
  {
    id: "14.9-1-past",
    what: "with level-1 write the time sent is kept",
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 08:00:00", { device_id: "G1" })),
    want: {
      status: 200,
      data: { time: "2019-02-01 08:00:00", log_type: "", device_id: "G1", employee_name: /^Probe Tandem/ },
    },
  },
  {
    id: "14.9-2-micros",
    what: "microseconds are cut, so the same second collides",
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 08:00:00.900000", { device_id: "G2" })),
    only: (run) => run.profile > 14,
    want: (run) => ({
      status: 417,
      excType: "ValidationError",
      message: new RegExp(
        `^This employee already has a log with the same timestamp\\.<Br><a href="${run.desk}/Form/Employee Checkin/EMP-CKIN-`,
      ),
    }),
  },
  {
    id: "14.9-4-direction",
    what: "the same second with another log type is allowed",
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 08:00:00", { log_type: "IN" })),
    want: { status: 200, data: { log_type: "IN" } },
  },
  {
    id: "14.9-log-type",
    what: "another log type is refused",
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 08:30:00", { log_type: "BREAK" })),
    want: {
      status: 417,
      excType: "ValidationError",
      message: ' Log Type cannot be "BREAK". It should be one of "", "IN", "OUT"',
    },
  },
  {
    id: "14.9-5-unknown-employee",
    what: "an unknown employee id is accepted up to v15",
    only: (run) => run.profile < 16,
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 09:00:00", { employee: `${run.employee}-NOPE` })),
    want: (run) => ({ status: 200, data: { employee: `${run.employee}-NOPE`, employee_name: undefined } }),
  },
  {
    id: "14.9-5-unknown-employee-16",
    what: "an unknown employee id is refused from v16",
    only: (run) => run.profile === 16,
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 09:00:00", { employee: `${run.employee}-NOPE` })),
    want: { status: 417, excType: "LinkValidationError" },
  },
  {
    id: "14.9-6-future",
    what: "a future time is accepted",
    ask: (run) => run.token.post(CHECKIN, log(run, "2031-01-06 08:00:00")),
    want: { status: 200, data: { time: "2031-01-06 08:00:00" } },
  },
  {
    id: "14.9-6-offset",
    what: "a time with an offset is 500",
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01T10:00:00+09:00")),
    want: { status: 500, excType: "OperationalError" },
  },
  {
    id: "14.9-6-garbage",
    what: "what is no time is 500",
    ask: (run) => run.token.post(CHECKIN, log(run, "garbage")),
    want: { status: 500, excType: "ParserError" },
  },
  {
    id: "14.9-7-offshift",
    what: "no shift found marks the log off-shift",
    only: (run) => run.profile > 14,
    ask: (run) => run.token.post(CHECKIN, log(run, "2019-02-01 11:00:00")),
    want: { status: 200, data: { offshift: 1, shift: undefined } },
  },
  {
    id: "14.9-9-name",
    what: "add_log finds by any field and answers the whole record",
    ask: async (run) => {
      const body = { employee_field_value: run.employee, employee_fieldname: "name", timestamp: "2019-02-01 12:00:00" };
      const reply = await run.token.post(ADD_LOG, body);
      return { ...reply, body: { data: reply.body["message"] } };
    },
    want: (run) => ({
      status: 200,
      data: { employee: run.employee, time: "2019-02-01 12:00:00", doctype: "Employee Checkin" },
    }),
  },
  {
    id: "14.9-insert-many",
    what: "insert_many answers the names in order",
    ask: async (run) => {
      const row = (time: string): Record<string, unknown> => ({
        doctype: "Employee Checkin",
        employee: run.employee,
        time,
      });
      const reply = await run.token.post(INSERT_MANY, {
        docs: [row("2019-03-01 08:00:00"), row("2019-03-01 09:00:00")],
      });
      const [first, second] = reply.body["message"] as string[];
      const times = await Promise.all([first, second].map((name) => run.token.get(`${CHECKIN}/${name ?? ""}`)));
      return { ...reply, location: times.map((one) => (one.body["data"] as { time: string }).time).join(" then ") };
    },
    want: { status: 200, keys: ["message"], location: "2019-03-01 08:00:00 then 2019-03-01 09:00:00" },
  },
  {
    id: "14.9-insert-many-bad",
    what: "the first bad row of insert_many undoes all",
    ask: (run) => {
      const row = { doctype: "Employee Checkin", employee: run.employee, time: "2019-03-02 08:00:00" };
      return run.token.post(INSERT_MANY, { docs: [row, row], _lang: "en" });
    },
    want: { status: 417, excType: "ValidationError", message: /^This employee already has a log/ },
  },
  {
    id: "14.9-insert-many-nothing",
    what: "nothing of the failed insert_many is kept",
    ask: (run) =>
      run.token.get("/api/method/frappe.client.get_count", {
        doctype: "Employee Checkin",
        filters: [
          ["employee", "=", run.employee],
          ["time", ">=", "2019-03-02"],
          ["time", "<", "2019-03-03"],
        ],
      }),
    want: { status: 200, body: { message: 0 } },
  },
  {
    id: "14.9-delete",
    what: "deleting answers 202 ok",
    ask: async (run) => {
      const made = await run.token.post(CHECKIN, log(run, "2019-04-01 08:00:00"));
      return run.token.delete(`${CHECKIN}/${(made.body["data"] as { name: string }).name}`);
    },
    want: { status: 202, body: { data: "ok" } },
  },
  {
    id: "14.9-3-inactive",
    what: "an Inactive employee is refused",
    ask: async (run) => {
      await run.token.put(`${EMPLOYEE}/${run.employee}`, { status: "Inactive" });
      return run.token.post(CHECKIN, log(run, "2019-02-01 13:00:00"));
    },
    want: {
      status: 417,
      excType: "InactiveEmployeeStatusError",
      message: /^Transactions cannot be created for an Inactive Employee /,
    },
  },
  {
    id: "14.9-3-suspended",
    what: "a Suspended employee is accepted",
    ask: async (run) => {
      await run.token.put(`${EMPLOYEE}/${run.employee}`, { status: "Suspended" });
      return run.token.post(CHECKIN, log(run, "2019-02-01 14:00:00"));
    },
    want: { status: 200 },
  },
  {
    id: "14.9-3-left",
    what: "one who has Left is accepted",
    ask: async (run) => {
      await run.token.put(`${EMPLOYEE}/${run.employee}`, { status: "Left", relieving_date: "2019-06-30" });
      return run.token.post(CHECKIN, log(run, "2019-02-01 15:00:00"));
    },
    want: { status: 200 },
  },
];
