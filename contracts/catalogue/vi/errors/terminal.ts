import type { terminalErrors as codes } from "../../../errors/terminal.ts";
import type { ErrorTexts } from "../../shape.ts";

export const terminalErrors: ErrorTexts<typeof codes> = {
  "terminal.unreachable": {
    text: "Máy chấm công ở {address} không trả lời.",
    next: "Kiểm tra máy đã bật nguồn và địa chỉ IP, cổng đã đúng; nên đặt IP tĩnh cho máy.",
  },
  "terminal.timeout": {
    text: "Máy chấm công ngừng trả lời khi đang {step}.",
    next: "Hãy thử lại. Nếu hay bị, kiểm tra dây mạng và tắt phần mềm khác đang kết nối với máy.",
  },
  "terminal.connection-lost": {
    text: "Mất kết nối với máy chấm công khi đang {step}.",
    next: "Lần đọc này không được lưu nên không thiếu dữ liệu. Hãy thử lại; nếu lặp lại, kiểm tra dây mạng.",
  },
  "terminal.key-required": {
    text: "Máy chấm công yêu cầu mã kết nối (Comm Key).",
    next: "Xem mã trong menu máy: Kết nối > Kết nối PC, rồi nhập bằng --comm-key.",
  },
  "terminal.wrong-key": {
    text: "Máy chấm công không chấp nhận mã kết nối này.",
    next: "So lại với mã trong menu máy: Kết nối > Kết nối PC.",
  },
  "terminal.secured-firmware": {
    text: "Firmware của máy chỉ nhận kết nối bảo mật của hãng.",
    next: "Dùng chế độ đẩy dữ liệu (ADMS) cho máy này, hoặc nhờ nhà cung cấp tắt kết nối bảo mật.",
  },
  "terminal.panel-protocol": {
    text: "Địa chỉ này là bộ điều khiển cửa (C3 hoặc inBio), không phải máy chấm công.",
    next: "Nhập địa chỉ của máy chấm công. Tandem chưa hỗ trợ bộ điều khiển cửa.",
  },
  "terminal.not-a-terminal": {
    text: "Thiết bị trả lời ở {address} không phải máy chấm công.",
    next: "Kiểm tra lại địa chỉ và cổng (thường là 4370).",
  },
  "terminal.refused": {
    text: "Máy chấm công từ chối {step}.",
    next: "Thử lại sau một phút. Nếu lặp lại, khởi động lại máy và báo nhà cung cấp kiểu máy và firmware.",
  },
  "terminal.incomplete": {
    text: "Máy chấm công chỉ gửi một phần dữ liệu ({got}/{want} byte).",
    next: "Lần đọc này không được lưu nên không thiếu dữ liệu. Hãy thử lại; đường truyền chậm thì dùng mạng dây gần hơn.",
  },
  "terminal.reply-mismatch": {
    text: "Máy chấm công trả lời sai câu hỏi đã gửi.",
    next: "Tắt phần mềm khác đang dùng máy này rồi thử lại.",
  },
  "terminal.unknown-record-size": {
    text: "Dữ liệu chấm công của máy có định dạng Tandem chưa biết.",
    next: "Chưa lưu gì cả. Gửi tệp {dump} cho bộ phận hỗ trợ; tệp chứa vài byte đầu của nhật ký.",
  },
  "terminal.unsupported-users": {
    text: "Danh sách người dùng của máy có định dạng Tandem chưa biết ({size} byte mỗi người).",
    next: "Chưa lưu gì cả. Báo bộ phận hỗ trợ kiểu máy và firmware.",
  },
  "terminal.busy": {
    text: "Tandem đang làm việc với máy chấm công này.",
    next: "Chờ công việc đang chạy kết thúc rồi thử lại.",
  },
  "terminal.serial-changed": {
    text: "Máy khác trả lời ở địa chỉ này: số sê-ri {found}, cần {expected}.",
    next: "Có thể hai máy trùng IP, hoặc máy đã được thay. Sửa địa chỉ, hoặc xóa máy rồi thêm lại.",
  },
  "terminal.shadow-mode": {
    text: "Máy này ở chế độ chỉ đọc (shadow).",
    next: "Nếu cho phép Tandem thay đổi máy: tandem terminals mode TÊN active.",
  },
  "terminal.never-sent": {
    text: "Tandem không bao giờ gửi lệnh {command} đến máy chấm công.",
    next: "Chưa gửi gì cả. Nếu thật sự cần xóa nhật ký, hãy xóa trong menu của máy sau khi đã đọc hết.",
  },
  "terminal.not-stored": {
    text: "Máy chấm công đã xác nhận thay đổi nhưng không lưu lại.",
    next: "Chưa có gì được coi là xong. Hãy thử lại; nếu vẫn như vậy, khởi động lại máy và kiểm tra bộ nhớ còn trống.",
  },
  "terminal.finger-taken": {
    text: "Vị trí vân tay {finger} đang có một vân tay chưa có lúc đọc máy.",
    next: "Có người vừa đăng ký vân tay; Tandem để nguyên. Hãy lập kế hoạch mới.",
  },
  "terminal.finger-lost": {
    text: "Vân tay ở vị trí {finger} không thay được và cũng không khôi phục được.",
    next: "Hãy sao chép lại vân tay của người này sang máy từ máy khác hoặc từ kho lưu.",
  },
  "terminal.card-taken": {
    text: "Trên máy này đã có người khác dùng cùng số thẻ.",
    next: "Chưa ghi gì. Hãy kiểm tra thẻ là của ai; hai người chung một thẻ sẽ bị lẫn dữ liệu chấm công.",
  },
  "terminal.user-id-too-long": {
    text: "Mã người dùng {userId} quá dài với máy này: tối đa {max} ký tự.",
    next: "Chưa ghi gì. Hãy cấp cho người này một mã ngắn hơn trên máy, ví dụ {proposal}, rồi liên kết mã đó.",
  },
  "terminal.user-id-letters": {
    text: "Máy này chỉ nhận chữ số trong mã người dùng, không nhận {userId}.",
    next: "Chưa ghi gì. Hãy cấp cho người này một mã số trên máy, ví dụ {proposal}, rồi liên kết mã đó.",
  },
  "terminal.user-id-reserved": {
    text: "Không dùng được mã người dùng {userId}: máy chấm công dành mã này cho bản ghi không thuộc về ai.",
    next: "Chưa ghi gì. Hãy cấp cho người này mã khác trên máy, ví dụ {proposal}, rồi liên kết mã đó.",
  },
  "terminal.user-id-taken": {
    text: "Trên máy này có nhiều người cùng mã người dùng {userId}.",
    next: "Chưa ghi gì. Hãy xóa người bị trùng trong menu của máy rồi thử lại.",
  },
  "terminal.user-capacity": {
    text: "Máy chấm công đã đầy: tối đa {capacity} người dùng.",
    next: "Chưa ghi gì. Hãy xóa những người đã nghỉ việc khỏi máy này rồi thử lại.",
  },
  "terminal.name-undecodable": {
    text: "Không đọc được tên hiện có của người dùng trên máy nên Tandem không ghi đè.",
    next: "Chưa ghi gì. Hãy kiểm tra bảng mã tên của máy, hoặc sửa tên trong menu của máy.",
  },
  "terminal.name-unfit": {
    text: "Không ghi được tên này bằng bảng mã của máy chấm công.",
    next: "Chưa ghi gì. Hãy chọn bảng mã tên khác cho máy, hoặc dùng tên không dấu.",
  },
  "terminal.first-admin": {
    text: "Đây sẽ là quản trị viên đầu tiên của máy; sau đó những người khác không vào được menu nữa.",
    next: "Chưa ghi gì. Nếu đúng là bạn muốn vậy, hãy xác nhận.",
  },
  "terminal.card-invalid": {
    text: "Đây không phải số thẻ mà máy chấm công lưu được.",
    next: "Chưa ghi gì. Hãy nhập số thẻ bằng chữ số, từ 0 đến 4294967295.",
  },
  "terminal.left-disabled": {
    text: 'Máy có thể còn hiện "Đang làm việc" vì Tandem chưa bật lại được.',
    next: "Máy sẽ tự mở lại sau {seconds} giây. Lần kết nối sau Tandem sẽ kiểm tra việc này trước.",
  },
  "terminal.user-unknown": {
    text: "Trên máy này không có người dùng {userId}.",
    next: "Xem ai đang có trên máy bằng lệnh: tandem users list --terminal TÊN.",
  },
  "terminal.slot-not-empty": {
    text: "Chỗ trống trên máy vẫn còn giữ vân tay của người đã bị xóa.",
    next: "Chưa ghi gì. Hãy xóa vân tay còn sót trong menu của máy rồi thử lại.",
  },
  "terminal.password-unfit": {
    text: "Máy này chỉ lưu mật khẩu tối đa {max} chữ số, mật khẩu của người này dài hơn.",
    next: "Chưa ghi gì. Hãy sao chép mà không kèm mật khẩu, hoặc đặt mật khẩu ngắn hơn.",
  },
  "terminal.unfinished-move": {
    text: "Việc đổi mã người dùng trên máy {name} bị ngắt giữa chừng và chưa xử lý xong.",
    next: "Hãy kết nối máy rồi chạy: tandem terminals check TÊN. Tandem sẽ xử lý việc này trước tiên. Nếu máy đã mất hẳn: tandem terminals remove TÊN --give-up-moves.",
  },
  "terminal.unknown": {
    text: "Không có máy chấm công tên {name}.",
    next: "Xem tên bằng lệnh: tandem terminals list.",
  },
  "terminal.exists": {
    text: "Đã có máy chấm công tên {name}.",
    next: "Chọn tên khác, hoặc xóa máy cũ trước.",
  },
  "terminal.no-address": {
    text: "Máy {name} chỉ có dữ liệu từ tệp, không đọc qua mạng được.",
    next: "Xóa máy rồi thêm lại kèm địa chỉ.",
  },
  "terminal.unsupported-address": {
    text: "Tandem không đọc được máy có địa chỉ {address}.",
    next: "Dùng tcp://HOST:PORT hoặc udp://HOST:PORT.",
  },
};
