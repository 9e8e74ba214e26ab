/** What the guard has to say: `authenticate` = it passes on to the signature, which a recorded request does not have. */
export type Expected = "authenticate" | 403 | 415 | 421;

export interface RecordedRequest {
  readonly name: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** Error code of a refusal. */
  readonly code: string;
  /** A route the request was recorded against; any other gets the same verdict. */
  readonly path: string;
}

const AUTHENTICATE = { expected: "authenticate", code: "pairing.signature-missing" } as const;
const fetched = (site: string, mode = "cors", dest = "empty"): Record<string, string> => ({
  "Sec-Fetch-Site": site,
  "Sec-Fetch-Mode": mode,
  "Sec-Fetch-Dest": dest,
});

/**
 * The 15 header sets recorded from Chromium 156 and Firefox 153 ESR, with their verdicts (`browser-and-localhost.md` §9.4).
 * `paired` is the origin of a paired extension, `stranger` that of another one.
 */
export function recordedRequests(port: number, paired: string, stranger: string): readonly RecordedRequest[] {
  const Host = `127.0.0.1:${port}`;
  const json = { "Content-Type": "application/json" };
  const status = { path: "/v1/status", method: "GET" };
  const jobs = { path: "/v1/jobs", method: "POST" };
  return [
    {
      name: "Chromium worker GET, host permission",
      ...status,
      headers: { Host, ...fetched("none") },
      ...AUTHENTICATE,
    },
    {
      name: "Chromium worker POST json, host permission",
      ...jobs,
      headers: { Host, Origin: paired, ...fetched("none"), ...json },
      ...AUTHENTICATE,
    },
    {
      name: "Chromium worker GET, no host permission",
      ...status,
      headers: { Host, Origin: paired, ...fetched("cross-site") },
      ...AUTHENTICATE,
    },
    {
      name: "Firefox event page GET",
      ...status,
      headers: { Host, ...fetched("same-origin") },
      ...AUTHENTICATE,
    },
    {
      name: "Firefox event page PUT jpeg",
      path: "/v1/jobs/7/photos/HR-EMP-00001",
      method: "PUT",
      headers: { Host, Origin: paired, ...fetched("same-origin"), "Content-Type": "image/jpeg" },
      ...AUTHENTICATE,
    },
    {
      name: "page fetch with no-cors",
      ...status,
      headers: { Host, ...fetched("cross-site", "no-cors") },
      expected: 403,
      code: "request.fetch-site",
    },
    {
      name: "page <img>",
      ...status,
      headers: { Host, ...fetched("cross-site", "no-cors", "image") },
      expected: 403,
      code: "request.destination",
    },
    {
      name: "content-script fetch",
      ...status,
      headers: { Host, Origin: "https://hr.example:8443", ...fetched("cross-site") },
      expected: 403,
      code: "request.origin",
    },
    {
      name: "top-level form POST",
      ...jobs,
      headers: {
        Host,
        Origin: "null",
        ...fetched("cross-site", "navigate", "document"),
        "Content-Type": "application/x-www-form-urlencoded",
      },
      expected: 403,
      code: "request.navigation",
    },
    {
      name: "unpaired extension POST",
      ...jobs,
      headers: { Host, Origin: stranger, ...fetched("none"), ...json },
      expected: 403,
      code: "request.origin",
    },
    {
      name: "another local page, GET",
      ...status,
      headers: { Host, ...fetched("same-site") },
      expected: 403,
      code: "request.fetch-site",
    },
    {
      name: "text/plain simple POST from a paired Origin",
      ...jobs,
      headers: { Host, Origin: paired, ...fetched("none"), "Content-Type": "text/plain;charset=UTF-8" },
      expected: 415,
      code: "request.content-type",
    },
    {
      name: "old browser without fetch metadata, GET",
      ...status,
      headers: { Host },
      expected: 403,
      code: "request.fetch-site",
    },
    {
      name: "DNS-rebound page, GET",
      ...status,
      headers: { Host: `evil.example:${port}`, ...fetched("same-origin") },
      expected: 421,
      code: "request.host",
    },
    {
      name: "alias",
      ...status,
      headers: { Host: `localhost:${port}`, ...fetched("none") },
      expected: 421,
      code: "request.host",
    },
  ];
}
