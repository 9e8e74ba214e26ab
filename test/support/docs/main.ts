import { readFile, writeFile } from "node:fs/promises";

import { withErrorTable } from "./error-table.ts";

/** `npm run docs`: brings the README's generated parts up to date. Runs in the project's root. */
await writeFile("README.md", withErrorTable(await readFile("README.md", "utf8")));
