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
};
