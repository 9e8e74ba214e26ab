import type { jobErrors as codes } from "../../../errors/jobs.ts";
import type { ErrorTexts } from "../../shape.ts";

export const jobErrors: ErrorTexts<typeof codes> = {
  "jobs.unknown": {
    text: "Không có công việc {id}.",
    next: "Xem các công việc bằng: tandem jobs list.",
  },
  "jobs.nothing-to-retry": {
    text: "Công việc này không có phần nào thất bại.",
    next: "Không cần làm gì.",
  },
  "jobs.finished": {
    text: "Công việc đã kết thúc.",
    next: "Không cần làm gì.",
  },
  "jobs.unsupported": {
    text: "Bản Tandem này không làm được việc {kind}.",
    next: "Hãy cập nhật Tandem rồi bắt đầu lại.",
  },
};
