import type { requestErrors as codes } from "../../../errors/request.ts";
import type { ErrorTexts } from "../../shape.ts";

export const requestErrors: ErrorTexts<typeof codes> = {
  "request.host": {
    text: "Yêu cầu ghi sai tên máy chủ.",
    next: "Dùng http://127.0.0.1 kèm cổng của bộ kết nối.",
  },
  "request.navigation": {
    text: "Bộ kết nối không có trang để mở.",
    next: "Hãy dùng tiện ích trong trang nhân sự.",
  },
  "request.destination": {
    text: "Bộ kết nối không phục vụ ảnh, mã hay khung.",
    next: "Hãy dùng tiện ích trong trang nhân sự.",
  },
  "request.upgrade": {
    text: "Bộ kết nối không mở WebSocket.",
    next: "Hãy dùng tiện ích trong trang nhân sự.",
  },
  "request.origin": {
    text: "Nguồn này chưa ghép với bộ kết nối.",
    next: "Mở Cài đặt trong tiện ích và ghép nối.",
  },
  "request.origin-missing": {
    text: "Yêu cầu không cho biết nguồn gửi.",
    next: "Hãy dùng tiện ích trong trang nhân sự.",
  },
  "request.fetch-site": {
    text: "Yêu cầu đến từ trang khác hoặc trình duyệt quá cũ.",
    next: "Dùng tiện ích trên trình duyệt mới.",
  },
  "request.content-type": {
    text: "Kiểu nội dung của yêu cầu không được chấp nhận.",
    next: "Cập nhật tiện ích.",
  },
  "request.malformed": {
    text: "Yêu cầu không phải JSON hợp lệ: {problem} (dòng {line}).",
    next: "Cập nhật tiện ích.",
  },
  "request.too-large": {
    text: "Yêu cầu lớn hơn {limit} byte.",
    next: "Gửi ít hơn mỗi lần.",
  },
  "request.headers-too-large": {
    text: "Phần đầu của yêu cầu quá dài.",
    next: "Cập nhật tiện ích.",
  },
  "request.timeout": {
    text: "Yêu cầu không đến kịp.",
    next: "Hãy thử lại.",
  },
  "request.not-http": {
    text: "Dữ liệu nhận được không phải yêu cầu HTTP.",
    next: "Hãy dùng tiện ích trong trang nhân sự.",
  },
  "request.invalid": {
    text: 'Trường "{field}" không hợp lệ: {problem}',
    next: "Sửa lại rồi thử lại.",
  },
  "request.not-found": {
    text: "Bộ kết nối không có địa chỉ này.",
    next: "Cập nhật tiện ích hoặc bộ kết nối.",
  },
  "request.method": {
    text: "Địa chỉ này không nhận {method}.",
    next: "Cập nhật tiện ích hoặc bộ kết nối.",
  },
  "request.rate": {
    text: "Quá nhiều yêu cầu cùng lúc.",
    next: "Chờ một chút; tiện ích sẽ tự thử lại.",
  },
  "internal.unexpected": {
    text: "Bộ kết nối gặp lỗi ngoài dự kiến.",
    next: "Thử lại. Nếu lặp lại, gửi tệp nhật ký cho bộ phận hỗ trợ; tệp không chứa dữ liệu cá nhân.",
  },
};
