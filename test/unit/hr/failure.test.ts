import { describe, expect, test } from "@jest/globals";

import { isRefusal, mayHaveHappened, readFailure } from "../../../connector/hr/frappe/failure.ts";
import { serverText, withoutHtml } from "../../../connector/hr/frappe/server-text.ts";

const messages = (...texts: readonly string[]) =>
  JSON.stringify(texts.map((message) => JSON.stringify({ message, title: "Message", indicator: "red" })));

const answer = (status: number, body: Record<string, unknown> | null, retryAfter: string | null = null) =>
  readFailure({ origin: "https://hr.example.com", status, body, retryAfter });

describe("an error answer of the site", () => {
  test.each([
    [400, "CSRFTokenError", "Invalid Request", "hr.rejected"],
    [401, "AuthenticationError", "", "hr.bad-credentials"],
    [403, "PermissionError", "User <strong>x</strong> does not have access", "hr.forbidden"],
    [404, "DoesNotExistError", "Employee NOPE not found", "hr.rejected"],
    [409, "DuplicateEntryError", "Branch <strong>HQ</strong> already exists", "hr.rejected"],
    [417, "ValidationError", "This employee already has a log with the same timestamp.<Br><a>x</a>", "hr.duplicate"],
    [417, "InactiveEmployeeStatusError", "Không thể tạo giao dịch", "hr.inactive-employee"],
    [417, "ValidationError", "Log Type is required for check-ins falling in the shift: X.", "hr.log-type-required"],
    [417, "ValidationError", "Latitude and longitude values are required for checking in.", "hr.geolocation-required"],
    [417, "CheckinRadiusExceededError", "You must be within 50 meters", "hr.geolocation-required"],
    [417, "LinkValidationError", "Could not find Employee: NOPE", "hr.unknown-employee"],
    [417, "LinkValidationError", "Could not find Shift: NOPE", "hr.rejected"],
    [429, "TooManyRequests", "", "hr.rate-limited"],
    [500, "OperationalError", "", "hr.server-error"],
    [503, "SessionStopped", "", "hr.maintenance"],
    [508, "QueryDeadlockError", "", "hr.server-error"],
  ] as const)("%i %s (%s) is %s", (status, excType, text, code) => {
    const error = answer(status, { exc_type: excType, _server_messages: messages(text) });
    expect(error).toMatchObject({ code, details: { status, excType, origin: "https://hr.example.com" } });
    expect(mayHaveHappened(error)).toBe(false);
  });

  test.each([
    [200, "hr.not-frappe"],
    [302, "hr.not-frappe"],
    [401, "hr.not-frappe"],
    [404, "hr.not-frappe"],
    [500, "hr.server-error"],
    [502, "hr.server-error"],
    [503, "hr.maintenance"],
    [504, "hr.timeout"],
  ] as const)("%i with a page instead of JSON leaves open what the application did (%s)", (status, code) => {
    const error = answer(status, null);
    expect(error.code).toBe(code);
    expect(mayHaveHappened(error)).toBe(true);
    expect(isRefusal(error)).toBe(false);
  });

  test("that is too large a request for a proxy is about the batch, not the site", () => {
    expect(isRefusal(answer(413, null))).toBe(true);
  });

  test("says how long to wait", () => {
    expect(answer(429, { exc_type: "TooManyRequests" }, "17").details["seconds"]).toBe(17);
    expect(answer(429, {}, "Wed, 21 Oct 2026 07:28:00 GMT").details["seconds"]).toBeNull();
  });
});

describe("what the site says", () => {
  test("is shown without its HTML, on one line", () => {
    expect(withoutHtml('<p>A &amp; B</p>\n<a href="/x">C &lt;3</a><br>&nbsp;D &#39;e&#39; &unknown;')).toBe(
      "A & B C <3 D 'e' &unknown;",
    );
  });

  test("is all of its messages, each once", () => {
    expect(serverText({ _server_messages: messages("One", "Two", "One") })).toBe("One; Two");
  });

  test("falls back to the exception's text", () => {
    expect(serverText({ exception: "frappe.exceptions.DataError: Field not permitted" })).toContain(
      "Field not permitted",
    );
    expect(serverText({})).toBe("");
    expect(serverText({ _server_messages: "no json" })).toBe("");
  });

  test("is cut to a readable length", () => {
    expect(serverText({ message: "x".repeat(1000) })).toHaveLength(300);
  });
});
