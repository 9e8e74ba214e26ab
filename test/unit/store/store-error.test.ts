import { describe, expect, it } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { toStoreError } from "../../../connector/store/store-error.ts";

const withCode = (code: string) => Object.assign(new Error(`failed with ${code}`), { code });
const plenty = () => 1e9;
const none = () => 0;

describe("what the disk says", () => {
  it.each([
    ["ENOSPC", "store.disk-full"],
    ["EDQUOT", "store.disk-full"],
    ["SQLITE_FULL", "store.disk-full"],
    ["EACCES", "store.read-only"],
    ["EPERM", "store.read-only"],
    ["EROFS", "store.read-only"],
    ["SQLITE_READONLY", "store.read-only"],
    ["SQLITE_READONLY_DBMOVED", "store.read-only"],
    ["SQLITE_CORRUPT", "store.damaged"],
    ["SQLITE_CORRUPT_INDEX", "store.damaged"],
    ["SQLITE_NOTADB", "store.damaged"],
    ["SQLITE_BUSY", "store.in-use"],
    ["SQLITE_BUSY_SNAPSHOT", "store.in-use"],
    ["ENOTDIR", "store.folder-unusable"],
    ["ENOENT", "store.folder-unusable"],
    ["SQLITE_CANTOPEN", "store.folder-unusable"],
    ["SQLITE_IOERR_READ", "store.folder-unusable"],
  ])("%s becomes %s, with the cause kept", (code, expected) => {
    const cause = withCode(code);
    const error = toStoreError(cause, "/data", plenty);
    expect(error).toMatchObject({ code: expected, details: { folder: "/data", problem: code } });
    expect((error as TandemError).cause).toBe(cause);
  });

  it("is a full disk when SQLite only knows an I/O error and nothing is free", () => {
    expect(toStoreError(withCode("SQLITE_IOERR_SHMSIZE"), "/data", none)).toMatchObject({ code: "store.disk-full" });
  });

  it("stays an unusable folder when not even the free space can be asked", () => {
    const gone = () => {
      throw withCode("ENOENT");
    };
    expect(toStoreError(withCode("SQLITE_IOERR_WRITE"), "/data", gone)).toMatchObject({
      code: "store.folder-unusable",
    });
  });

  it.each([
    ["an error of the product", new TandemError("store.key-missing", { file: "x" })],
    ["a broken rule of the database", withCode("SQLITE_CONSTRAINT_UNIQUE")],
    ["an error without a code", new Error("no code")],
    ["something thrown that is no error", "text"],
  ])("leaves %s as it is", (_, error) => {
    expect(toStoreError(error, "/data", plenty)).toBe(error);
  });
});
