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
const PACK_VERSION = 3;
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
/** The channels and event ids of a subscription; most readings share theirs with others. */
type Place = Pick<Subscription, "channels" | "eventIds">;
type ReadingRest = Pick<PreparedReading, "triggers"> & Pick<Subscription, "fields">;

interface Eager extends Omit<PreparedRules, "rules" | "readings"> {
  readonly heads: readonly RuleHead[];
  readonly places: readonly Place[];
  /** Of each reading: its rule, source and place. */
  readonly readings: readonly number[];
  /** How many bytes each rule's rest has, then each reading's. */
  readonly lengths: readonly number[];
}

/** `key`: tells what the pack was made of (a hash over the rule files and options), without blanks. */
export function writeRulePack(prepared: PreparedRules, key: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const { rules, readings, ...common } = prepared;
  const rests = [
    ...rules.map((rule) => pick(rule, REST_KEYS)),
    ...readings.map(({ triggers, subscription }): ReadingRest => {
      return { triggers, fields: subscription.fields };
    }),
  ].map((rest) => encoder.encode(JSON.stringify(rest)));
  const places = new Map<string, number>();
  const eager: Eager = {
    ...common,
    heads: rules.map((rule) => pick(rule, HEAD_KEYS) as RuleHead),
    readings: readings.flatMap(({ rule, source, subscription: { channels, eventIds } }) => {
      const text = JSON.stringify({ channels, eventIds });
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      return [rule, source, place];
    }),
    places: [...places.keys()].map((text) => JSON.parse(text) as Place),
    lengths: rests.map((rest) => rest.length),
  };
  const body = [encoder.encode(JSON.stringify(eager)), ...rests];
  return joinBytes([encoder.encode(header(key, body[0]?.length ?? 0, body)), ...body]);
}

/** `undefined`: not such a pack, or damaged. The bytes must not change while the result is in use. */
export function readRulePack(bytes: Uint8Array, key: string): PreparedRules | undefined {
  const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(0x0a);
  const line = decode(bytes.subarray(0, end + 1));
  const eagerLength = Number(line.split(" ")[3]);
  const body = bytes.subarray(end + 1);
  if (end < 0 || !(eagerLength <= body.length) || line !== header(key, eagerLength, [body]))
    return undefined;
  const eager = parse<Eager>(body.subarray(0, eagerLength));
  if (eager === undefined) return undefined;
  const { heads, readings: numbers, places, lengths, ...common } = eager;
  const starts = new Float64Array(lengths.length + 1);
  starts[0] = eagerLength;
  lengths.forEach((length, i) => {
    starts[i + 1] = (starts[i] as number) + length;
  });
  const rests = new Rests(body, starts);
  const readings: PreparedReading[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3)
    readings.push(
      new PackedReading(
        numbers[i] as number,
        numbers[i + 1] as number,
        new PackedSubscription(
          places[numbers[i + 2] as number] as Place,
          rests,
          heads.length + readings.length,
        ),
      ),
    );
  return {
    ...common,
    rules: heads.map((head, i) => new PackedRule(head, rests, i) as unknown as CheckedRule),
    readings,
  };
}

/** What is read when first asked for: each begins at its start and ends at the next one's. */
class Rests {
  readonly #bytes: Uint8Array;
  readonly #starts: Float64Array;

  constructor(bytes: Uint8Array, starts: Float64Array) {
    this.#bytes = bytes;
    this.#starts = starts;
  }

  read<T>(index: number): T {
    return parse<T>(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1])) as T;
  }
}

/** A rule whose rest is read when one of its keys is asked for. */
class PackedRule {
  readonly head: RuleHead;
  readonly #rests: Rests;
  readonly #index: number;
  #read: RuleRest | undefined;

  constructor(head: RuleHead, rests: Rests, index: number) {
    this.head = head;
    this.#rests = rests;
    this.#index = index;
  }

  get rest(): RuleRest {
    this.#read ??= this.#rests.read<RuleRest>(this.#index);
    return this.#read;
  }

  /** The whole rule as a plain object. */
  toJSON(): CheckedRule {
    return { ...this.head, ...this.rest };
  }
}

for (const [part, keys] of [
  ["head", HEAD_KEYS],
  ["rest", REST_KEYS],
] as const)
  for (const key of keys)
    Object.defineProperty(PackedRule.prototype, key, {
      enumerable: true,
      get(this: PackedRule) {
        return (this[part] as Partial<CheckedRule>)[key];
      },
    });

/** What a reading wants; the fields, and with them its triggers, are read when asked for. */
class PackedSubscription implements Subscription {
  readonly channels?: readonly string[];
  readonly eventIds?: readonly number[];
  readonly #rests: Rests;
  readonly #index: number;
  #read: ReadingRest | undefined;

  constructor({ channels, eventIds }: Place, rests: Rests, index: number) {
    if (channels !== undefined) this.channels = channels;
    if (eventIds !== undefined) this.eventIds = eventIds;
    this.#rests = rests;
    this.#index = index;
  }

  get rest(): ReadingRest {
    this.#read ??= this.#rests.read<ReadingRest>(this.#index);
    return this.#read;
  }

  get fields(): Subscription["fields"] {
    return this.rest.fields;
  }

  toJSON(): Subscription {
    const { channels, eventIds, fields } = this;
    return { ...(channels && { channels }), ...(eventIds && { eventIds }), fields };
  }
}

class PackedReading implements PreparedReading {
  readonly rule: number;
  readonly source: number;
  readonly subscription: PackedSubscription;

  constructor(rule: number, source: number, subscription: PackedSubscription) {
    this.rule = rule;
    this.source = source;
    this.subscription = subscription;
  }

  get triggers(): PreparedReading["triggers"] {
    return this.subscription.rest.triggers;
  }

  toJSON(): PreparedReading {
    const { rule, source, subscription, triggers } = this;
    return { rule, source, subscription, triggers };
  }
}

function header(key: string, eagerLength: number, body: readonly Uint8Array[]): string {
  let sum = 0;
  let length = 0;
  for (const part of body) {
    sum = platform.crc32(part, 0, part.length, sum);
    length += part.length;
  }
  return `konseki-rules ${PACK_VERSION} ${key} ${eagerLength} ${length} ${sum.toString(16)}\n`;
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

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
