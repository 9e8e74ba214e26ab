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
  "fleet.log-cleared": {
    text: "Dữ liệu chấm công trên máy {name} đã bị xóa, mà Tandem không bao giờ xóa.",
    next: "Có thể thiếu lượt chấm giữa hai lần đọc gần nhất: hãy nhập file xuất từ phần mềm kia, rồi tắt “xóa sau khi tải” ở đó.",
  },
  "fleet.log-overwrites": {
    text: "Bộ nhớ chấm công của máy {name} đã đầy: mỗi lượt chấm mới ghi đè lượt cũ nhất.",
    next: "Không mất gì khi Tandem đọc máy hằng ngày. Sau khi đọc, hãy xóa dữ liệu cũ bằng menu trên máy chấm công.",
  },
  "fleet.log-nearly-full": {
    text: "Bộ nhớ chấm công của máy {name} sẽ đầy sau {days} ngày ({punches}/{capacity} lượt).",
    next: "Kiểm tra Tandem đã đọc máy, rồi xóa dữ liệu cũ bằng menu trên máy chấm công.",
  },
  "fleet.log-full": {
    text: "Bộ nhớ chấm công của máy {name} đã đầy ({punches}/{capacity} lượt). Một số máy sẽ không nhận thêm lượt chấm.",
    next: "Hãy đọc máy bằng Tandem ngay, rồi xóa dữ liệu cũ bằng menu trên máy chấm công.",
  },
  "fleet.silent": {
    text: "Không ai chấm công trên máy {name} từ {since}, kể cả trong {missedHours} giờ thường có người chấm.",
    next: "Kiểm tra máy có bật và nhận chấm công không. Nếu là ngày nghỉ thì không cần làm gì.",
  },
  "fleet.clock-drift": {
    text: "Đồng hồ máy {name} lệch {seconds} giây so với máy tính này.",
    next: "Chỉnh giờ trong menu của máy, hoặc ở chế độ active bằng lệnh: tandem terminals set-clock TÊN",
  },
};
