import { type Request, Router } from "express";

import { TandemError } from "@tandem/contracts/errors.ts";
import { type RouteId, type RouteParsed, type RouteReply, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";
import { openApiDocument } from "@tandem/contracts/openapi.ts";
import { SealedBody, sealText } from "@tandem/contracts/protocol.ts";

import { parseJson } from "../platform/parse-json.ts";
import { validated } from "../platform/validated.ts";

import { sendReply } from "./answer.ts";
import type { SignedResponse } from "./api-app.ts";
import type { Clients } from "./clients.ts";
import { unseal } from "./keys.ts";
import type { Caller, RouteHandler, RouteHandlers, SessionRouteId } from "./route-handlers.ts";
import type { Claim } from "./signed-request.ts";

type SessionHandlers = { readonly [Id in SessionRouteId]: RouteHandler<Id> };

export interface SessionRouteDeps {
  readonly handlers: RouteHandlers;
  readonly clients: Clients;
  readonly version: string;
  readonly port: () => number;
}

/** Every route that needs a signed request, behind the verification that `api-app.ts` has done. */
export function sessionRoutes({ handlers, clients, version, port }: SessionRouteDeps): Router {
  const all: SessionHandlers = {
    ...handlers,
    "openapi.get": () => Promise.resolve(openApiDocument(version, port())),
    "client.get": (_input, { clientId }) => {
      const client = clients.list().find((one) => one.clientId === clientId);
      return client === undefined ? Promise.reject(new TandemError("pairing.client-unknown")) : Promise.resolve(client);
    },
  };
  const router = Router({ caseSensitive: true, strict: true });
  for (const id of Object.keys(ROUTES)) if (isSessionRoute(id)) mount(router, id, all[id]);
  for (const path of new Set(Object.values(ROUTES).map((spec) => spec.path))) {
    router.all(path, (request) => {
      throw new TandemError("request.method", { method: request.method });
    });
  }
  router.use(() => {
    throw new TandemError("request.not-found");
  });
  return router;
}

function mount<Id extends SessionRouteId>(router: Router, id: Id, handler: RouteHandler<Id>): void {
  const spec: RouteSpec = ROUTES[id];
  const methods = { GET: "get", POST: "post", PUT: "put", DELETE: "delete" } as const;
  router[methods[spec.method]](spec.path, async (request, response: SignedResponse, next) => {
    // Express serves HEAD with the routes of GET.
    if (request.method !== spec.method) {
      next();
      return;
    }
    const { claim, body } = response.locals;
    const reply: RouteReply<Id> = await handler(readInput<Id>(spec, request, claim, body), callerOf(claim));
    // Parsing drops what the contract does not name, so that nothing leaves by accident.
    sendReply(response, spec.reply === null ? undefined : spec.reply.parse(reply), claim);
  });
}

function readInput<Id extends RouteId>(spec: RouteSpec, request: Request, claim: Claim, body: Buffer): RouteParsed<Id> {
  const input = {
    params: spec.params === undefined ? undefined : validated(spec.params, request.params),
    query: spec.query === undefined ? undefined : validated(spec.query, { ...request.query }),
    body:
      spec.request === undefined
        ? undefined
        : validated(spec.request, jsonBody(spec, request.originalUrl, claim, body)),
  };
  // Each part was parsed by the schema that RouteParsed<Id> is inferred from.
  return input as RouteParsed<Id>;
}

function jsonBody(spec: RouteSpec, target: string, { session, sequence }: Claim, body: Buffer): unknown {
  const json = parseJson(body);
  if (spec.sealed !== true) return json;
  const sealed = SealedBody.safeParse(json);
  if (!sealed.success) throw new TandemError("pairing.seal-required");
  const plain = unseal(session.keys.seal, sealText(spec.method, target, sequence), sealed.data);
  if (plain === null) throw new TandemError("pairing.seal-broken");
  return parseJson(plain);
}

function callerOf({ session: { clientId, origin } }: Claim): Caller {
  return { clientId, origin };
}

function isSessionRoute(id: string): id is SessionRouteId {
  return Object.hasOwn(ROUTES, id) && ROUTES[id as RouteId].auth === "session";
}
