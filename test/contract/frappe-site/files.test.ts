import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import type { Reply } from "./support/site-client.ts";
import { startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

/** The beginning of a JPEG file: enough for the check that it is a picture. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
let at: TestSite;

beforeEach(async () => {
  at = await startTestSite({ employees: [{}], settings: { maxFileSize: 1000 } });
});

afterEach(() => at.site.stop());

function upload(fields: Record<string, string>, content: Buffer = JPEG, name = "mặt.jpg"): Promise<Reply> {
  const multipart = new FormData();
  for (const [field, value] of Object.entries(fields)) multipart.append(field, value);
  multipart.append("file", new Blob([new Uint8Array(content)]), name);
  return at.hr.call("POST", "/api/method/upload_file", { multipart });
}

const PRIVATE_PHOTO = { is_private: "1", doctype: "Employee", docname: "HR-EMP-00001", fieldname: "image" };

describe("upload_file", () => {
  it("creates a File attached to the record and leaves the record's image alone", async () => {
    const reply = await upload(PRIVATE_PHOTO);
    expect(reply.body["message"]).toMatchObject({
      file_url: "/private/files/mặt.jpg",
      is_private: 1,
      attached_to_doctype: "Employee",
      attached_to_name: "HR-EMP-00001",
      attached_to_field: "image",
      file_size: JPEG.length,
    });
    expect(at.site.data.get("Employee", "HR-EMP-00001")?.["image"]).toBeNull();
  });

  it("gives a name in use a tail of its own", async () => {
    await upload(PRIVATE_PHOTO);
    const reply = await upload(PRIVATE_PHOTO);
    expect((reply.body["message"] as { file_url: string }).file_url).toMatch(/^\/private\/files\/mặt[0-9a-f]{6}\.jpg$/);
  });

  it("refuses what is larger than max_file_size", async () => {
    const reply = await upload(PRIVATE_PHOTO, Buffer.concat([JPEG, Buffer.alloc(1000)]));
    expect([reply.status, reply.excType]).toEqual([417, "MaxFileSizeReachedError"]);
    expect(at.site.data.rows("File")).toEqual([]);
  });

  it("fails on a picture that is none", async () => {
    const reply = await upload(PRIVATE_PHOTO, Buffer.from("text"));
    expect([reply.status, reply.excType]).toEqual([500, "UnidentifiedImageError"]);
  });

  it("fails without a file", async () => {
    const reply = await at.hr.call("POST", "/api/method/upload_file", { multipart: new FormData() });
    expect([reply.status, reply.excType]).toEqual([417, "MandatoryError"]);
  });

  it("is refused to guests", async () => {
    expect((await at.guest.post("/api/method/upload_file")).status).toBe(403);
  });

  it("needs the right to write the record it is attached to", async () => {
    const multipart = new FormData();
    multipart.append("doctype", "Employee");
    multipart.append("docname", "HR-EMP-00001");
    multipart.append("file", new Blob([new Uint8Array(JPEG)]), "a.jpg");
    expect((await at.device.call("POST", "/api/method/upload_file", { multipart })).status).toBe(403);
  });
});

describe("a file", () => {
  it("that is private is for those who may read its record", async () => {
    await upload(PRIVATE_PHOTO);
    const path = encodeURI("/private/files/mặt.jpg");
    expect((await at.guest.get(path)).status).toBe(403);
    const reply = await at.hr.get(path);
    expect([reply.status, reply.contentType]).toEqual([200, "image/jpeg"]);
    expect((await at.guest.with({ Authorization: "token no:no" }).get(path)).status).toBe(401);
  });

  it("that is public is for everybody", async () => {
    await upload({ is_private: "0" }, Buffer.from("xin chào"), "thư 2.txt");
    const reply = await at.guest.get(encodeURI("/files/thư 2.txt"));
    expect([reply.status, reply.text]).toEqual([200, "xin chào"]);
  });

  it("that does not exist is 404", async () => {
    expect((await at.guest.get("/files/none.txt")).status).toBe(404);
  });
});
