import { describe, expect, test } from "@jest/globals";

import { judgeSender } from "../../../../extension/background/routing/sender.ts";

const OWN = { id: "tandem-id", origin: "chrome-extension://tandem-id" };
const PAGE = { id: "tandem-id", origin: "https://hr.company.vn", frameId: 0, tab: { id: 7 }, url: "https://x/" };

describe("a message's sender", () => {
  test("is one of our pages in a tab, or the popup, which has none", () => {
    const tab = { id: "tandem-id", origin: OWN.origin, frameId: 0, tab: { id: 7 } };
    expect(judgeSender(tab, OWN)).toEqual({ kind: "extension" });
    expect(judgeSender({ id: "tandem-id", origin: OWN.origin }, OWN)).toEqual({ kind: "extension" });
  });

  test("is our script in the top frame of a page, named by the origin that the browser vouches for", () => {
    expect(judgeSender({ ...PAGE, url: "chrome-extension://tandem-id/options.html" }, OWN)).toEqual({
      kind: "page",
      origin: "https://hr.company.vn",
    });
  });

  test.each([
    ["another extension", { ...PAGE, id: "other-id" }],
    ["another extension's page", { id: "other-id", origin: "chrome-extension://other-id" }],
    ["a frame inside a page", { ...PAGE, frameId: 3 }],
    ["our own page inside a page", { id: "tandem-id", origin: OWN.origin, frameId: 2, tab: { id: 7 } }],
    ["a sender without an origin", { id: "tandem-id", frameId: 0, tab: { id: 7 } }],
    ["a sender without a tab", { id: "tandem-id", origin: "https://hr.company.vn", frameId: 0 }],
    ["an opaque origin that names us in its address", { ...PAGE, origin: "null", id: undefined }],
    ["nothing at all", undefined],
  ])("is a stranger: %s", (_name, sender) => {
    expect(judgeSender(sender, OWN)).toEqual({ kind: "stranger" });
  });
});
