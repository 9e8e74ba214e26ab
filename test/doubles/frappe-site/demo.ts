import type { DocValues } from "./data/value.ts";
import type { SiteUser } from "./site-options.ts";
import type { StartOptions } from "./site.ts";
import { FrappeSite } from "./site.ts";

/** Sign-in and token of the demo site; fixed, because nothing real is behind them. */
export const DEMO_USER = {
  name: "hr@demo.example",
  password: "demo-password",
  apiKey: "demo0key0000001",
  apiSecret: "demo0secret0001",
} as const;

const FAMILY_NAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"];
const MIDDLE_NAMES = ["Văn", "Thị", "Minh", "Ngọc", "Quốc", "Thanh", "Hữu", "Thu"];
const GIVEN_NAMES = ["An", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hải", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc"];
const DEPARTMENTS = ["Sản xuất", "Kho vận", "Kế toán", "Kinh doanh", "Nhân sự"];
const DESIGNATIONS = ["Công nhân", "Tổ trưởng", "Nhân viên", "Kỹ thuật viên"];
const EMPLOYEES = 40;
const FIRST_BADGE = 1001;

/** A site for the demo: 40 made-up employees with badges 1001 …, departments, shift types and one HR user. */
export function startDemoSite(options: StartOptions = {}): Promise<FrappeSite> {
  const user: SiteUser = {
    ...DEMO_USER,
    fullName: "Phòng Nhân Sự",
    roles: ["HR Manager", "HR User"],
    language: "vi",
  };
  return FrappeSite.start({
    profile: 15,
    departments: DEPARTMENTS,
    shiftTypes: [
      shiftType("Ca Hành Chính", "8:00:00", "17:00:00"),
      shiftType("Ca Sáng", "6:00:00", "14:00:00"),
      shiftType("Ca Đêm", "22:00:00", "6:00:00"),
    ],
    employees: Array.from({ length: EMPLOYEES }, (_, at) => employee(at)),
    users: [user],
    ...options,
  });
}

function shiftType(name: string, start: string, end: string): DocValues {
  return { name, start_time: start, end_time: end, enable_auto_attendance: 1, process_attendance_after: "2026-01-01" };
}

/** Picks by position, so that the demo is the same at every start. */
function employee(at: number): DocValues {
  const middle = pick(MIDDLE_NAMES, at * 3 + Math.floor(at / 8));
  return {
    first_name: pick(FAMILY_NAMES, at * 7),
    middle_name: middle,
    last_name: pick(GIVEN_NAMES, at),
    gender: middle === "Thị" || middle === "Thu" ? "Female" : "Male",
    department: `${pick(DEPARTMENTS, at)} - TD`,
    designation: pick(DESIGNATIONS, Math.floor(at / 5)),
    branch: at % 2 === 0 ? "Hà Nội" : "TP. Hồ Chí Minh",
    attendance_device_id: String(FIRST_BADGE + at),
    employee_number: `NV${String(at + 1).padStart(4, "0")}`,
    default_shift: at % 6 === 5 ? "Ca Đêm" : "Ca Hành Chính",
  };
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? "";
}
