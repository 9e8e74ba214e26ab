/**
 * zod for the background. Plasmo's bundler (Parcel 2.9) drops `export * as z`, which is how zod's ES module gives out its
 * namespace, so this takes the CommonJS modules; and it switches off zod's fast path, which needs `new Function` and which
 * an extension's content security policy forbids. The HR app's pages and the extension's own get none of it.
 */
const schemas = require("../../node_modules/zod/v4/classic/schemas.cjs");
const coerce = require("../../node_modules/zod/v4/classic/coerce.cjs");
const { config } = require("../../node_modules/zod/v4/core/core.cjs");
const english = require("../../node_modules/zod/v4/locales/en.cjs");

config({ ...english(), jitless: true });

exports.z = { ...schemas, coerce };
