import type { LocalDate } from "@tandem/contracts/domain/time.ts";

/** Days on which a link holds, both inclusive; null is open. */
export interface Validity {
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

/** Whether two spans have a day in common. */
export function overlaps(a: Validity, b: Validity): boolean {
  return startsBy(a, b.validTo) && startsBy(b, a.validTo);
}

/** Whether a day lies within a span. */
export function covers(span: Validity, day: LocalDate): boolean {
  return overlaps(span, { validFrom: day, validTo: day });
}

function startsBy(span: Validity, end: LocalDate | null): boolean {
  return span.validFrom === null || end === null || span.validFrom <= end;
}
