import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import { FrappeClient } from "../../../connector/hr/frappe/client.ts";
import { fastClock } from "../../support/fast-clock.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const clientTo = (origin: string, largestAnswer?: number) =>
  new FrappeClient({
    origin: HrSiteOrigin.parse(origin),
    credentials: { key: "key", secret: "secret" },
    clock: fastClock(),
    ...(largestAnswer === undefined ? {} : { largestAnswer }),
  });

const json =
  (body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };

describe("a redirect", () => {
  test("within the site is followed for a read", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/api/new") {
        json({ data: 1 })(request, response);
        return;
      }
      response.writeHead(301, { Location: "/api/new" });
      response.end();
    });
    expect((await clientTo(origin).get("/api/old")).body).toEqual({ data: 1 });
  });

  test("to another origin is refused, and the secret is not sent there", async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      json({ data: 1 })(request, response);
    });
    const origin = await serve((_, response) => {
      response.writeHead(301, { Location: `${other}/api/x` });
      response.end();
    });
    await expect(clientTo(origin).get("/api/x")).rejects.toMatchObject({ code: "hr.moved", details: { to: other } });
    expect(seen).toEqual([]);
  });

  test("of a write is refused, because it would drop what is written", async () => {
    const origin = await serve((_, response) => {
      response.writeHead(301, { Location: "/api/y" });
      response.end();
    });
    await expect(clientTo(origin).post("/api/x", {})).rejects.toMatchObject({ code: "hr.moved" });
  });

  test("that goes in circles is given up", async () => {
    const origin = await serve((_, response) => {
      response.writeHead(302, { Location: "/api/x" });
      response.end();
    });
    await expect(clientTo(origin).get("/api/x")).rejects.toMatchObject({ code: "hr.not-frappe" });
  });
});

describe("an answer", () => {
  test("that is larger than any real one is given up", async () => {
    const origin = await serve(json({ data: "x".repeat(100_000) }));
    await expect(clientTo(origin, 50_000).get("/api/x")).rejects.toMatchObject({ code: "hr.server-error" });
  });

  test("that is a page, or JSON that is no object, is not Frappe's", async () => {
    for (const text of ["<html>Sign in</html>", "[]", '"ok"', ""]) {
      const origin = await serve((_, response) => response.end(text));
      await expect(clientTo(origin).get("/api/x")).rejects.toMatchObject({ code: "hr.not-frappe" });
    }
  });

  test("that never comes is a time-out", async () => {
    const origin = await serve(() => undefined);
    await expect(clientTo(origin).get("/api/x")).rejects.toMatchObject({ code: "hr.timeout" });
  });

  test("that sets cookies leaves none behind", async () => {
    const cookies: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      response.setHeader("Set-Cookie", ["sid=abc; Path=/", "user_id=x"]);
      json({ data: 1 })(request, response);
    });
    const client = clientTo(origin);
    await client.get("/api/x");
    await client.post("/api/x", {});
    expect(cookies).toEqual([undefined, undefined]);
  });
});

describe("a client", () => {
  test("sends one request at a time", async () => {
    let open = 0;
    let most = 0;
    const origin = await serve((request, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        json({ data: 1 })(request, response);
      });
    });
    const client = clientTo(origin);
    await Promise.all([client.get("/a"), client.post("/b", {}), client.delete("/c"), client.get("/d")]);
    expect(most).toBe(1);
  });

  test("that is stopped says so, and that the site may have done it", async () => {
    const stop = new AbortController();
    const origin = await serve(() => stop.abort());
    await expect(clientTo(origin).post("/api/x", {}, stop.signal)).rejects.toMatchObject({
      code: "hr.stopped",
      details: { sent: true },
    });
    await expect(clientTo(origin).post("/api/x", {}, stop.signal)).rejects.toMatchObject({
      code: "hr.stopped",
      details: {},
    });
  });

  test("goes on after a request that failed", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/bad") return response.destroy();
      json({ data: 1 })(request, response);
    });
    const client = clientTo(origin);
    const [bad, good] = await Promise.allSettled([client.get("/bad"), client.get("/good")]);
    expect(bad).toMatchObject({ status: "rejected", reason: { code: "hr.unreachable" } });
    expect(good.status).toBe("fulfilled");
  });

  test("does not take an answer without TLS for an https site", async () => {
    const tls = await serve((_, response) => response.end());
    await expect(clientTo(tls.replace("http:", "https:")).get("/api/x")).rejects.toMatchObject({
      code: "hr.certificate",
    });
  });
});
