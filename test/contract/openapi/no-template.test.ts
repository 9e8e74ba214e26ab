import { describe, expect, test } from "@jest/globals";
import { z } from "zod";

import { type RouteId, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";

/** A place in a schema: the route, then the properties that lead there. */
interface Place {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const Schema = z.record(z.string(), z.unknown());
const Properties = z.record(z.string(), Schema);

/** Signed routes: pairing and sessions exchange keys in base64, before there is anything to tell. */
const routes = Object.entries<RouteSpec>(ROUTES).filter(([, { auth }]) => auth === "session");

const places = routes.flatMap(([id, { params, query, request, reply }]) =>
  [params, query, request, reply].flatMap((schema) =>
    schema === undefined || schema === null
      ? []
      : placesIn({ path: id, schema: z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) }),
  ),
);

function placesIn({ path, schema }: Place): readonly Place[] {
  const properties = Object.entries(Properties.parse(schema["properties"] ?? {}));
  const inner = [schema["items"], schema["additionalProperties"], ...branches(schema)].flatMap((one) => {
    const { data } = Schema.safeParse(one);
    return data === undefined ? [] : [data];
  });
  return [
    { path, schema },
    ...properties.flatMap(([name, property]) => placesIn({ path: `${path}.${name}`, schema: property })),
    ...inner.flatMap((one) => placesIn({ path, schema: one })),
  ];
}

function branches(schema: Place["schema"]): readonly unknown[] {
  return ["anyOf", "oneOf", "allOf"].flatMap((key) => z.array(z.unknown()).parse(schema[key] ?? []));
}

const pathsOf = (found: readonly Place[]): readonly string[] => [...new Set(found.map(({ path }) => path))].sort();

describe("A template crosses the API in neither direction:", () => {
  test("no field has a template's name", () => {
    const named = places.filter(({ path }) => /template|minutiae|biometric|bytes|blob|digest|base64/i.test(path));
    expect(pathsOf(named)).toEqual([]);
  });

  test("no field holds bytes as text", () => {
    const encoded = places.filter(
      ({ schema }) =>
        "contentEncoding" in schema || /base64|byte|binary|hex/i.test(String(schema["format"] ?? schema["pattern"])),
    );
    expect(pathsOf(encoded)).toEqual([]);
  });

  test("no field holds bytes as numbers; fingers are slots from 0 to 9", () => {
    const Numbers = z.object({ items: z.object({ type: z.enum(["integer", "number"]) }) });
    const lists = places.filter(({ schema }) => Numbers.safeParse(schema).success);
    expect(pathsOf(lists)).toEqual(["plans.get.items.fingers"]);
    expect(lists.map(({ schema }) => schema["items"])).toEqual([{ type: "integer", minimum: 0, maximum: 9 }]);
  });

  test("only details and results are open, and they are told of as codes", () => {
    const open = places.filter(({ schema }) => {
      const rest = Schema.safeParse(schema["additionalProperties"]);
      return rest.success && Object.keys(rest.data).length === 0;
    });
    const known: readonly RouteId[] = ["openapi.get"];
    const ends = pathsOf(open).filter((path) => !known.some((id) => id === path));
    expect([...new Set(ends.map((path) => path.split(".").at(-1)))].sort()).toEqual(["details", "result"]);
  });
});
