import type { importErrors as codes } from "../../../errors/import.ts";
import type { ErrorTexts } from "../../shape.ts";

export const importErrors: ErrorTexts<typeof codes> = {
  "import.file-missing": {
    text: "Không đọc được tệp {file}.",
    next: "Kiểm tra tên tệp và quyền đọc.",
  },
  "import.too-large": {
    text: "Tệp lớn hơn {limit} MB.",
    next: "Chia nhỏ tệp rồi nhập từng phần.",
  },
  "import.encoding": {
    text: "Tệp không phải văn bản UTF-8 (dòng {line}).",
    next: 'Lưu lại dạng "CSV UTF-8".',
  },
  "import.empty": {
    text: "Tệp không có dòng dữ liệu nào.",
    next: "Kiểm tra đã chọn đúng tệp.",
  },
  "import.columns": {
    text: "Cột {field} bị thiếu hoặc không hợp lệ (dòng {line}).",
    next: "Dòng đầu phải là: {expected}",
  },
  "import.row": {
    text: "Dòng {line}, cột {field}: {problem}",
    next: "Sửa dòng này rồi nhập lại tệp; chưa nhập dòng nào.",
  },
  "import.duplicate-row": {
    text: "Dòng {line} trùng dòng {first}.",
    next: "Bỏ một dòng rồi nhập lại tệp; chưa nhập dòng nào.",
  },
  "import.unknown-format": {
    text: "Tệp {file} có định dạng Tandem chưa biết.",
    next: "Chọn tệp có đuôi _attlog.dat, AGL_001.TXT hoặc GLG_001.TXT, hoặc tệp CSV có các cột như trong hướng dẫn.",
  },
  "import.cut-off": {
    text: "Tệp không đầy đủ: tệp ghi có {want} lượt chấm công nhưng chỉ chứa {got}.",
    next: "Chưa nhập gì. Hãy chép lại tệp từ USB, hoặc xuất lại tệp trên máy chấm công.",
  },
  "import.date-order": {
    text: "Ngày trong tệp này có thể hiểu theo hai cách, ví dụ {sample}.",
    next: "Chưa nhập gì. Hãy chỉ rõ: --dates dmy nếu ngày đứng trước, --dates mdy nếu tháng đứng trước.",
  },
  "import.date-orders": {
    text: "Các ngày trong tệp này mâu thuẫn với nhau hoặc với cách đọc đã chọn, ví dụ {sample}.",
    next: "Chưa nhập gì. Hãy xuất lại tệp trên máy chấm công; đừng ghép nhiều tệp bằng tay.",
  },
  "import.column-order": {
    text: "Các cột của tệp này có thể hiểu theo hai cách: {sample}.",
    next: "Chưa nhập gì. Hãy chỉ rõ: --order vendor nếu tệp lấy từ USB, --order push nếu tệp do máy chủ lưu.",
  },
  "import.column-orders": {
    text: "Các tệp trước của máy này đã được đọc theo thứ tự {known}; đọc theo thứ tự khác thì lượt chấm công sẽ bị tính hai lần: {sample}.",
    next: "Chưa nhập gì. Hãy bỏ --order, hoặc chọn tệp cùng loại với các tệp trước. Nếu các tệp trước đã bị đọc sai, hãy nhập lại tất cả dưới một tên mới.",
  },
  "import.template-file": {
    text: "Tệp {file} chứa vân tay hoặc khuôn mặt. Tệp này không cần cho chấm công và không được đem ra khỏi máy.",
    next: "Chọn tệp có đuôi _attlog.dat và xóa tệp này khỏi USB.",
  },
  "import.users-file": {
    text: "Tệp {file} là danh sách người dùng của máy, không có lượt chấm công nào.",
    next: "Chọn tệp có đuôi _attlog.dat. Muốn xem danh sách trong tệp này: tandem users list --file TỆP",
  },
  "import.not-needed": {
    text: "Tệp {file} không có lượt chấm công nào.",
    next: "Tệp này vô hại và không cần dùng. Chọn tệp có đuôi _attlog.dat.",
  },
  "import.terminal-unnamed": {
    text: "Tệp {file} không cho biết lấy từ máy chấm công nào.",
    next: "Hãy nêu tên máy bằng --terminal TÊN. Tên chưa đăng ký sẽ thành máy chỉ có dữ liệu từ tệp.",
  },
  "import.terminal-differs": {
    text: "Máy {terminal} đã đăng ký với {field} là {found}, không phải {wanted}.",
    next: "Chưa nhập gì. Hãy bỏ tùy chọn đó, hoặc nêu tên máy khác.",
  },
  "import.other-serial": {
    text: "Tệp này của máy có số sê-ri {found}, còn máy {terminal} có số {expected}.",
    next: "Chưa nhập gì. Hãy nêu đúng máy bằng --terminal, hoặc đổi tên tệp nếu tên tệp sai.",
  },
  "import.serial-unknown": {
    text: "Tandem chưa biết số sê-ri của máy {terminal} nên có thể tính trùng lượt chấm công.",
    next: "Chạy lệnh: tandem terminals check TÊN, hoặc đọc máy một lần. Sau đó nhập lại tệp.",
  },
  "import.not-comparable": {
    text: "Không thể so các lượt chấm công trong tệp này với dữ liệu Tandem đã có của máy {terminal}, nên có thể bị tính trùng.",
    next: "Chưa nhập gì. Hãy chọn tệp có cùng các cột như trước, hoặc đọc máy qua mạng: tandem terminals pull TÊN. Nếu không bao giờ kết nối được máy, hãy nhập tệp dưới một tên mới.",
  },
  "import.users-mismatch": {
    text: "Tệp {file} có vân tay của người dùng không nằm trong user.dat này, nên hai tệp không cùng một lần xuất.",
    next: "Chưa lưu gì cả. Hãy xuất lại cả hai tệp trên máy trong cùng một lần, rồi dùng hai tệp đó.",
  },
  "import.templates-not-kept": {
    text: "Nơi này không lưu bản sao vân tay nên Tandem không đọc vân tay từ tệp.",
    next: "Hãy sao chép từ máy chấm công: tandem copy plan --from TÊN --to TÊN. Hoặc cho phép lưu bản sao: tandem vault keep on",
  },
  "import.templates-unreadable": {
    text: "Tệp {file} không có vân tay nào mà Tandem đọc được trọn vẹn.",
    next: "Chưa lưu gì cả. Chọn template.fp10 hoặc template.dat và kiểm tra tệp đã được chép đầy đủ; khuôn mặt chỉ sao chép từ máy.",
  },
  "import.not-written": {
    text: "Không ghi được tệp {file}.",
    next: "Kiểm tra thư mục có tồn tại, bạn có quyền ghi và ổ đĩa còn chỗ trống.",
  },
  "import.users-unreadable": {
    text: "Tệp {file} không phải danh sách người dùng mà Tandem đọc được ({bytes} byte).",
    next: "Chọn tệp user.dat xuất từ máy ZKTeco qua USB và kiểm tra tệp đã được chép đầy đủ.",
  },
};
