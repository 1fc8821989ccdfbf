import { describe, expect, it } from "vitest";
import { renderStix } from "../../src/report/stix.ts";
import { expectInert } from "../support/inert.ts";
import { expectValid } from "../support/json-schema.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const text = { type: "string", minLength: 1 };
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$" };
const UUID5 = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const UUID4 = UUID5.replace("-5", "-4");
const ref = { type: "string", pattern: `^(?:process--${UUID4}|[a-z0-9-]+--${UUID5})$` };
const refs = { type: "array", items: ref, minItems: 1 };
const count = { type: "integer", minimum: 1, maximum: 999_999_999 };
function kind(type: string, required: string[], properties: object) {
  return {
    type: "object",
    required: ["type", "id", "spec_version", ...required],
    additionalProperties: false,
    properties: {
      type: { const: type },
      spec_version: { const: "2.1" },
      id: { type: "string", pattern: `^${type}--${type === "process" ? UUID4 : UUID5}$` },
      ...properties,
    },
  };
}
function domain(type: string, required: string[], properties: object) {
  return kind(type, ["created", "modified", ...required], {
    created: time,
    modified: time,
    created_by_ref: ref,
    confidence: { type: "integer", minimum: 0, maximum: 100 },
    labels: { type: "array", items: text, minItems: 1 },
    ...properties,
  });
}

/** The object types of STIX 2.1 that the bundle uses, re-typed from the OASIS specification. */
const KINDS: Record<string, object> = {
  identity: domain("identity", ["name"], { name: text, identity_class: { const: "system" } }),
  "observed-data": domain(
    "observed-data",
    ["first_observed", "last_observed", "number_observed", "object_refs"],
    { first_observed: time, last_observed: time, number_observed: count, object_refs: refs },
  ),
  note: domain("note", ["content", "object_refs"], {
    abstract: text,
    content: text,
    object_refs: refs,
  }),
  "attack-pattern": domain("attack-pattern", ["name"], {
    name: text,
    external_references: {
      type: "array",
      items: {
        type: "object",
        required: ["source_name"],
        properties: { source_name: text, external_id: text },
        additionalProperties: false,
      },
    },
  }),
  sighting: domain("sighting", ["sighting_of_ref"], {
    first_seen: time,
    last_seen: time,
    count,
    sighting_of_ref: ref,
    observed_data_refs: refs,
  }),
  grouping: domain("grouping", ["context", "object_refs"], {
    name: text,
    context: { const: "suspicious-activity" },
    object_refs: refs,
  }),
  "user-account": kind("user-account", [], { account_login: text, display_name: text }),
  "domain-name": kind("domain-name", ["value"], { value: text }),
  "ipv4-addr": kind("ipv4-addr", ["value"], { value: text }),
  "ipv6-addr": kind("ipv6-addr", ["value"], { value: text }),
  process: kind("process", [], { command_line: text }),
  file: kind("file", ["name"], { name: text }),
};

function readBundle(json: string) {
  const bundle = JSON.parse(json);
  expect(Object.keys(bundle)).toEqual(["type", "id", "objects"]);
  const ids = new Set(bundle.objects.map((object: { id: string }) => object.id));
  expect(ids.size).toBe(bundle.objects.length);
  for (const object of bundle.objects) {
    expectValid(KINDS[object.type]!, object);
    const named = Object.entries(object).flatMap(([name, value]) =>
      name.endsWith("_ref") ? [value] : name.endsWith("_refs") ? (value as unknown[]) : [],
    );
    for (const id of named) expect(ids.has(id)).toBe(true);
  }
  return bundle.objects as { type: string; id: string; value?: string }[];
}

describe("STIX export", () => {
  it("is a valid bundle in which every reference has its object", () => {
    const objects = readBundle(renderStix(sampleReport(8, 0)));
    expect(objects.filter((object) => object.type === "observed-data")).toHaveLength(8);
    expect(objects.filter((object) => object.type === "sighting")).toHaveLength(10);
  });

  it("gives an address the id that the specification prescribes", () => {
    // UUIDv5 of {"value":"10.1.0.11"} in the namespace of STIX 2.1 section 2.9.
    const address = readBundle(renderStix(sampleReport(1, 0))).find((o) => o.type === "ipv4-addr");
    expect(address).toMatchObject({
      id: "ipv4-addr--c83e1dc1-c901-50e4-9728-7d5d1469952b",
      value: "10.1.0.11",
    });
  });

  it("names addresses as STIX does, and no host that has no domain name", () => {
    const report = sampleReport(1, 0);
    const entities = {
      accounts: [],
      processes: [],
      addresses: ["fe80::1%10", "::ffff:10.4.0.44", "SRV_01", "srv-01.corp.example"],
    };
    const findings = [{ ...report.findings[0]!, hosts: ["WS 01"], entities }];
    const values = readBundle(renderStix({ ...report, findings })).flatMap((o) => o.value ?? []);
    expect(values).toEqual(["fe80::1", "10.4.0.44", "srv-01.corp.example"]);
    const nameless = [{ ...findings[0]!, entities: { ...entities, addresses: [] } }];
    expect(readBundle(renderStix({ ...report, findings: nameless })).map((o) => o.type)).toContain(
      "file",
    );
  });

  it("gives the same bytes for the same report", () => {
    expect(renderStix(sampleReport(8, 0))).toBe(renderStix(sampleReport(8, 0)));
    expect(renderStix(sampleReport(8, 0))).not.toBe(renderStix(sampleReport(7, 0)));
  });

  it("is a bundle even when nothing was found", () => {
    expect(readBundle(renderStix(sampleReport(0, 0))).map((o) => o.type)).toEqual(["identity"]);
  });

  it("keeps hostile strings inert", () => {
    const json = renderStix(hostileReport());
    expectInert(json);
    readBundle(json);
  });
});
