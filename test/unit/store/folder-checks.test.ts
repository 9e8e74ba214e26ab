import { describe, expect, it } from "@jest/globals";

import { parseBsdMounts, parseLinuxMounts } from "../../../connector/platform/mounts.ts";
import { cloudFolderKind, networkDriveKind } from "../../../connector/store/folder-checks.ts";

const LINUX = parseLinuxMounts(`/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
nas:/export/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/hr /mnt/hr\\040share cifs rw 0 0
hr@server:/data /mnt/ssh fuse.sshfs rw 0 0
hr@server:/data /mnt/old fuse rw 0 0
/dev/sdc1 /mnt/ntfs fuseblk rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs 0 0
/dev/sdd1 /mnt/twice ext4 rw 0 0
nas:/twice /mnt/twice nfs rw 0 0
overlay /srv overlay rw 0 0
`);

describe("a folder on Linux", () => {
  it.each([
    ["/home/hr/tandem", "nfs4"],
    ["/home", "nfs4"],
    ["/mnt/hr share/tandem", "cifs"],
    ["/mnt/ssh/x", "fuse.sshfs"],
    ["/mnt/old/x", "fuse"],
    ["/mnt/c/Users/hr", "9p"],
    ["/mnt/twice/x", "nfs"],
  ])("%s is on a network drive", (path, kind) => {
    expect(networkDriveKind(path, "linux", LINUX)).toBe(kind);
  });

  it.each(["/var/lib/tandem", "/tmp/x", "/home/local/tandem", "/homestead", "/mnt/ntfs/x", "/srv/x", "/"])(
    "%s is on a disk of this machine",
    (path) => {
      expect(networkDriveKind(path, "linux", LINUX)).toBeNull();
    },
  );

  it("is not refused where nothing is known about its mount", () => {
    expect(networkDriveKind("/var/lib/tandem", "linux", [])).toBeNull();
  });
});

describe("a folder on Windows", () => {
  it.each([
    "\\\\server\\share\\tandem",
    "//server/share/tandem",
    "\\\\?\\UNC\\server\\share\\x",
    "\\\\192.168.1.2\\hr\\x",
  ])("%s is on a network drive", (path) => {
    expect(networkDriveKind(path, "win32", [])).toBe("UNC");
  });

  it.each(["C:\\ProgramData\\Tandem", "\\\\?\\C:\\ProgramData\\Tandem", "\\\\.\\C:\\x", "D:\\"])(
    "%s is local",
    (path) => {
      expect(networkDriveKind(path, "win32", [])).toBeNull();
    },
  );
});

it("reads the mount table of macOS", () => {
  const mounts = parseBsdMounts(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//hr@nas/share on /Volumes/HR share (smbfs, nodev, nosuid, mounted by hr)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
`);
  expect(networkDriveKind("/Volumes/HR share/tandem", "darwin", mounts)).toBe("smbfs");
  expect(networkDriveKind("/Users/hr/tandem", "darwin", mounts)).toBeNull();
});

describe("a folder that a program synchronises", () => {
  it.each([
    ["C:\\Users\\hr\\OneDrive\\Tandem", "OneDrive"],
    ["C:\\Users\\hr\\OneDrive - Công ty Ánh Dương\\Tandem", "OneDrive"],
    ["/Users/hr/Library/CloudStorage/OneDrive-Company/x", "OneDrive"],
    ["C:\\Users\\hr\\Dropbox\\x", "Dropbox"],
    ["C:\\Users\\hr\\Dropbox (Company)\\x", "Dropbox"],
    ["G:\\My Drive\\x", "Google Drive"],
    ["/Users/hr/Google Drive/x", "Google Drive"],
    ["/Users/hr/Library/CloudStorage/GoogleDrive-hr@example.com/x", "Google Drive"],
    ["C:\\Users\\hr\\iCloudDrive\\x", "iCloud"],
    ["/Users/hr/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"],
    ["/Users/hr/Library/CloudStorage/Box-Box/x", "CloudStorage"],
  ])("%s is told by its name", (path, kind) => {
    expect(cloudFolderKind(path, {})).toBe(kind);
  });

  it.each([
    "C:\\ProgramData\\Tandem",
    "/var/lib/tandem",
    "/home/hr/dropboxes/x",
    "/home/hr/onedriven/x",
    "/srv/CloudStorage/x",
  ])("%s is not one", (path) => {
    expect(cloudFolderKind(path, {})).toBeNull();
  });

  it("is told by where OneDrive says it keeps its files, whatever that folder is called", () => {
    const env = { OneDriveCommercial: "D:\\Firma\\" };
    expect(cloudFolderKind("d:\\firma\\Tandem", env)).toBe("OneDrive");
    expect(cloudFolderKind("D:\\Firma2\\Tandem", env)).toBeNull();
    expect(cloudFolderKind("D:\\Firma\\Tandem", { OneDrive: "" })).toBeNull();
  });
});
