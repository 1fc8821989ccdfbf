/** A YAML value that still knows where it stands, so that every message can name a line. */
export interface Place {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface LocatedEntry {
  readonly key: string;
  readonly at: Place;
  readonly value: Located;
}

export interface LocatedMap {
  readonly kind: "map";
  readonly at: Place;
  readonly entries: readonly LocatedEntry[];
}

export interface LocatedList {
  readonly kind: "list";
  readonly at: Place;
  readonly items: readonly Located[];
}

export interface LocatedScalar {
  readonly kind: "scalar";
  readonly at: Place;
  readonly value: string | number | boolean | null;
  /** As written: `0x1410` stays `0x1410` though its value is 5136. */
  readonly text: string;
}

export type Located = LocatedMap | LocatedList | LocatedScalar;

export function entryOf(map: LocatedMap, key: string): LocatedEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

export function valueAt(map: LocatedMap, key: string): Located | undefined {
  return entryOf(map, key)?.value;
}

/** What a value is, in words for messages. */
export function describeKind(value: Located): string {
  if (value.kind !== "scalar") return value.kind === "map" ? "a map" : "a list";
  if (value.value === null) return "empty";
  return typeof value.value === "string" ? "text" : `a ${typeof value.value}`;
}
