const VIETNAMESE: Readonly<Record<string, string>> = {
  Employee: "Nhân viên",
  "Employee Checkin": "Đăng ký nhân viên",
  "Shift Type": "Loại ca",
  Attendance: "Chấm công",
  Home: "Trang chủ",
  Save: "Lưu",
  Actions: "Hành động",
  "Not Saved": "Chưa lưu",
  Active: "Hoạt động",
  Inactive: "Không hoạt động",
  Suspended: "Tạm ngưng",
  Left: "Đã nghỉ",
  Add: "Thêm",
  Filters: "Bộ lọc",
  "Load More": "Tải thêm",
  "items selected": "mục được chọn",
  of: "trên",
  Edit: "Chỉnh sửa",
  Delete: "Xóa",
  "Assign To": "Giao cho",
  Status: "Trạng thái",
  Designation: "Chức vụ",
  Department: "Phòng ban",
  "Full Name": "Họ và tên",
  "Employee Name": "Họ tên nhân viên",
  Time: "Thời gian",
  "Log Type": "Loại chấm",
  "Location / Device ID": "Địa điểm / Thiết bị",
  Shift: "Ca",
  Reload: "Tải lại",
  Comments: "Bình luận",
  "Filter By": "Lọc theo",
  "Assigned To": "Giao cho",
  "Created By": "Người tạo",
  Tags: "Thẻ",
  "Last Updated On": "Cập nhật lần cuối",
  Attachments: "Đính kèm",
  Share: "Chia sẻ",
};

/** Values on which sloppy reading of the boot script fails: quotes, tags, look-alikes of what a reader searches for. */
const TRICKY: Readonly<Record<string, string>> = {
  'A "quoted" word': 'Chữ "trong ngoặc" và dấu \\ gạch',
  "A </b> tag": "thẻ </b> rồi <!-- chú thích",
  'frappe.csrf_token = "look-alike"': 'frappe.csrf_token = "0000000000000000000000000000000000000000000000000000look"',
  "frappe.boot = { look: alike };": "frappe.boot = {}; {}",
  "Line\nbreak": "Xuống\ndòng\u2028 và 😀",
};

const BALLAST_LINES = 1_100;

/** The message table of the boot data: the few used ones, traps, and ballast to pass 100 kB. */
export function deskMessages(language: string): Record<string, string> {
  const messages: Record<string, string> = { ...TRICKY, ...(language === "vi" ? VIETNAMESE : {}) };
  for (let line = 0; line < BALLAST_LINES; line++)
    messages[`Stand-in message number ${line} of the table`] =
      `Câu thứ ${line} của bảng thông điệp thay thế, dài như thường lệ`;
  return messages;
}
