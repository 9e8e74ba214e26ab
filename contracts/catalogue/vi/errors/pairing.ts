import type { pairingErrors as codes } from "../../../errors/pairing.ts";
import type { ErrorTexts } from "../../shape.ts";

export const pairingErrors: ErrorTexts<typeof codes> = {
  "pairing.not-open": {
    text: "Chưa mở ghép nối.",
    next: "Trên máy chạy bộ kết nối, nhấn Enter trong cửa sổ của nó, hoặc chạy: tandem pair.",
  },
  "pairing.wrong-code": {
    text: "Mã không đúng.",
    next: "Xem lại mã trong cửa sổ bộ kết nối. Còn {left} lần thử.",
  },
  "pairing.expired": {
    text: "Mã đã hết hạn.",
    next: "Lấy mã mới: nhấn Enter trong cửa sổ bộ kết nối, hoặc chạy: tandem pair.",
  },
  "pairing.too-many-attempts": {
    text: "Thử quá nhiều lần.",
    next: "Chờ mười phút rồi lấy mã mới.",
  },
  "pairing.protocol": {
    text: "Tiện ích và bộ kết nối không cùng phiên bản tương thích.",
    next: "Cập nhật cả hai lên bản mới nhất.",
  },
  "pairing.connector-not-proven": {
    text: "Chương trình ở cổng này không phải bộ kết nối đã ghép.",
    next: "Tắt chương trình kia, mở bộ kết nối rồi thử lại. Chưa gửi gì cho nó.",
  },
  "pairing.client-unknown": {
    text: "Trình duyệt này chưa ghép với bộ kết nối.",
    next: "Mở Cài đặt trong tiện ích và ghép nối.",
  },
  "pairing.client-revoked": {
    text: "Ghép nối của trình duyệt này đã bị thu hồi.",
    next: "Ghép lại nếu trình duyệt được phép truy cập.",
  },
  "pairing.session-unknown": {
    text: "Phiên làm việc đã kết thúc.",
    next: "Tiện ích sẽ tự mở phiên mới; hãy thử lại.",
  },
  "pairing.session-expired": {
    text: "Phiên làm việc đã hết hạn.",
    next: "Tiện ích sẽ tự mở phiên mới; hãy thử lại.",
  },
  "pairing.signature-missing": {
    text: "Yêu cầu không có chữ ký.",
    next: "Chỉ tiện ích đã ghép mới được phép. Hãy mở trang nhân sự có tiện ích.",
  },
  "pairing.bad-signature": {
    text: "Chữ ký của yêu cầu không đúng.",
    next: "Thử lại; nếu lặp lại, hãy ghép nối lại.",
  },
  "pairing.replayed": {
    text: "Yêu cầu này đã được gửi trước đó.",
    next: "Hãy thử lại.",
  },
  "pairing.seal-required": {
    text: "Yêu cầu này phải được niêm phong.",
    next: "Cập nhật tiện ích.",
  },
  "pairing.seal-broken": {
    text: "Không mở được yêu cầu đã niêm phong.",
    next: "Thử lại; nếu lặp lại, hãy ghép nối lại.",
  },
};
