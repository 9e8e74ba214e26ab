/** Draws assets/icon.png, from which Plasmo makes all sizes, out of assets/icon.svg. Run it after changing the drawing. */
import { fileURLToPath } from "node:url";

import sharp from "sharp";

const assets = fileURLToPath(new URL("../assets/", import.meta.url));
await sharp(`${assets}icon.svg`).png({ compressionLevel: 9 }).toFile(`${assets}icon.png`);
