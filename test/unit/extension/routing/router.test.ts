import { describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";
import { type MessageId, MESSAGES } from "@tandem/contracts/messages.ts";

import { createRouter, type Handlers } from "../../../../extension/background/routing/router.ts";

const OWN = { id: "tandem-id", origin: "chrome-extension://tandem-id" };
const OPTIONS = { id: "tandem-id", origin: OWN.origin, frameId: 0, tab: {} };
const HR_PAGE = { id: "tandem-id", origin: "https://hr.company.vn", frameId: 0, tab: {} };
const OTHER_PAGE = { ...HR_PAGE, origin: "https://hr.company.vn:8443" };

/** Handlers that only write down what reached them. */
function recorder(): { handlers: Handlers; heard: [string, unknown, unknown][] } {
  const heard: [string, unknown, unknown][] = [];
  const entries = Object.keys(MESSAGES).map((id) => [
    id,
    (body: unknown, caller: unknown) => {
      heard.push([id, body, caller]);
      return Promise.resolve({});
    },
  ]);
  return { handlers: Object.fromEntries(entries) as Handlers, heard };
}

function route(message: unknown, sender: unknown) {
  const { handlers, heard } = recorder();
  const router = createRouter({
    own: OWN,
    handlers,
    isGranted: (origin) => Promise.resolve(origin === "https://hr.company.vn"),
  });
  return router(message, sender).then((outcome) => ({ outcome, heard }));
}

const refusal = (code: string) => ({ outcome: { ok: false, problem: expect.objectContaining({ code }) }, heard: [] });

describe("the background's router", () => {
  test("hands a page's message to its handler, with defaults filled in and the page's origin", async () => {
    const { outcome, heard } = await route({ type: "pull.start", body: {} }, HR_PAGE);
    expect(outcome.ok).toBe(true);
    expect(heard).toEqual([["pull.start", { terminals: [] }, { origin: "https://hr.company.vn" }]]);
  });

  const forPages = Object.entries(MESSAGES).filter(([, spec]) => spec.from === "extension");
  test.each(forPages.map(([id]) => id as MessageId))("refuses %s from an HR page", async (type) => {
    expect(await route({ type, body: {} }, HR_PAGE)).toEqual(refusal("browser.message-refused"));
  });

  test("refuses a page that only shares the host with an allowed site", async () => {
    expect(await route({ type: "state.get", body: {} }, OTHER_PAGE)).toEqual(refusal("browser.not-granted"));
  });

  test.each([
    ["an unknown message", { type: "fetch", body: { url: "http://127.0.0.1" } }],
    ["an inherited name", { type: "toString", body: {} }],
    ["a message without a type", { body: {} }],
    ["a message without a body", { type: "job.get" }],
    ["a text", "state.get"],
    ["an extra field in the envelope", { type: "state.get", body: {}, as: "extension" }],
  ])("refuses %s", async (_name, message) => {
    expect(await route(message, OPTIONS)).toEqual(refusal("browser.message-refused"));
  });

  test.each([
    ["a field too many", { type: "state.get", body: { url: "http://127.0.0.1" } }],
    ["a wrong type", { type: "job.get", body: { id: 7 } }],
    ["an origin with a path", { type: "sites.add", body: { origin: "https://hr.company.vn/app" } }],
    ["an unknown zone", { type: "site.seen", body: { zone: "Moon/Sea" } }],
  ])("refuses a body with %s", async (_name, message) => {
    expect(await route(message, OPTIONS)).toEqual(refusal("request.invalid"));
  });

  test("answers a handler's error as a problem with its code and details", async () => {
    const { handlers } = recorder();
    const failing: Handlers = {
      ...handlers,
      "state.get": () => Promise.reject(new TandemError("terminal.unknown", { name: "Kho" })),
    };
    const router = createRouter({ own: OWN, handlers: failing, isGranted: () => Promise.resolve(true) });
    expect(await router({ type: "state.get", body: {} }, OPTIONS)).toEqual({
      ok: false,
      problem: {
        type: "urn:tandem:terminal.unknown",
        title: "terminal.unknown",
        status: 404,
        code: "terminal.unknown",
        details: { name: "Kho" },
      },
    });
  });
});
