import type { peopleErrors as codes } from "../../../errors/people.ts";
import type { ErrorTexts } from "../../shape.ts";

export const peopleErrors: ErrorTexts<typeof codes> = {
  "people.unknown": {
    text: "Không có nhân viên {personId}{where}.",
    next: "Đồng bộ nhân viên từ trang nhân sự, hoặc nhập từ tệp.",
  },
  "ids.overlap": {
    text: "Mã {userId} trong {idSpace} đã gắn với {personId} trong khoảng thời gian đó{where}.",
    next: "Kết thúc liên kết kia trước, hoặc chọn ngày khác.",
  },
  "ids.unknown-link": {
    text: "Không có liên kết này.",
    next: "Xem các liên kết bằng: tandem ids list.",
  },
};
