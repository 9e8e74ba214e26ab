import { format, inspect } from "node:util";

import { expect, it } from "@jest/globals";
import { pino } from "pino";

import { Secret } from "../../../connector/vault/secret.ts";

const secret = new Secret("s3cr3t");

it("gives a secret out to whoever asks for it by name", () => {
  expect(secret.reveal()).toBe("s3cr3t");
});

it.each([
  ["serialised", () => JSON.stringify({ deep: [{ secret }] })],
  ["inspected", () => inspect({ secret }, { depth: 9, showHidden: true })],
  ["formatted", () => format("%s %o %j", secret, secret, secret)],
  ["put into a text", () => String(secret)],
  ["copied", () => JSON.stringify(Object.entries(secret))],
  [
    "logged",
    () => {
      let line = "";
      pino({}, { write: (written: string) => (line = written) }).info({ secret }, "text");
      return line;
    },
  ],
])("shows nothing of a secret that is %s", (_, show) => {
  expect(show()).not.toContain("s3cr3t");
});
