import type { storeErrors as codes } from "../../../errors/store.ts";
import type { ErrorTexts } from "../../shape.ts";

export const storeErrors: ErrorTexts<typeof codes> = {
  "store.folder-unusable": {
    text: "Không dùng được thư mục dữ liệu {folder}.",
    next: "Kiểm tra thư mục có tồn tại và có quyền ghi, hoặc chọn thư mục khác bằng --home.",
  },
  "store.folder-exposed": {
    text: "Người dùng khác trên máy này đọc được thư mục dữ liệu {folder}.",
    next: "Thư mục chứa tên và dữ liệu chấm công. Chỉ cho người dùng chạy Tandem được đọc (trên Linux: chmod 700).",
  },
  "store.clock-wrong": {
    text: "Đồng hồ máy tính đang chỉ {now}, không thể đúng.",
    next: "Chỉnh lại ngày và bật tự động chỉnh giờ trong Windows, rồi khởi động lại Tandem.",
  },
  "store.network-drive": {
    text: "Thư mục dữ liệu {folder} nằm trên ổ mạng ({kind}).",
    next: "Chọn thư mục trên ổ cứng của máy bằng --home; ổ mạng có thể làm hỏng cơ sở dữ liệu.",
  },
  "store.cloud-folder": {
    text: "Thư mục dữ liệu {folder} nằm trong thư mục đồng bộ đám mây ({kind}).",
    next: "Chọn thư mục không đồng bộ bằng --home.",
  },
  "store.read-only": {
    text: "Tandem không được ghi vào thư mục dữ liệu {folder}.",
    next: "Cấp quyền ghi cho người dùng Windows này, hoặc chọn thư mục khác bằng --home.",
  },
  "store.disk-full": {
    text: "Ổ đĩa chứa thư mục dữ liệu đã đầy.",
    next: "Giải phóng dung lượng. Dữ liệu chưa lưu sẽ được đọc lại từ máy chấm công.",
  },
  "store.in-use": {
    text: "Một bộ kết nối khác đang dùng thư mục dữ liệu {folder}.",
    next: "Dừng bộ kết nối kia trước, hoặc chọn thư mục khác bằng --home.",
  },
  "store.newer-version": {
    text: "Thư mục dữ liệu thuộc bản Tandem mới hơn ({found}).",
    next: "Hãy chạy bản mới hơn; bản này không đọc được và không thay đổi gì.",
  },
  "store.damaged": {
    text: "Cơ sở dữ liệu bị hỏng: {finding}",
    next: "Dừng Tandem và khôi phục bản sao lưu gần nhất; máy chấm công vẫn giữ dữ liệu.",
  },
  "store.settings-damaged": {
    text: "Không đọc được tệp cài đặt ({field}: {problem}).",
    next: "Sửa tệp {file}, hoặc khôi phục từ bản sao lưu.",
  },
  "store.key-missing": {
    text: "Thiếu tệp khóa {file}.",
    next: "Khôi phục tệp khóa từ bản sao lưu, hoặc bằng khóa khôi phục đã in: tandem vault restore-key. Tandem không tạo khóa mới đè lên dữ liệu cũ.",
  },
  "store.key-wrong": {
    text: "Tệp khóa không khớp với cơ sở dữ liệu này.",
    next: "Đặt lại đúng tệp khóa của thư mục dữ liệu này.",
  },
  "store.key-exposed": {
    text: "Người dùng khác trên máy này đọc được tệp khóa {file}.",
    next: "Chỉ cho người dùng chạy Tandem đọc tệp (trên Linux: chmod 600).",
  },
  "store.key-exists": {
    text: "Đã có tệp khóa {file}.",
    next: "Chưa có gì thay đổi. Hãy giữ tệp này: chỉ tệp này mở được dữ liệu đã lưu.",
  },
  "store.secret-missing": {
    text: "Thiếu một bí mật đã lưu ({ref}).",
    next: "Hãy nhập lại.",
  },
  "store.audit-broken": {
    text: "Nhật ký kiểm toán đã bị sửa sau khi ghi, tại mục {seq}.",
    next: "Giữ nguyên thư mục dữ liệu và báo người phụ trách bảo vệ dữ liệu.",
  },
};
