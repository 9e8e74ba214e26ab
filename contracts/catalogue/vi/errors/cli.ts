import type { cliErrors as codes } from "../../../errors/cli.ts";
import type { ErrorTexts } from "../../shape.ts";

export const cliErrors: ErrorTexts<typeof codes> = {
  "cli.usage": {
    text: "{problem}",
    next: "Xem: tandem --help",
  },
  "cli.not-running": {
    text: "Bộ kết nối chưa chạy.",
    next: "Khởi động bằng: tandem start",
  },
  "cli.already-running": {
    text: "Bộ kết nối đang chạy với thư mục dữ liệu này.",
    next: "Không cần làm gì; xem: tandem status",
  },
  "cli.port-in-use": {
    text: "Cổng {port} đang bị chương trình khác dùng.",
    next: "Chọn cổng khác bằng --port, hoặc tắt chương trình kia.",
  },
  "cli.extension-missing": {
    text: "Chưa tạo bản tiện ích trong {folder}.",
    next: "Tạo bằng: npm run build:extension",
  },
};
