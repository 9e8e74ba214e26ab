import type { SiteData } from "./data/site-data.ts";
import type { DocTypes } from "./doctypes/registry.ts";
import type { Faults } from "./faults.ts";
import type { Profile, SiteSettings } from "./site-options.ts";
import type { SiteClock } from "./time/site-clock.ts";
import type { Versions } from "./versions.ts";

/** The parts of the double that its rules share. */
export interface SiteContext {
  readonly profile: Profile;
  readonly versions: Versions;
  readonly zone: string;
  readonly guestZone: string;
  readonly company: string;
  readonly data: SiteData;
  readonly clock: SiteClock;
  readonly settings: SiteSettings;
  readonly faults: Faults;
  readonly doctypes: DocTypes;
  readonly origin: string;
}
