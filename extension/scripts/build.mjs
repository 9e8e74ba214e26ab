/**
 * Builds the extension for every browser into build/<target>-prod, or for the targets named on the command line.
 *
 * Plasmo ends with success whatever happened, and prints an error for every build without a network because it cannot ask
 * for a newer Plasmo. So its output is read here: that one error is dropped, any other fails the build. An unchanged build
 * is kept.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { errorsIn } from "./plasmo-output.mjs";

const TARGETS = ["chrome-mv3", "edge-mv3", "firefox-mv3"];
const extension = fileURLToPath(new URL("..", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const build = join(extension, "build");
const lock = join(extension, ".plasmo.lock");

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const targets = named.length > 0 ? named : TARGETS;
const unknown = targets.filter((target) => !TARGETS.includes(target));
if (unknown.length > 0) fail(`unknown target ${unknown.join(", ")}; known: ${TARGETS.join(", ")}`);

await withLock(async () => {
  const inputs = await hashInputs();
  for (const target of targets) {
    const stamp = join(build, `${target}.stamp`);
    const kept = await readFile(stamp, "utf8").catch(() => "");
    if (kept === inputs && !process.argv.includes("--force")) {
      console.log(`${target}: unchanged`);
      continue;
    }
    await rm(stamp, { force: true });
    await buildTarget(target);
    await writeFile(stamp, inputs);
    console.log(`${target}: built into ${relative(process.cwd(), join(build, `${target}-prod`))}`);
  }
});

async function buildTarget(target) {
  const { code, output } = await run([plasmoBin(), "build", `--target=${target}`, "--hoist"]);
  const errors = errorsIn(output);
  if (code !== 0 || errors.length > 0 || !/\bDONE\b/.test(output)) fail(`${target} failed\n${output}`);
}

function plasmoBin() {
  return join(createRequire(import.meta.url).resolve("plasmo"), "../../bin/index.mjs");
}

function run(args) {
  return new Promise((resolve, reject) => {
    // An address that nobody serves: a build asks nobody for a newer version, and Parcel installs nothing by itself.
    const env = {
      ...process.env,
      NODE_ENV: "production",
      npm_config_registry: "http://127.0.0.1:9/",
      FORCE_COLOR: "0",
    };
    const child = spawn(process.execPath, args, { cwd: extension, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Hash over everything a build is made of: sources, contracts, and the versions of what they are built with. */
async function hashInputs() {
  const hash = createHash("sha256");
  for (const folder of [extension, join(root, "contracts")]) {
    for (const file of (await filesIn(folder)).sort()) {
      hash.update(`${relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.update(await readFile(join(root, "package-lock.json"))).digest("hex");
}

async function filesIn(folder) {
  const skip = new Set(["build", ".plasmo", ".plasmo.lock", "node_modules", "COORDINATION.md"]);
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter((entry) => !skip.has(entry.name))
    .map((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));
  return (await Promise.all(nested)).flat();
}

/** Plasmo works in one folder for all targets, so two builds at the same time would spoil each other. */
async function withLock(work) {
  while (!(await take())) await pause(200);
  try {
    await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take() {
  try {
    await mkdir(lock);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const holder = Number(await readFile(join(lock, "pid"), "utf8").catch(() => ""));
    // Between making the folder and writing its holder there is none yet; a holder that is gone was killed.
    if (holder > 0 && !isAlive(holder)) await rm(lock, { recursive: true, force: true });
    return false;
  }
  await writeFile(join(lock, "pid"), String(process.pid));
  return true;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function fail(text) {
  throw new Error(text);
}
