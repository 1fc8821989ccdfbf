import { createRequire } from "node:module";
import { expect } from "vitest";
import { ipVersion } from "../../src/report/finding-index.ts";

interface EcsField {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly required?: boolean;
  readonly allowed_values?: readonly { readonly name: string }[];
}

/** Elastic's own list of all fields. */
const { EcsFlat } = createRequire(import.meta.url)("@elastic/ecs/build/commonjs/ecs_flat.js") as {
  readonly EcsFlat: Readonly<Record<string, EcsField>>;
};

/** Not ECS itself: Winlogbeat's exported fields and our own object. */
const CUSTOM = /^(?:winlog|konseki)\./;

const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  keyword: (value) => typeof value === "string" && value !== "",
  match_only_text: (value) => typeof value === "string",
  long: Number.isSafeInteger,
  ip: (value) => typeof value === "string" && ipVersion(value) !== undefined,
  date: (value) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
};

/** Fails unless every field of the document is ECS's, of its type, and one of its values where it has a list. */
export function expectEcs(document: object): void {
  const leaves = [...leavesOf(document, "")].filter(([name]) => !CUSTOM.test(name));
  for (const [name, value] of leaves) {
    const field = EcsFlat[name];
    expect(field, `${name} is no field of ECS`).toBeDefined();
    expect(Array.isArray(value), `${name} as a list`).toBe(field!.normalize.includes("array"));
    for (const each of [value].flat()) {
      expect(TYPE_TESTS[field!.type]?.(each), `${name}: ${each} as ${field!.type}`).toBe(true);
      const allowed = field!.allowed_values?.map((one) => one.name);
      if (allowed !== undefined && allowed.length > 0) expect(allowed).toContain(each);
    }
  }
  const names = new Set(leaves.map(([name]) => name));
  const required = Object.keys(EcsFlat).filter((name) => EcsFlat[name]!.required === true);
  expect(required.filter((name) => !names.has(name) && !name.includes("."))).toEqual([]);
  expect(names.has("ecs.version")).toBe(true);
}

function* leavesOf(value: object, prefix: string): Generator<[name: string, value: unknown]> {
  for (const [key, member] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (member !== null && typeof member === "object" && !Array.isArray(member)) {
      yield* leavesOf(member, name);
    } else yield [name, member];
  }
}
