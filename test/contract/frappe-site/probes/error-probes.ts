import { ADD_LOG, CHECKIN, EMPLOYEE, INSERT_MANY } from "./probe.ts";
import type { Probe } from "./probe.ts";

const BARE = ["exc_type", "_server_messages"] as const;

/** `frappe-hr.md` §10.3, as an HR user by token meets them. */
export const ERROR_PROBES: readonly Probe[] = [
  {
    id: "10.3-not-found",
    what: "an unknown record is 404 without a traceback",
    ask: (run) => run.token.get(`${EMPLOYEE}/NOPE`),
    want: { status: 404, excType: "DoesNotExistError", message: "Employee NOPE not found", keys: BARE },
  },
  {
    id: "10.3-delete-missing",
    what: "deleting a missing record has only exc_type",
    ask: (run) => run.token.delete(`${EMPLOYEE}/NOPE`),
    want: { status: 404, keys: ["exc_type"], excType: "DoesNotExistError" },
  },
  {
    id: "10.3-settings",
    what: "System Settings are not for HR",
    ask: (run) => run.token.get("/api/resource/System Settings/System Settings"),
    want: { status: 403, excType: "PermissionError", message: /does not have doctype access via role permission/ },
  },
  {
    id: "10.3-doctype-right",
    what: "a whole DocType without right says so in _error_message",
    ask: (run) => run.token.get("/api/resource/Role"),
    want: { status: 403, excType: "PermissionError", body: { _error_message: "No permission for Role" } },
  },
  {
    id: "10.3-duplicate-name",
    what: "a name in use is 409",
    ask: async (run) => {
      const branch = `Probe branch ${String(process.pid)}`;
      await run.token.post("/api/resource/Branch", { branch });
      const reply = await run.token.post("/api/resource/Branch", { branch, _lang: "en" });
      await run.token.delete(`/api/resource/Branch/${branch}`);
      return reply;
    },
    want: { status: 409, excType: "DuplicateEntryError", message: /already exists/ },
  },
  {
    id: "10.3-unknown-badge",
    what: "an unknown badge is a ValidationError",
    ask: (run) =>
      run.token.post(ADD_LOG, { employee_field_value: "no-such-badge", timestamp: "2019-01-01 08:00:00", _lang: "en" }),
    want: {
      status: 417,
      excType: "ValidationError",
      message: "No Employee found for the given employee field value. 'attendance_device_id': no-such-badge",
    },
  },
  {
    id: "10.3-empty-value",
    what: "an empty badge is a ValidationError",
    ask: (run) => run.token.post(ADD_LOG, { employee_field_value: "", timestamp: "2019-01-01 08:00:00", _lang: "en" }),
    want: { status: 417, excType: "ValidationError", message: "'employee_field_value' and 'timestamp' are required." },
  },
  {
    id: "10.3-relieving",
    what: "Left needs a relieving date",
    ask: (run) => run.token.put(`${EMPLOYEE}/${run.employee}`, { status: "Left", _lang: "en" }),
    want: { status: 417, excType: "ValidationError", message: "Please enter relieving date." },
  },
  {
    id: "10.3-inserts",
    what: "201 rows are too many",
    ask: (run) =>
      run.token.post(INSERT_MANY, {
        docs: Array.from({ length: 201 }, () => ({ doctype: "Employee Checkin" })),
        _lang: "en",
      }),
    want: { status: 417, excType: "ValidationError", message: "Only 200 inserts allowed in one request" },
  },
  {
    id: "10.3-unknown-method",
    what: "an unknown method is 417",
    ask: (run) => run.token.get("/api/method/frappe.client.nope"),
    want: {
      status: 417,
      excType: "ValidationError",
      message: /^Failed to get method for command frappe\.client\.nope with /,
    },
  },
  {
    id: "10.3-mandatory",
    what: "missing required fields: one message each",
    ask: (run) => run.token.post(EMPLOYEE, { first_name: "Probe", _lang: "en" }),
    want: {
      status: 417,
      excType: "MandatoryError",
      message:
        "Error: Value missing for Employee: Gender | Error: Value missing for Employee: Date of Birth | Error: Value missing for Employee: Date of Joining",
    },
  },
  {
    id: "10.3-link",
    what: "an unknown shift is a LinkValidationError",
    ask: (run) =>
      run.token.post(CHECKIN, { employee: run.employee, time: "2019-01-02 08:00:00", shift: "NOPE", _lang: "en" }),
    want: { status: 417, excType: "LinkValidationError", message: "Could not find Shift: NOPE" },
  },
  {
    id: "10.3-stale",
    what: "a stale modified is a TimestampMismatchError",
    ask: (run) =>
      run.token.put(`${EMPLOYEE}/${run.employee}`, {
        employee_number: "7",
        modified: "2019-01-01 00:00:00.000000",
        _lang: "en",
      }),
    want: { status: 417, excType: "TimestampMismatchError", message: /has been modified after you have opened it/ },
  },
  {
    id: "10.3-unknown-field",
    what: "an unknown field in fields is a DataError",
    ask: (run) => run.token.get(EMPLOYEE, { fields: ["nope"] }),
    want: { status: 417, excType: "DataError", message: "Field not permitted in query: nope" },
  },
  {
    id: "10.3-linked-filter",
    what: "a linked field in filters is 500",
    only: (run) => run.profile < 16,
    ask: (run) => run.token.get(CHECKIN, { filters: [["employee.status", "=", "Active"]] }),
    want: { status: 500, excType: "OperationalError" },
  },
  {
    id: "10.3-linked-field",
    what: "a linked field in fields works",
    ask: (run) =>
      run.token.get(EMPLOYEE, {
        fields: ["default_shift.start_time as start"],
        filters: [["name", "=", run.employee]],
      }),
    want: { status: 200, keys: ["data"] },
  },
  {
    id: "10.3-linked-right",
    what: "a linked field of a DocType without right to read is 403",
    ask: (run) => run.token.get(EMPLOYEE, { fields: ["company.abbr as abbr"], filters: [["name", "=", run.employee]] }),
    want: { status: 403, excType: "PermissionError", body: { _error_message: "No permission for Company" } },
  },
  {
    id: "10.3-functions",
    what: "v16 refuses SQL functions as text",
    only: (run) => run.profile === 16,
    ask: (run) => run.token.get(EMPLOYEE, { fields: ["count(name) as n"] }),
    want: { status: 417, message: /SQL functions are not allowed as strings in SELECT/ },
  },
  {
    id: "10.1-html",
    what: "an error is a page when Accept starts with text",
    ask: (run) => run.token.with({ Accept: "text/html" }).get(`${EMPLOYEE}/NOPE`),
    want: { status: 404, contentType: /^text\/html/ },
  },
  {
    id: "10.1-html-success",
    what: "success stays JSON whatever Accept says",
    ask: (run) => run.token.with({ Accept: "text/html" }).get(`${EMPLOYEE}/${run.employee}`),
    want: { status: 200, contentType: /^application\/json/ },
  },
  {
    id: "9.2-query-lost",
    what: "a JSON body replaces the query: run_method is not seen",
    only: (run) => run.profile > 14,
    ask: (run) =>
      run.token.call("POST", `${EMPLOYEE}/${run.employee}`, { query: { run_method: "validate" }, json: { x: 1 } }),
    want: { status: 500, excType: "KeyError" },
  },
];
