import { z } from "zod";

import { PersonId } from "./ids.ts";
import { LocalDate } from "./time.ts";

export const PersonStatus = z.enum(["active", "inactive", "suspended", "left"]);
export type PersonStatus = z.infer<typeof PersonStatus>;

/** An employee of the HR app (design §5.2 people file). */
export const Person = z.object({
  personId: PersonId,
  name: z.string().max(300),
  department: z.string().max(140).nullable(),
  branch: z.string().max(140).nullable(),
  status: PersonStatus,
  joined: LocalDate.nullable(),
  left: LocalDate.nullable(),
  employeeNumber: z.string().max(140).nullable(),
  /** Frappe: `attendance_device_id`, trimmed. */
  deviceId: z.string().max(140).nullable(),
});
export type Person = z.infer<typeof Person>;
