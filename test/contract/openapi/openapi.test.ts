import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";

import { ERRORS } from "@tandem/contracts/errors.ts";
import { ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";
import { errorsOf, openApiDocument } from "@tandem/contracts/openapi.ts";

const Operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() })),
  requestBody: z.object({ content: z.record(z.string(), z.record(z.string(), z.unknown())) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.unknown().optional() })),
});
const Document = z.object({
  openapi: z.literal("3.1.0"),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

const document = openApiDocument("1.2.3", 8471);
const { paths, servers } = Document.parse(document);
const routes: [string, RouteSpec][] = Object.entries(ROUTES);

function operationOf({ path, method }: RouteSpec): z.infer<typeof Operation> {
  const found = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1 by the official schema", async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.stringify(document, null, 1))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("holds every route, and no other", () => {
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids.sort()).toEqual(routes.map(([id]) => id).sort());
  });

  test("names the port this connector listens on", () => {
    expect(servers).toEqual([{ url: "http://127.0.0.1:8471" }]);
  });

  test("refers only to what it holds", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
    expect(new Set(references)).toEqual(new Set(["#/components/schemas/Problem"]));
  });

  test("is the same each time", () => {
    expect(openApiDocument("1.2.3", 8471)).toEqual(document);
  });

  test("stands in no file: it is generated, never written by hand", () => {
    const root = join(import.meta.dirname, "../../..");
    const files = ["contracts", "connector", "test"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }),
    );
    const documents = files.filter((file) => /(openapi|swagger)[^/]*\.(json|ya?ml)$/i.test(file));
    expect(documents).toEqual([]);
  });
});

describe.each(routes)("%s in the document", (_id, spec) => {
  const operation = operationOf(spec);

  test("names every error the route may answer with, under its status", () => {
    for (const code of errorsOf(spec)) {
      expect(operation.responses[String(ERRORS[code].status)]?.description.split(", ")).toContain(code);
    }
    for (const code of spec.errors) expect(errorsOf(spec)).toContain(code);
  });

  test("asks for a signature exactly where the route does", () => {
    const signed = [{ session: [], sequence: [], signature: [] }];
    expect(operation.security).toEqual(spec.auth === "session" ? signed : []);
  });

  test("names its parameters", () => {
    const inPath = [...spec.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const inQuery = Object.keys(spec.query?.shape ?? {});
    expect(operation.parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(inPath);
    expect(operation.parameters.filter((one) => one.in === "query").map(({ name }) => name)).toEqual(inQuery);
    expect(operation.parameters.every((one) => one.required === (one.in === "path"))).toBe(true);
  });

  test("says what goes in and comes out", () => {
    expect(operation.requestBody !== undefined).toBe(spec.request !== undefined);
    expect(operation.responses).toHaveProperty(spec.reply === null ? "204" : "200");
    const sealed = JSON.stringify(operation.requestBody ?? {}).includes("x-sealed-content");
    expect(sealed).toBe(spec.sealed === true);
  });
});
