import { z } from "zod";

import { ERRORS, type ErrorCode } from "./errors.ts";
import { Problem, ROUTES, type RouteSpec } from "./http.ts";
import { HEADERS, SealedBody } from "./protocol.ts";

type Json = Record<string, unknown>;

/** Refusals that any signed route may answer with. */
const COMMON: readonly ErrorCode[] = [
  "request.host",
  "request.origin",
  "request.content-type",
  "request.invalid",
  "request.malformed",
  "request.too-large",
  "request.rate",
  "pairing.signature-missing",
  "pairing.session-unknown",
  "pairing.bad-signature",
];

/** The OpenAPI 3.1 document of the API, made from `ROUTES` alone. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [id, spec] of Object.entries(ROUTES) as [string, RouteSpec][]) {
    const path = spec.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(id, spec) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Tandem connector", version, description: "Local API of the connector on 127.0.0.1." },
    servers: [{ url: "http://127.0.0.1:8470" }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, "output") },
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: `\`Session <id>\`, with ${HEADERS.sequence} and ${HEADERS.signature}; see contracts/README.md.`,
        },
      },
    },
  };
}

function operation(id: string, spec: RouteSpec): Json {
  const request = spec.sealed === true ? SealedBody : spec.request;
  return {
    operationId: id,
    summary: spec.summary,
    ...(spec.auth === "session" ? { security: [{ session: [] }] } : {}),
    parameters: [...parameters(spec.params, "path"), ...parameters(spec.query, "query")],
    ...(request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: jsonSchema(request, "input"),
                ...(spec.sealed === true && spec.request !== undefined
                  ? { "x-sealed-content": jsonSchema(spec.request, "input") }
                  : {}),
              },
            },
          },
        }),
    responses: responses(spec),
  };
}

function responses(spec: RouteSpec): Json {
  const codes = spec.auth === "session" ? [...spec.errors, ...COMMON] : spec.errors;
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  const problems = statuses.map((status) => [
    String(status),
    {
      description: codes.filter((code) => ERRORS[code].status === status).join(", "),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  ]);
  const success =
    spec.reply === null
      ? { "204": { description: "Done" } }
      : {
          "200": { description: "Done", content: { "application/json": { schema: jsonSchema(spec.reply, "output") } } },
        };
  return { ...success, ...(Object.fromEntries(problems) as Json) };
}

function parameters(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, type]) => ({
    name,
    in: place,
    required: place === "path",
    schema: jsonSchema(type as z.ZodType, "input"),
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const document: Json = { ...z.toJSONSchema(schema, { io, unrepresentable: "any" }) };
  delete document["$schema"];
  return document;
}
