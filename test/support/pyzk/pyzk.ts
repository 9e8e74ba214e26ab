import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
// From the checkout's root, where npm runs everything: programs of the test tree are bundled, so that a module's own path says nothing.
const cache = resolve("test/.cache");
const requirements = resolve("test/support/pyzk/requirements.txt");
const venv = join(cache, "pyzk");
const done = join(venv, "requirements.installed");
const lock = join(cache, "pyzk.lock");
const LOCK_MS = 300_000;
const NEEDED = "pyzk needs Python 3 with venv and pip. On Debian: apt-get install -y python3 python3-venv";

/**
 * Path of a Python that has pyzk, an independent client of the 4370 protocol. Installed on first use into `test/.cache`;
 * as root a missing python3-venv is installed too, otherwise the error says what to install.
 */
export async function pythonWithPyzk(): Promise<string> {
  const python = join(venv, "bin/python");
  await mkdir(cache, { recursive: true });
  if (await isInstalled()) return python;
  const release = await takeLock();
  try {
    if (await isInstalled()) return python;
    await rm(venv, { recursive: true, force: true });
    await run(await pythonWithVenv(), ["-m", "venv", venv]);
    await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
    await writeFile(done, await readFile(requirements));
    return python;
  } finally {
    await release();
  }
}

async function isInstalled(): Promise<boolean> {
  try {
    return (await readFile(done)).equals(await readFile(requirements));
  } catch {
    return false;
  }
}

/** A Python whose venv module can also put pip in: Debian ships the two apart. */
async function pythonWithVenv(): Promise<string> {
  const found = await firstWithVenv();
  if (found !== null) return found;
  if (process.getuid?.() !== 0) throw new Error(NEEDED);
  try {
    await run("apt-get", ["update", "-q"]);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "python3", "python3-venv"]);
  } catch (cause) {
    throw new Error(NEEDED, { cause });
  }
  const installed = await firstWithVenv();
  if (installed === null) throw new Error(NEEDED);
  return installed;
}

async function firstWithVenv(): Promise<string | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      await run(python, ["-c", "import venv, ensurepip"]);
      return python;
    } catch {
      continue;
    }
  }
  return null;
}

/** Test files run in several processes; one installs, the others wait. */
async function takeLock(): Promise<() => Promise<void>> {
  const deadline = Date.now() + LOCK_MS;
  for (;;) {
    try {
      await mkdir(lock);
      return () => rm(lock, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    if (await isInstalled()) return () => Promise.resolve();
    if (Date.now() > deadline) await rm(lock, { recursive: true, force: true });
    await new Promise((wake) => setTimeout(wake, 200));
  }
}
