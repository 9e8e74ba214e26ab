import type { fleetErrors as codes } from "../../../errors/fleet.ts";
import type { ErrorTexts } from "../../shape.ts";

export const fleetErrors: ErrorTexts<typeof codes> = {
  "fleet.network-invalid": {
    text: "{network} không phải là mạng mà Tandem có thể dò tìm.",
    next: "Ghi địa chỉ đầu và độ lớn của mạng, ví dụ 192.168.1.0/24.",
  },
  "fleet.network-too-large": {
    text: "Mạng {network} quá lớn để dò tìm một lần.",
    next: "Mỗi lần chỉ dò tối đa 1.022 địa chỉ (/22), ví dụ 192.168.1.0/24.",
  },
  "fleet.network-public": {
    text: "{network} không phải mạng nội bộ nên Tandem không dò tìm.",
    next: "Dùng mạng của văn phòng: 10.…, 172.16.… đến 172.31.…, hoặc 192.168.….",
  },
  "fleet.serial-unknown": {
    text: "Tandem chưa biết số sê-ri của máy {name} nên không thể xác nhận máy đã đổi địa chỉ.",
    next: "Xóa máy rồi thêm lại với địa chỉ mới; dữ liệu chấm công vẫn được giữ.",
  },
};
