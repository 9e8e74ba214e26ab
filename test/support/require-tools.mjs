/**
 * Runs before `npm test`: the browsers and Python that the tests drive. As root on Debian they are installed when
 * missing; otherwise this says exactly what to install and fails, because no test is skipped silently.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

const tools = [
  { package: "chromium", present: () => succeeds("chromium", "--version") },
  { package: "firefox-esr", present: () => succeeds("firefox-esr", "--version") },
  { package: "python3-venv", present: () => succeeds("python3", "-c", "import venv, ensurepip") },
];

const missing = tools.filter((tool) => !tool.present()).map((tool) => tool.package);
if (missing.length > 0) {
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...missing];
  if (process.getuid?.() !== 0 || !succeeds("apt-get", "--version")) {
    console.error(`The tests need: ${missing.join(", ")}.\nInstall them with: sudo ${install.join(" ")}`);
    process.exit(1);
  }
  console.log(`Installing what the tests need: ${missing.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const [command, ...args] of [["apt-get", "update", "-q"], install]) {
    const { status } = spawnSync(command, args, { stdio: "inherit", env });
    if (status !== 0) process.exit(status ?? 1);
  }
}
