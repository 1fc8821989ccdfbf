import type { TextPool } from "../base/text-pool.ts";
import type { MapPart } from "./log-mapper.ts";
import type { StretchResult } from "./map-stretch.ts";
import { type PackedSignals, packSignals, unpackSignals } from "./packed-signals.ts";
import type { WantedPart } from "./want-signals.ts";

/** What a stretch gave, on its way to another thread. Plain data. */
export interface PackedStretch {
  readonly log: StretchResult["log"];
  readonly map: Omit<MapPart, "hits" | "wanted"> & {
    readonly hits: PackedSignals;
    readonly wanted?: Omit<WantedPart, "signals" | "foldKeys"> & {
      readonly signals: PackedSignals;
      readonly foldKeys: PackedTexts;
    };
  };
}

/** Texts of which many are the same: each once, and of each place which one it is, counted from 1; 0 = none. */
interface PackedTexts {
  readonly texts: readonly string[];
  readonly places: Uint32Array<ArrayBuffer>;
}

/** Adds to `moved` what postMessage may take away from this thread. */
export function packStretch({ log, map }: StretchResult, moved: Set<ArrayBuffer>): PackedStretch {
  const { hits, wanted, ...rest } = map;
  return {
    log,
    map: {
      ...rest,
      hits: packSignals(hits, moved),
      ...(wanted && {
        wanted: {
          ...wanted,
          signals: packSignals(wanted.signals, moved),
          foldKeys: packTexts(wanted.foldKeys, moved),
        },
      }),
    },
  };
}

/** The same stretch. Texts that others had too are one in the pool. */
export function unpackStretch({ log, map }: PackedStretch, pool: TextPool): StretchResult {
  const { hits, wanted, ...rest } = map;
  return {
    log,
    map: {
      ...rest,
      hits: unpackSignals(hits, pool),
      ...(wanted && {
        wanted: {
          ...wanted,
          signals: unpackSignals(wanted.signals, pool),
          foldKeys: unpackTexts(wanted.foldKeys),
        },
      }),
    },
  };
}

function packTexts(texts: readonly (string | undefined)[], moved: Set<ArrayBuffer>): PackedTexts {
  const placeOf = new Map<string, number>();
  const places = new Uint32Array(texts.length);
  for (const [at, text] of texts.entries()) {
    if (text === undefined) continue;
    let place = placeOf.get(text);
    if (place === undefined) {
      place = placeOf.size + 1;
      placeOf.set(text, place);
    }
    places[at] = place;
  }
  moved.add(places.buffer);
  return { texts: [...placeOf.keys()], places };
}

function unpackTexts({ texts, places }: PackedTexts): (string | undefined)[] {
  return Array.from(places, (place) => (place === 0 ? undefined : texts[place - 1]));
}
