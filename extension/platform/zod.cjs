/**
 * The parts of zod that the contracts use. Plasmo's bundler (Parcel 2.9) drops `export * as z`, which is how zod's ES module
 * gives out its namespace, and zod's CommonJS entry drags in fifty languages and the compiler for its fast path. That fast
 * path needs `new Function`, which an extension's content security policy forbids.
 */
const schemas = require("../../node_modules/zod/v4/classic/schemas.cjs");
const coerce = require("../../node_modules/zod/v4/classic/coerce.cjs");
const { config } = require("../../node_modules/zod/v4/core/core.cjs");
const english = require("../../node_modules/zod/v4/locales/en.cjs");

config({ ...english(), jitless: true });

exports.z = { ...schemas, coerce };
