import type { copyErrors as codes } from "../../../errors/copy.ts";
import type { ErrorTexts } from "../../shape.ts";

export const copyErrors: ErrorTexts<typeof codes> = {
  "copy.not-enrolled": {
    text: "Người này chưa có trên máy chấm công nguồn.",
    next: "Hãy đăng ký người này trên máy nguồn trước, hoặc chọn máy đã có người này.",
  },
  "copy.other-id-space": {
    text: "Hai máy đánh số người dùng khác nhau: cùng một mã có thể là người khác trên máy kia.",
    next: "Chỉ sao chép giữa các máy dùng chung cách đánh mã, hoặc cấp mã của máy kia cho người này trước.",
  },
  "copy.other-algorithm": {
    text: "Hai máy lưu vân tay theo hai dạng khác nhau, không chuyển đổi được.",
    next: "Hãy đăng ký vân tay của người này một lần trên một máy cùng loại với máy đích, rồi sao chép từ máy đó.",
  },
  "copy.other-id-here": {
    text: "Người này đã có trên máy đích với mã {otherId}.",
    next: "Chưa ghi gì: một ngón tay ở hai mã thì không biết máy sẽ ghi mã nào. Hãy đổi sang mã mới trên máy đó: tandem move plan. Hoặc giữ mã cũ: Tandem tự đối chiếu.",
  },
  "copy.finger-differs": {
    text: "Máy đích đang có một vân tay khác ở cùng vị trí ngón của người này.",
    next: "Chưa ghi đè gì. Hãy kiểm tra vân tay đó là của ai và xóa vân tay sai trên máy đó.",
  },
  "copy.users-full": {
    text: "Máy chấm công không còn chỗ cho thêm người.",
    next: "Hãy xóa những người đã nghỉ việc khỏi máy này rồi lập lại kế hoạch.",
  },
  "copy.fingers-full": {
    text: "Máy chấm công không còn chỗ cho vân tay của người này.",
    next: "Hãy xóa vân tay của những người đã nghỉ việc khỏi máy này rồi lập lại kế hoạch.",
  },
  "copy.not-linked": {
    text: "Chưa liên kết mã này với nhân viên nào, nên không có sự đồng ý nào để dựa vào mà sao chép.",
    next: "Hãy liên kết mã với nhân viên trước, bằng lệnh: tandem ids link.",
  },
  "copy.card-differs": {
    text: "Người này đang dùng thẻ khác trên máy này.",
    next: "Chưa ghi đè gì. Hãy xóa thẻ cũ trong menu của máy rồi lập kế hoạch mới.",
  },
  "copy.password-differs": {
    text: "Người này đang dùng mật khẩu khác trên máy này.",
    next: "Chưa ghi đè gì. Hãy xóa mật khẩu cũ trong menu của máy rồi lập kế hoạch mới.",
  },
  "copy.source-changed": {
    text: "Dữ liệu cần sao chép không còn như lúc xem trước: đã có thay đổi sau đó.",
    next: "Chưa ghi gì cho người này. Hãy lập kế hoạch mới và xem lại.",
  },
};
