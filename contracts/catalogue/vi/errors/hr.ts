import type { hrErrors as codes } from "../../../errors/hr.ts";
import type { ErrorTexts } from "../../shape.ts";

export const hrErrors: ErrorTexts<typeof codes> = {
  "hr.not-connected": {
    text: "Chưa kết nối trang nhân sự nào.",
    next: "Kết nối bằng: tandem hr connect frappe --url … --api-key … --api-secret …",
  },
  "hr.bad-url": {
    text: "{url} không phải địa chỉ trang nhân sự.",
    next: "Nhập địa chỉ như trên trình duyệt, ví dụ https://hr.company.vn.",
  },
  "hr.insecure": {
    text: "{url} sẽ gửi API secret qua Internet mà không mã hóa.",
    next: "Dùng địa chỉ bắt đầu bằng https://. Chỉ dùng http trong mạng nội bộ.",
  },
  "hr.unreachable": {
    text: "Không kết nối được trang nhân sự {origin}.",
    next: "Kiểm tra Internet của máy tính; thử mở địa chỉ trên trình duyệt. Dữ liệu chờ vẫn được giữ và gửi sau.",
  },
  "hr.certificate": {
    text: "Chứng chỉ của trang nhân sự {origin} không đáng tin ({reason}).",
    next: "Kiểm tra ngày giờ máy tính, rồi nhờ quản trị trang nhân sự gia hạn chứng chỉ. Tandem chưa gửi gì.",
  },
  "hr.moved": {
    text: "Trang nhân sự {origin} chuyển Tandem sang {to}.",
    next: "Nếu đó là địa chỉ đúng, hãy kết nối lại bằng địa chỉ đó. API secret chưa gửi sang đó.",
  },
  "hr.timeout": {
    text: "Trang nhân sự không trả lời kịp.",
    next: "Tandem kiểm tra dữ liệu đã đến trước khi gửi lại nên không bị trùng. Hãy thử lại sau.",
  },
  "hr.not-frappe": {
    text: "{origin} không phải trang Frappe HR.",
    next: "Kiểm tra địa chỉ. Có thể có proxy hoặc trang đăng nhập của công ty chặn phía trước.",
  },
  "hr.no-hrms": {
    text: "Trang này chưa cài ứng dụng Frappe HR (hrms).",
    next: "Nhờ quản trị viên cài ứng dụng Frappe HR.",
  },
  "hr.unsupported-version": {
    text: "Chưa hỗ trợ Frappe {version}.",
    next: "Tandem dùng được với phiên bản 14, 15 và 16.",
  },
  "hr.bad-credentials": {
    text: "Trang nhân sự không chấp nhận API key và secret.",
    next: "Trong trang nhân sự mở người dùng > Settings > API Access > Generate Keys rồi kết nối lại.",
  },
  "hr.forbidden": {
    text: "Trang nhân sự không cho người dùng này làm việc đó.",
    next: "Cấp vai trò HR Manager, hoặc các quyền mà lệnh tandem hr check liệt kê.",
  },
  "hr.permission-missing": {
    text: 'Người dùng API thiếu quyền "{right}" trên {doctype}.',
    next: "Cấp vai trò HR Manager, hoặc thêm quyền này trong Role Permissions Manager.",
  },
  "hr.time-replaced": {
    text: "Trang nhân sự thay giờ của mỗi lần chấm bằng giờ hiện tại (thấy ở {records}).",
    next: "Cấp cho người dùng API quyền ghi mức 1 trên Employee Checkin (vai trò HR Manager có sẵn) rồi thử lại. Xóa các bản ghi trên nếu vẫn còn; các lần chấm khác chưa gửi.",
  },
  "hr.clock-skew": {
    text: "Đồng hồ máy tính và trang nhân sự lệch {seconds} giây.",
    next: "Bật tự động chỉnh giờ trong Windows. Nếu máy tính đúng, báo quản trị trang nhân sự.",
  },
  "hr.zone-unknown": {
    text: "Chưa biết múi giờ của trang nhân sự.",
    next: "Mở trang nhân sự một lần khi đã cài tiện ích, hoặc nhập bằng --zone.",
  },
  "hr.zone-mismatch": {
    text: "Đồng hồ trang nhân sự không khớp múi giờ {zone}.",
    next: "Xem System Settings > Time Zone trong trang nhân sự rồi kết nối lại với --zone.",
  },
  "hr.no-employees": {
    text: "Trang nhân sự không cho người dùng API thấy nhân viên nào.",
    next: "Kiểm tra quyền đọc Employee (vai trò HR Manager) và User Permission. Chưa thay đổi nhân viên nào.",
  },
  "hr.rate-limited": {
    text: "Trang nhân sự yêu cầu chờ.",
    next: "Tandem sẽ chờ rồi tự tiếp tục.",
  },
  "hr.maintenance": {
    text: "Trang nhân sự đang bảo trì.",
    next: "Tandem sẽ thử lại sau; dữ liệu chờ vẫn được giữ.",
  },
  "hr.server-error": {
    text: "Trang nhân sự bị lỗi (HTTP {status}).",
    next: "Thử lại sau. Nếu lặp lại, báo quản trị viên: {text}",
  },
  "hr.rejected": {
    text: "Trang nhân sự từ chối bản ghi: {text}",
    next: "Sửa nguyên nhân trong trang nhân sự rồi gửi lại.",
  },
  "hr.unknown-employee": {
    text: "Nhân viên {personId} không còn trong trang nhân sự.",
    next: "Đồng bộ nhân viên rồi gắn mã với đúng người.",
  },
  "hr.inactive-employee": {
    text: "Nhân viên {personId} đang ở trạng thái Inactive.",
    next: "Chuyển nhân viên sang Active trong trang nhân sự, hoặc để dữ liệu chờ.",
  },
  "hr.duplicate": {
    text: "Trang nhân sự đã có lần chấm này.",
    next: "Không cần làm gì.",
  },
  "hr.log-type-required": {
    text: "Ca của người này cần ghi rõ vào hoặc ra, nhưng máy không cho biết.",
    next: "Đặt chiều vào/ra cho máy, hoặc đổi ca sang ghi xen kẽ.",
  },
  "hr.geolocation-required": {
    text: "Trang nhân sự bắt buộc vị trí cho mỗi lần chấm.",
    next: "Tắt geolocation tracking trong HR Settings.",
  },
  "hr.not-kept": {
    text: "Trang nhân sự báo đã lưu nhưng bản ghi không có hoặc bị khác.",
    next: "Tandem sẽ thử lại. Nếu lặp lại, báo quản trị viên.",
  },
  "hr.stopped": {
    text: "Việc gửi đã dừng trước khi gửi lần chấm này.",
    next: "Lần gửi sau sẽ gửi tiếp.",
  },
};
