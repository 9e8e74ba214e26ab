import type { Language } from "../site-options.ts";

/**
 * The sentences of the original that a client can meet, in English and as a Vietnamese site shows them (both measured;
 * what the original leaves untranslated is the same in both). `{0}` … are filled in.
 */
const EN = {
  message: "Message",
  duplicateLog: "This employee already has a log with the same timestamp.",
  employeeCheckin: "Employee Checkin",
  inactiveEmployee: "Transactions cannot be created for an Inactive Employee {0}.",
  selectChoice: ' {0} cannot be "{1}". It should be one of {2}',
  noEmployeeForValue: "No Employee found for the given employee field value. '{0}': {1}",
  valueAndTimestampRequired: "'employee_field_value' and 'timestamp' are required.",
  onlyInserts: "Only 200 inserts allowed in one request",
  relievingDate: "Please enter relieving date.",
  statusChoice: "Status must be one of 'Active', 'Inactive', 'Suspended' or 'Left'",
  mustBeUnique: "{0} must be unique",
  valueMissing: "Error: Value missing for {0}: {1}",
  couldNotFind: "Could not find {0}",
  notFound: "{0} {1} not found",
  fieldNotPermitted: "Field not permitted in query",
  noDoctypeAccess:
    "User <strong>{0}</strong> does not have doctype access via role permission for document <strong>{1}</strong>",
  noDocumentAccess: "User <strong>{0}</strong> does not have access to this document",
  noPermissionFor: "No permission for {0}",
  notWhitelisted:
    "<details><summary>You are not permitted to access this resource. Login to access</summary>Function <strong>{0}</strong> is not whitelisted.</details>",
  methodNotAllowed: "Method Not Allowed",
  notPermitted: "Not permitted",
  invalidRequest: "Invalid Request",
  failedToGetMethod: "Failed to get method for command {0} with {1}",
  modifiedAfterOpen:
    "Error: Document has been modified after you have opened it ({0}, {1}). Please refresh to get the latest document.",
  modifiedAfterOpen16:
    "Error: {2} ({3}) has been modified after you have opened it ({0}, {1}). Please refresh to get the latest document.",
  duplicateName: "Duplicate Name",
  alreadyExists: "{0} <strong>{1}</strong> already exists",
  linked: "Cannot delete or cancel because {0} {1} is linked with {2} {3} ",
  valueTooBig: "Value too big",
  truncated: "{0} {1}: '<strong>{2}</strong>' ({3}) will get truncated, as max characters allowed is 140",
  logTypeRequired: "Log Type is required for check-ins falling in the shift: {0}.",
  coordinatesRequired: "Latitude and longitude values are required for checking in.",
  checkinRadius: "You must be within {0} meters of your shift location to check in.",
  timeOfAttendedLog:
    "An attendance record is linked to this checkin. Please cancel the attendance before modifying time.",
  joiningAfterBirth: "<strong>Date of Joining</strong> must be after <strong>Date of Birth</strong>",
  invalidDate: "<strong>{0}</strong> is not a valid date string.",
  operatorChoice: "Operator must be one of {0}",
  invalidLogin: "Invalid login credentials",
  incompleteLogin: "Incomplete login details",
  fileMandatory: "Fields `file_name` or `file_url` must be set for File",
  fileTooLarge: "File size exceeded the maximum allowed size of {0} MB",
  renamed: "Document renamed from <strong>{0}</strong> to <strong>{1}</strong>",
  functionsRefused:
    "SQL functions are not allowed as strings in SELECT: {0}. Use dict syntax like {'COUNT': '*'} instead.",
  reportsTo: "The following employees are currently still reporting to {0}:",
  skippedReason: "Reason for skipping auto attendance:",
} as const;

export type TextKey = keyof typeof EN;

const VI: Partial<Record<TextKey, string>> = {
  message: "Thông điệp",
  duplicateLog: "Nhân viên này đã có một nhật ký với cùng dấu thời gian. ",
  employeeCheckin: "Đăng ký nhân viên",
  noEmployeeForValue: "Không tìm thấy nhân viên cho giá trị trường nhân viên nhất định. &#39;{0}&#39;: {1}",
  mustBeUnique: "{0} phải là duy nhất",
  valueMissing: "Lỗi: Giá trị thiếu trong {0}: {1}",
  notFound: "{0} {1} không tìm thấy",
  couldNotFind: "Không thể tìm thấy {0}",
  relievingDate: "Vui lòng nhập ngày giảm.",
  invalidRequest: "Yêu cầu không hợp lệ",
  notPermitted: "Không được phép",
};

const LABELS_VI: Readonly<Record<string, string>> = {
  Employee: "Nhân viên",
  "Employee Checkin": "Đăng ký nhân viên",
  Gender: "Giới Tính",
  "Date of Birth": "Ngày sinh",
  "Date of Joining": "ngày gia nhập",
};

export function sentence(language: Language, key: TextKey, ...parts: readonly string[]): string {
  const template = language === "vi" ? (VI[key] ?? EN[key]) : EN[key];
  return template.replace(/\{(\d)\}/g, (_, index: string) => parts[Number(index)] ?? "");
}

/** A DocType's or field's label in a language. */
export function label(language: Language, text: string): string {
  return language === "vi" ? (LABELS_VI[text] ?? text) : text;
}
