#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

// Reading a terminal's whole log, and writing to many at once, makes much short-lived garbage, which V8 lets grow before it
// collects; a desk PC has little memory to spare. Has to be set before the bundle is loaded.
setFlagsFromString("--optimize-for-size");
setFlagsFromString("--semi-space-growth-factor=1");
await import("../dist/tandem.js");
