import { Ajv } from "ajv";
import { expect } from "vitest";

/** Fails with the schema's own words unless `value` is valid; unknown keywords and loose types are errors. */
export function expectValid(schema: object, value: unknown): void {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
  });
  const validate = ajv.compile(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}
