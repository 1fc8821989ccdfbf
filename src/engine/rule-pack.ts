/**
 * Prepared rules as one run of bytes for a cache: a start with thousands of rules reads it instead of the rule
 * files. What routing needs is read at once; a rule's text and its triggers only when an event asks for them.
 *
 *     konseki-rules VERSION KEY EAGER-BYTES ALL-BYTES CRC32\n  eager JSON  one JSON per rule, then per reading
 *
 * A pack is never trusted: another version, another key, a wrong length or sum, and it is as if it were not
 * there, so that the caller prepares the rules anew.
 */
import { platform } from "../base/platform.ts";
import type { Subscription } from "../model/subscription.ts";
import type { CheckedRule } from "../rules/checked-rule.ts";
import type { PreparedReading, PreparedRules } from "./prepare-rules.ts";

/** Changes whenever the checked form or the meaning of a prepared rule does. */
const PACK_VERSION = 2;
const MAX_HEADER_BYTES = 512;

/** What is known of a rule at once. */
const HEAD_KEYS = ["id", "title", "source", "line", "level", "logsource", "generate"] as const;
/** What is read when first asked for. */
const REST_KEYS = [
  "name",
  "status",
  "description",
  "author",
  "date",
  "modified",
  "license",
  "references",
  "tags",
  "attack",
  "falsePositives",
  "fields",
  "details",
  "konseki",
  "tuned",
  "selections",
  "condition",
] as const satisfies readonly Exclude<keyof CheckedRule, (typeof HEAD_KEYS)[number]>[];

type RuleHead = Pick<CheckedRule, (typeof HEAD_KEYS)[number]>;
type RuleRest = Omit<CheckedRule, (typeof HEAD_KEYS)[number]>;

interface Eager extends Omit<PreparedRules, "rules" | "readings"> {
  readonly heads: readonly RuleHead[];
  readonly readings: readonly EagerReading[];
  /** How many bytes each rule's rest has, then each reading's. */
  readonly lengths: readonly number[];
}

interface EagerReading {
  readonly rule: number;
  readonly source: number;
  readonly channels?: readonly string[];
  readonly eventIds?: readonly number[];
}

type ReadingRest = Pick<PreparedReading, "triggers"> & Pick<Subscription, "fields">;

/** `key`: tells what the pack was made of (a hash over the rule files and options), without blanks. */
export function writeRulePack(prepared: PreparedRules, key: string): Uint8Array {
  const encoder = new TextEncoder();
  const { rules, readings, ...common } = prepared;
  const rests = [
    ...rules.map((rule) => pick(rule, REST_KEYS)),
    ...readings.map(({ triggers, subscription }): ReadingRest => {
      return { triggers, fields: subscription.fields };
    }),
  ].map((rest) => encoder.encode(JSON.stringify(rest)));
  const eager: Eager = {
    ...common,
    heads: rules.map((rule) => pick(rule, HEAD_KEYS) as RuleHead),
    readings: readings.map(({ rule, source, subscription: { channels, eventIds } }) => ({
      rule,
      source,
      ...(channels === undefined ? {} : { channels }),
      ...(eventIds === undefined ? {} : { eventIds }),
    })),
    lengths: rests.map((rest) => rest.length),
  };
  const body = joinBytes([encoder.encode(JSON.stringify(eager)), ...rests]);
  const eagerLength = body.length - eager.lengths.reduce((sum, length) => sum + length, 0);
  return joinBytes([encoder.encode(header(key, eagerLength, body)), body]);
}

/** `undefined`: not such a pack, or damaged. The bytes must not change while the result is in use. */
export function readRulePack(bytes: Uint8Array, key: string): PreparedRules | undefined {
  const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(0x0a);
  const line = decode(bytes.subarray(0, end + 1));
  const eagerLength = Number(line.split(" ")[3]);
  const body = bytes.subarray(end + 1);
  if (end < 0 || !(eagerLength <= body.length) || line !== header(key, eagerLength, body))
    return undefined;
  const eager = parse<Eager>(body.subarray(0, eagerLength));
  if (eager === undefined) return undefined;
  const { heads, readings, lengths, ...common } = eager;
  let at = eagerLength;
  const rests = lengths.map((length) => {
    at += length;
    return body.subarray(at - length, at);
  });
  return {
    ...common,
    rules: heads.map(
      (head, i) => new PackedRule(head, rests[i] as Uint8Array) as unknown as CheckedRule,
    ),
    readings: readings.map((reading, i) =>
      packedReading(reading, rests[heads.length + i] as Uint8Array),
    ),
  };
}

/** A rule whose rest is read when one of its keys is asked for. */
class PackedRule {
  readonly #rest: Uint8Array;
  #read: RuleRest | undefined;

  constructor(head: RuleHead, rest: Uint8Array) {
    Object.assign(this, head);
    this.#rest = rest;
  }

  rest(): RuleRest {
    this.#read ??= parse<RuleRest>(this.#rest) as RuleRest;
    return this.#read;
  }

  /** The whole rule as a plain object. */
  toJSON(): CheckedRule {
    return { ...(this as unknown as RuleHead), ...this.rest() };
  }
}

for (const key of REST_KEYS)
  Object.defineProperty(PackedRule.prototype, key, {
    enumerable: true,
    get(this: PackedRule) {
      return this.rest()[key];
    },
  });

function packedReading(eager: EagerReading, bytes: Uint8Array): PreparedReading {
  const { rule, source, channels, eventIds } = eager;
  let read: ReadingRest | undefined;
  const rest = (): ReadingRest => {
    read ??= parse<ReadingRest>(bytes) as ReadingRest;
    return read;
  };
  const subscription: Subscription = {
    ...(channels === undefined ? {} : { channels }),
    ...(eventIds === undefined ? {} : { eventIds }),
    get fields() {
      return rest().fields;
    },
  };
  return {
    rule,
    source,
    subscription,
    get triggers() {
      return rest().triggers;
    },
  };
}

function header(key: string, eagerLength: number, body: Uint8Array): string {
  const sum = platform.crc32(body, 0, body.length, 0);
  return `konseki-rules ${PACK_VERSION} ${key} ${eagerLength} ${body.length} ${sum.toString(16)}\n`;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parse<T>(bytes: Uint8Array): T | undefined {
  try {
    return JSON.parse(decode(bytes)) as T;
  } catch {
    return undefined;
  }
}

function pick<T extends object, K extends keyof T>(object: T, keys: readonly K[]): Partial<T> {
  const picked: Partial<T> = {};
  for (const key of keys) if (object[key] !== undefined) picked[key] = object[key];
  return picked;
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
