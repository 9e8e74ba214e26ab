import { z } from "zod";

import { type ErrorCode, ERRORS } from "./errors.ts";
import { Problem, ROUTES, type RouteAuth, type RouteSpec } from "./http.ts";
import { HEADERS, SealedBody } from "./protocol.ts";

type Json = Record<string, unknown>;

/** Refusals of the guard, in its order (`browser-and-localhost.md` §9.4). */
const GUARD: readonly ErrorCode[] = [
  "request.host",
  "request.upgrade",
  "request.navigation",
  "request.destination",
  "request.origin",
  "request.origin-missing",
  "request.fetch-site",
];

/** What may be wrong with a body, a query or a path parameter. */
const INPUT: readonly ErrorCode[] = ["request.malformed", "request.invalid", "request.too-large"];

const SIGNATURE: readonly ErrorCode[] = [
  "pairing.signature-missing",
  "pairing.session-unknown",
  "pairing.session-expired",
  "pairing.client-revoked",
  "pairing.bad-signature",
  "pairing.replayed",
  "request.rate",
];

/** Refusals that every route of a kind may answer with, besides those it names itself. */
const BY_AUTH: Readonly<Record<RouteAuth, readonly ErrorCode[]>> = {
  presence: ["pairing.signature-missing"],
  pairing: [],
  "session-open": [],
  session: SIGNATURE,
};

/** Every code a route may answer with, in the order in which the checks come. */
export function errorsOf(spec: RouteSpec): readonly ErrorCode[] {
  const writes = spec.method === "POST" || spec.method === "PUT";
  const takesInput = spec.request !== undefined || spec.params !== undefined || spec.query !== undefined;
  return [
    ...new Set<ErrorCode>([
      ...GUARD,
      ...(writes ? (["request.content-type"] as const) : []),
      ...BY_AUTH[spec.auth],
      ...(takesInput ? INPUT : []),
      ...(spec.sealed === true ? (["pairing.seal-required", "pairing.seal-broken"] as const) : []),
      ...spec.errors,
      "internal.unexpected",
    ]),
  ];
}

/** The OpenAPI 3.1 document of the API, made from `ROUTES` alone. `port` is where this connector listens. */
export function openApiDocument(version: string, port: number): Json {
  const paths: Record<string, Json> = {};
  for (const [id, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const path = spec.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(id, spec) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tandem connector",
      version,
      description: "Local API of the connector on 127.0.0.1, for paired browsers; see contracts/README.md.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: `http://127.0.0.1:${port}` }],
    paths,
    components: { schemas: { Problem: jsonSchema(Problem, "output") }, securitySchemes: SECURITY },
  };
}

const headerKey = (name: string, description: string): Json => ({ type: "apiKey", in: "header", name, description });

const SECURITY = {
  session: headerKey("Authorization", "`Session <id>` of an open session"),
  sequence: headerKey(HEADERS.sequence, "Number of the request within the session, used once"),
  signature: headerKey(HEADERS.signature, "HMAC-SHA256 over method, target, sequence and body, base64"),
};

function operation(id: string, spec: RouteSpec): Json {
  const isSigned = spec.auth === "session";
  return {
    operationId: id,
    summary: spec.summary,
    security: isSigned ? [Object.fromEntries(Object.keys(SECURITY).map((name) => [name, []]))] : [],
    parameters: [...parameters(spec.params, "path"), ...parameters(spec.query, "query")],
    ...(spec.request === undefined ? {} : { requestBody: requestBody(spec, spec.request) }),
    responses: { ...success(spec.reply), ...failures(errorsOf(spec)) },
  };
}

function requestBody(spec: RouteSpec, request: z.ZodType): Json {
  const plain = jsonSchema(request, "input");
  const content =
    spec.sealed === true ? { schema: jsonSchema(SealedBody, "input"), "x-sealed-content": plain } : { schema: plain };
  return { required: true, content: { "application/json": content } };
}

function success(reply: z.ZodType | null): Json {
  if (reply === null) return { "204": { description: "Done" } };
  return { "200": { description: "Done", content: { "application/json": { schema: jsonSchema(reply, "output") } } } };
}

function failures(codes: readonly ErrorCode[]): Json {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [status, failure(codes.filter((code) => ERRORS[code].status === status))]),
  );
}

function failure(codes: readonly ErrorCode[]): Json {
  const schema = {
    allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties: { code: { enum: codes } } }],
  };
  return { description: codes.join(", "), content: { "application/problem+json": { schema } } };
}

/** Parameters as they are after coercion: a number in a query is a number to whoever reads the document. */
function parameters(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = PropertiesOf.parse(jsonSchema(schema, "output"));
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: type,
  }));
}

const PropertiesOf = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const document: Json = { ...z.toJSONSchema(schema, { io, unrepresentable: "any" }) };
  // The document declares the dialect once, for all of its schemas.
  delete document["$schema"];
  return document;
}
