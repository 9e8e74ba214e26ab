import type { browserErrors as codes } from "../../../errors/browser.ts";
import type { ErrorTexts } from "../../shape.ts";

export const browserErrors: ErrorTexts<typeof codes> = {
  "browser.connector-offline": {
    text: "Bộ kết nối trên máy tính này không trả lời.",
    next: "Mở Tandem trên máy tính này (menu Start, hoặc: tandem start). Trang này sẽ tự nhận ra.",
  },
  "browser.connector-blocked": {
    text: "Trình duyệt không cho Tandem kết nối với máy tính này.",
    next: "Cho phép Tandem truy cập mạng cục bộ trong cài đặt trang của trình duyệt, hoặc nhờ bộ phận IT cho phép bằng chính sách.",
  },
  "browser.message-refused": {
    text: "Tiện ích không nhận yêu cầu này từ trang này.",
    next: "Mở lại trang nhân sự. Nếu lặp lại, hãy cập nhật tiện ích.",
  },
  "browser.not-granted": {
    text: "Tandem chưa được phép trên {origin}.",
    next: "Mở Cài đặt trong tiện ích và cho phép trang nhân sự này.",
  },
  "browser.reload-needed": {
    text: "Tandem đã được cập nhật khi trang này đang mở.",
    next: "Hãy tải lại trang.",
  },
};
