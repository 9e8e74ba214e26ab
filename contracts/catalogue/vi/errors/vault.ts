import type { vaultErrors as codes } from "../../../errors/vault.ts";
import type { ErrorTexts } from "../../shape.ts";

export const vaultErrors: ErrorTexts<typeof codes> = {
  "vault.template-missing": {
    text: "Không có bản sao niêm phong dữ liệu này của {personId}: {kind}.",
    next: "Chưa từng được giữ lại, đã hết hạn, hoặc đã bị xóa. Hãy chép từ một máy chấm công mà nhân viên đã đăng ký.",
  },
  "vault.template-damaged": {
    text: "Không mở được bản sao niêm phong của {personId}: {kind}.",
    next: "Dữ liệu đã bị sửa ngoài Tandem. Khôi phục từ bản sao lưu, hoặc chép lại từ một máy mà nhân viên đã đăng ký.",
  },
  "vault.template-size": {
    text: "Không thể lưu mẫu có {bytes} byte.",
    next: "Giới hạn là {limit} byte và mẫu không được rỗng. Hãy đăng ký lại nhân viên trên máy chấm công.",
  },
  "vault.recovery-mistyped": {
    text: "Đây không phải khóa khôi phục: thiếu một nhóm hoặc gõ sai.",
    next: "So từng nhóm với tờ giấy đã in rồi gõ lại.",
  },
  "vault.recovery-wrong": {
    text: "Khóa khôi phục này thuộc về một Tandem khác.",
    next: "Dùng tờ giấy được in khi thiết lập thư mục dữ liệu này.",
  },
  "vault.recovery-missing": {
    text: "Thư mục dữ liệu này chưa có khóa khôi phục.",
    next: "Khôi phục tệp khóa từ bản sao lưu; không có nó thì không mở được dữ liệu đã niêm phong.",
  },
  "vault.recovery-exists": {
    text: "Thư mục dữ liệu này đã có khóa khôi phục.",
    next: "Khóa chỉ hiện một lần. Hãy dùng tờ giấy đã in.",
  },
  "vault.no-recovery-key": {
    text: "Có {sealed} mẫu đã niêm phong mà chưa có khóa khôi phục: mất tệp khóa là mất các mẫu đó.",
    next: "Chạy tandem vault recovery-key, in khóa hiện ra rồi cất tờ giấy vào nơi có khóa.",
  },
  "vault.unconfirmed": {
    text: "{templates} mẫu đã niêm phong sẽ bị hủy vĩnh viễn.",
    next: "Chưa thay đổi gì. Nếu đúng là bạn muốn vậy, hãy chạy lại lệnh này với --yes.",
  },
  "vault.not-destroyed": {
    text: "Đã xóa, nhưng dữ liệu niêm phong vẫn còn trên ổ đĩa: một chương trình khác đang đọc cơ sở dữ liệu của Tandem.",
    next: "Đóng chương trình đó (sao lưu, trình xem cơ sở dữ liệu) rồi chạy lại lệnh. Tandem tự thử lại khi khởi động và mỗi 15 phút.",
  },
};
