import { sha1 } from "@noble/hashes/legacy.js";
import type { Finding } from "../model/finding.ts";
import type { TriageReport } from "../model/report.ts";
import {
  bareAccount,
  bareAddress,
  ipVersion,
  isHostName,
  timeWithDigits,
} from "./finding-index.ts";
import { inertJson, visibleText } from "./inert-text.ts";

/** STIX 2.1 section 2.9: the namespace of deterministic ids of cyber-observable objects. */
const SCO_NAMESPACE = "00abedb4-aa42-466c-9c01-fed23315a9b7";
/** Ours, for everything else: UUIDv5 of "konseki" in the SCO namespace. Same report, same bundle. */
const SDO_NAMESPACE = uuid5(SCO_NAMESPACE, "konseki");
/** STIX `confidence` for high, medium, low (specification, appendix A). */
const CONFIDENCE = { high: 85, medium: 50, low: 15 } as const;
/** The specification's upper bound of `number_observed` and `count`. */
const MOST_OBSERVED = 999_999_999;

type StixObject = { readonly type: string; readonly id: string } & Readonly<
  Record<string, unknown>
>;

/**
 * A STIX 2.1 bundle: per finding its observed data (accounts, addresses, processes), a note with the
 * statement, and a sighting of each ATT&CK technique. Ids depend on content only.
 */
export function renderStix(report: TriageReport): string {
  const objects = new Map<string, StixObject>();
  const add = (object: StixObject): string => {
    objects.set(object.id, object);
    return object.id;
  };
  const when = stixTime(report.first);
  const identity = add({
    type: "identity",
    spec_version: "2.1",
    id: sdoId("identity", report.tool.name),
    created: stixTime(null),
    modified: stixTime(null),
    name: report.tool.name,
    identity_class: "system",
  });
  for (const finding of report.findings) addFinding(finding, identity, add);
  const bundled = [...objects.values()];
  const content = inertJson(bundled);
  if (report.findings.length > 0) {
    bundled.push({
      type: "grouping",
      spec_version: "2.1",
      id: sdoId("grouping", content),
      created: when,
      modified: when,
      created_by_ref: identity,
      name: `${report.tool.name} ${report.tool.version}`,
      context: "suspicious-activity",
      object_refs: bundled.map((object) => object.id),
    });
  }
  const bundle = { type: "bundle", id: sdoId("bundle", content), objects: bundled };
  return `${inertJson(bundle, 2)}\n`;
}

function addFinding(finding: Finding, identity: string, add: (object: StixObject) => string): void {
  const first = stixTime(finding.first);
  const last = stixTime(finding.last);
  const count = Math.min(Math.max(1, finding.count), MOST_OBSERVED);
  const common = {
    spec_version: "2.1",
    created: first,
    modified: last,
    created_by_ref: identity,
    confidence: CONFIDENCE[finding.confidence],
  };
  const observed = add({
    type: "observed-data",
    ...common,
    id: sdoId("observed-data", finding.id),
    first_observed: first,
    last_observed: last,
    number_observed: count,
    object_refs: observables(finding).map(add),
  });
  add({
    type: "note",
    ...common,
    id: sdoId("note", finding.id),
    abstract: visibleText(finding.title),
    content: visibleText(`${finding.kind}: ${finding.statement}`),
    labels: [finding.kind, finding.severity],
    object_refs: [observed],
  });
  for (const technique of finding.attack) {
    const pattern = add({
      type: "attack-pattern",
      spec_version: "2.1",
      id: sdoId("attack-pattern", technique),
      created: stixTime(null),
      modified: stixTime(null),
      name: technique,
      external_references: [{ source_name: "mitre-attack", external_id: technique }],
    });
    add({
      type: "sighting",
      ...common,
      id: sdoId("sighting", `${finding.id} ${technique}`),
      first_seen: first,
      last_seen: last,
      count,
      sighting_of_ref: pattern,
      observed_data_refs: [observed],
    });
  }
}

/** Never empty: without any entity the hosts stand for themselves, as software-neutral domain names. */
function observables(finding: Finding): StixObject[] {
  const { accounts, addresses, processes } = finding.entities;
  const objects: StixObject[] = [
    ...accounts.map((account) =>
      sco("user-account", { account_login: bareAccount(account), display_name: account }, [
        "account_login",
      ]),
    ),
    ...addresses.flatMap(addressObject),
    ...processes.map(processObject),
    ...finding.hosts.flatMap(addressObject),
  ];
  return objects.length > 0 ? objects : [fileObject(finding)];
}

/** An address, or the name of a host; a name that no domain name system would take is left to the note. */
function addressObject(address: string): StixObject[] {
  const bare = bareAddress(address);
  const version = ipVersion(bare);
  if (version !== undefined) return [sco(`ipv${version}-addr`, { value: bare }, ["value"])];
  return isHostName(address) ? [sco("domain-name", { value: address }, ["value"])] : [];
}

/**
 * The specification gives process no contributing properties and therefore wants a version 4 id: here one whose
 * bits come from the command line, so that the same report stays the same bundle.
 */
function processObject(commandLine: string): StixObject {
  const text = visibleText(commandLine);
  const id = uuid(SDO_NAMESPACE, `process ${text}`, 4);
  return { type: "process", spec_version: "2.1", id: `process--${id}`, command_line: text };
}

/** The log that the finding stands in. */
function fileObject(finding: Finding): StixObject {
  const path = finding.evidence[0]?.file ?? "";
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return sco("file", { name: visibleText(name) || "unknown" }, ["name"]);
}

function sco(
  type: string,
  properties: Readonly<Record<string, string>>,
  contributing: readonly string[],
): StixObject {
  const key = Object.fromEntries(contributing.map((name) => [name, properties[name]!]));
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${uuid5(SCO_NAMESPACE, JSON.stringify(key))}`,
    ...properties,
  };
}

function sdoId(type: string, name: string): string {
  return `${type}--${uuid5(SDO_NAMESPACE, `${type} ${name}`)}`;
}

function stixTime(time: string | null): string {
  return timeWithDigits(time ?? "1970-01-01T00:00:00Z", 3);
}

/** RFC 4122 version 5. */
function uuid5(namespace: string, name: string): string {
  return uuid(namespace, name, 5);
}

function uuid(namespace: string, name: string, version: number): string {
  const encoded = new TextEncoder().encode(name);
  const input = new Uint8Array(16 + encoded.length);
  const hex = namespace.replaceAll("-", "");
  for (let i = 0; i < 16; i++) input[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  input.set(encoded, 16);
  const hash = sha1(input);
  hash[6] = (hash[6]! & 0x0f) | (version << 4);
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const text = [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20, 32].map((end, at) => text.slice([0, 8, 12, 16, 20][at], end)).join("-");
}
