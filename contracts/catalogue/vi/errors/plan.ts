import type { planErrors as codes } from "../../../errors/plan.ts";
import type { ErrorTexts } from "../../shape.ts";

export const planErrors: ErrorTexts<typeof codes> = {
  "plan.unknown": {
    text: "Không có kế hoạch này: {plan}.",
    next: "Hãy lập kế hoạch mới; mã kế hoạch sẽ hiện ra khi đó.",
  },
  "plan.other-kind": {
    text: "Kế hoạch {plan} được lập bằng lệnh khác: tandem {command} plan.",
    next: "Chưa làm gì. Để thực hiện: tandem {command} apply {plan}",
  },
  "plan.no-people": {
    text: "Tandem không biết những người này: {people}.",
    next: "Hãy kiểm tra mã nhân viên, hoặc cập nhật danh sách bằng lệnh: tandem people sync.",
  },
  "plan.people-failed": {
    text: "{failed} người trong kế hoạch {plan} chưa thực hiện được trên máy {name}.",
    next: "Kế hoạch ghi rõ lý do của từng người. Sau khi khắc phục, hãy chạy lại.",
  },
  "plan.unfinished": {
    text: "Kế hoạch {plan} còn {unfinished} mục chưa xong.",
    next: "Hãy chạy lại kế hoạch; phần đã xong sẽ không làm lại.",
  },
  "plan.same-terminal": {
    text: "Máy {name} vừa là máy nguồn vừa là máy đích.",
    next: "Hãy chọn máy đích khác.",
  },
  "plan.id-taken": {
    text: "Người khác trên máy này đã dùng mã {userId}.",
    next: "Chưa thay đổi gì. Hãy liên kết mã mới khác, hoặc giữ mã cũ: Tandem tự đối chiếu.",
  },
  "plan.no-new-id": {
    text: "Người này chưa được liên kết mã mới nào cho máy này.",
    next: "Hãy liên kết mã mới trước bằng lệnh: tandem ids link … --scheme new. Hoặc giữ mã cũ: Tandem tự đối chiếu.",
  },
  "plan.no-old-id": {
    text: "Trên máy này không có mã cũ nào của người này.",
    next: "Ở đây không cần đổi gì. Nếu không đúng, hãy xem mã của người này bằng lệnh: tandem ids list.",
  },
  "plan.several-ids": {
    text: "Người này có nhiều mã có thể dùng trên máy này.",
    next: "Hãy quyết định mã nào là đúng và bỏ liên kết còn lại bằng lệnh: tandem ids unlink.",
  },
  "plan.person-active": {
    text: "Theo phần mềm nhân sự, người này đang làm việc nên không bao giờ bị xóa.",
    next: "Nếu người này đã nghỉ, hãy cập nhật trạng thái và ngày nghỉ trong phần mềm nhân sự rồi chạy: tandem people sync.",
  },
  "plan.no-leaving-date": {
    text: "Phần mềm nhân sự chưa ghi ngày nghỉ việc của người này.",
    next: "Hãy nhập ngày làm việc cuối trong phần mềm nhân sự rồi chạy: tandem people sync.",
  },
  "plan.still-punching": {
    text: "Có người chấm công bằng mã này ngày {day}, sau ngày làm việc cuối của chủ mã.",
    next: "Mã có thể đã được cấp cho người khác. Hãy liên kết mã với người đang dùng: tandem ids link.",
  },
  "plan.too-early": {
    text: "Người này mới nghỉ việc; chỉ xóa từ ngày {from}.",
    next: "Hãy lập lại kế hoạch khi đó, hoặc chọn thời gian chờ ngắn hơn.",
  },
};
