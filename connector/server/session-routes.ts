import { Router } from "express";

import { TandemError } from "@tandem/contracts/errors.ts";
import { type RouteId, type RouteParsed, type RouteReply, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";
import { openApiDocument } from "@tandem/contracts/openapi.ts";
import { SealedBody, sealText } from "@tandem/contracts/protocol.ts";

import { sendReply } from "./answer.ts";
import type { SignedResponse } from "./api-app.ts";
import type { Clients } from "./clients.ts";
import { unseal } from "./keys.ts";
import { parseJson } from "./read-body.ts";
import type { Caller, RouteHandler, RouteHandlers, SessionRouteId } from "./route-handlers.ts";
import type { Claim } from "./signed-request.ts";
import { validated } from "./validate.ts";

type SessionHandlers = { readonly [Id in SessionRouteId]: RouteHandler<Id> };

/** Every route that needs a signed request, behind the verification that `api-app.ts` has done. */
export function sessionRoutes(handlers: RouteHandlers, clients: Clients, version: string): Router {
  const all: SessionHandlers = {
    ...handlers,
    "openapi.get": () => Promise.resolve(openApiDocument(version)),
    "client.get": (_input, caller) => {
      const client = clients.list().find(({ clientId }) => clientId === caller.clientId);
      if (client === undefined) return Promise.reject(new TandemError("pairing.client-unknown"));
      return Promise.resolve(client);
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
  const method = spec.method.toLowerCase() as "get" | "post" | "put" | "delete";
  router[method](spec.path, async (request, response: SignedResponse) => {
    const { claim, body } = response.locals;
    const input = {
      params: part(spec.params, request.params, "params"),
      query: part(spec.query, request.query, "query"),
      body:
        spec.request === undefined
          ? undefined
          : validated(spec.request, jsonBody(spec, request.originalUrl, claim, body)),
    };
    // Each part was parsed by the schema that RouteParsed<Id> is inferred from.
    const reply: RouteReply<Id> = await handler(input as RouteParsed<Id>, callerOf(claim));
    sendReply(response, reply, claim);
  });
}

function part(schema: RouteSpec["params"], value: unknown, name: string): unknown {
  if (schema === undefined) return undefined;
  return validated(schema, typeof value === "object" && value !== null ? { ...value } : { [name]: value });
}

function jsonBody(spec: RouteSpec, target: string, claim: Claim, body: Buffer): unknown {
  const json = parseJson(body);
  if (spec.sealed !== true) return json;
  const sealed = SealedBody.safeParse(json);
  if (!sealed.success) throw new TandemError("pairing.seal-required");
  const plain = unseal(claim.session.keys.seal, sealText(spec.method, target, claim.sequence), sealed.data);
  if (plain === null) throw new TandemError("pairing.seal-broken");
  return parseJson(plain);
}

function callerOf({ session }: Claim): Caller {
  return { clientId: session.clientId, origin: session.origin, label: session.label };
}

function isSessionRoute(id: string): id is SessionRouteId {
  return id in ROUTES && ROUTES[id as RouteId].auth === "session";
}
