import { assignmentsOn } from "../attendance/shift-window.ts";
import { numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import { refuse } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";
import { dayOf } from "../time/naive-time.ts";
import { isAtLeast } from "../versions.ts";

const EARTH_RADIUS_METRES = 6_371_000;

/** With geolocation tracking on, a log needs coordinates, inside the radius of the shift's location if there is one. */
export function checkWhereabouts(doc: Doc, call: DocumentCall): void {
  if (!isAtLeast(call.site.versions.hrms, "15.22.0") || !call.site.settings.geolocationTracking) return;
  const { language } = call.caller;
  // The original asks for either, and its own default of an empty coordinate is 0.
  if (numberOf(doc["latitude"]) === 0 && numberOf(doc["longitude"]) === 0)
    throw refuse(sentence(language, "coordinatesRequired"), { source: "hrms" });
  for (const assignment of assignmentsOn(call.transaction, textOf(doc["employee"]), dayOf(textOf(doc["time"])))) {
    const location = call.transaction.find("Shift Location", textOf(assignment["shift_location"]));
    const radius = numberOf(location?.["checkin_radius"]);
    if (location === undefined || radius <= 0) continue;
    if (metresBetween(location, doc) > radius)
      throw refuse(sentence(language, "checkinRadius", String(radius)), {
        type: "CheckinRadiusExceededError",
        module: "hrms.hr.doctype.employee_checkin.employee_checkin.",
        source: "hrms",
      });
  }
}

function metresBetween(from: Doc, to: Doc): number {
  const radians = (doc: Doc, axis: string): number => (numberOf(doc[axis]) * Math.PI) / 180;
  const latitude = (radians(to, "latitude") - radians(from, "latitude")) / 2;
  const longitude = (radians(to, "longitude") - radians(from, "longitude")) / 2;
  const chord =
    Math.sin(latitude) ** 2 +
    Math.cos(radians(from, "latitude")) * Math.cos(radians(to, "latitude")) * Math.sin(longitude) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(chord));
}
