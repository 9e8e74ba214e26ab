import { describe, expect, test } from "@jest/globals";

import { adminSocketPath } from "../../../connector/admin/socket-path.ts";

const path = (folder: string, platform: NodeJS.Platform = "linux") => adminSocketPath(folder, platform, "/tmp", 1000);

describe("adminSocketPath", () => {
  test("is in the data folder", () => {
    expect(path("/home/lan/.local/share/tandem")).toBe("/home/lan/.local/share/tandem/admin.sock");
  });

  test("is short where the folder's own is too long for a socket address, and another one per folder", () => {
    const [one, other] = [path(`/home/${"x".repeat(120)}/1`), path(`/home/${"x".repeat(120)}/2`)];
    expect(one).toMatch(/^\/tmp\/tandem-1000\/[0-9a-f]{16}\.sock$/);
    expect(other).not.toBe(one);
  });

  test("counts bytes, not letters", () => {
    expect(path(`/home/${"ộ".repeat(40)}`)).toMatch(/^\/tmp\//);
  });

  test("is a named pipe on Windows, the same however the folder's name is written", () => {
    const pipe = path("C:\\ProgramData\\Tandem", "win32");
    expect(pipe).toMatch(/^\\\\\.\\pipe\\tandem-[0-9a-f]{16}$/);
    expect(path("c:\\programdata\\tandem", "win32")).toBe(pipe);
  });
});
