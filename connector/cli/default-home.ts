import { homedir } from "node:os";
import { join } from "node:path";

/** The data folder where none is named: `%ProgramData%\Tandem` on Windows, the user's data folder elsewhere. */
export function defaultHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const given = env["TANDEM_HOME"];
  if (given !== undefined && given !== "") return given;
  if (platform === "win32") return join(env["ProgramData"] ?? "C:\\ProgramData", "Tandem");
  const xdg = env["XDG_DATA_HOME"];
  return join(xdg === undefined || xdg === "" ? join(homedir(), ".local", "share") : xdg, "tandem");
}
