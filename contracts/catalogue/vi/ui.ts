import type { UiTexts } from "../en/ui.ts";

export const ui: UiTexts = {
  "product.name": "Tandem",
  "state.online": "Đã kết nối",
  "state.offline": "Không thấy bộ kết nối",
  "state.blocked": "Trình duyệt chặn",
  "state.unpaired": "Chưa ghép nối",
};
