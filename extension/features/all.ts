import type { Feature } from "./feature.ts";
import { pullNow } from "./pull-now/pull-now.tsx";
import { tandemButton } from "./tandem-button/tandem-button.tsx";

/** Every feature of the HR app's pages. */
export const FEATURES: readonly Feature[] = [tandemButton, pullNow];
