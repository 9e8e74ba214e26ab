import type { consentErrors as codes } from "../../../errors/consent.ts";
import type { ErrorTexts } from "../../shape.ts";

export const consentErrors: ErrorTexts<typeof codes> = {
  "consent.missing": {
    text: "Chưa có sự đồng ý của {personId} cho loại dữ liệu này: {kind}.",
    next: "Để nhân viên đồng ý với văn bản, rồi ghi nhận bằng: tandem consent record. Thẻ hoặc mã PIN không cần đồng ý.",
  },
  "consent.biometrics-off": {
    text: "Vân tay, khuôn mặt và ảnh đã bị tắt tại cơ sở này.",
    next: "Hãy dùng thẻ hoặc mã PIN. Để cho phép lại, chạy lệnh: tandem biometrics on",
  },
};
