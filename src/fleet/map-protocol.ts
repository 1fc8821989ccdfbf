import type { CaseCounts } from "../node/case-store.ts";
import type { MapPlan, MapResult } from "../triage/log-mapper.ts";
import type { PackedSignals } from "../triage/packed-signals.ts";
import type { PackedStretch } from "../triage/packed-stretch.ts";

/** What every worker needs to know once. Plain data. */
export interface MapSetup {
  /** Rules as a pack, with its key; made of the texts that the key names. */
  readonly pack: Uint8Array;
  readonly key: string;
  /** All of the plan that is data. */
  readonly plan: Omit<MapPlan, "engine" | "visit">;
  readonly store?: { readonly folder: string; readonly version: string };
}

/** One job: a whole log, its hash alone, or a stretch of it. */
export type MapTask =
  | { readonly do: "log"; readonly path: string }
  | { readonly do: "hash"; readonly path: string }
  | {
      readonly do: "stretch";
      readonly path: string;
      readonly from: number;
      readonly to: number;
      /** See {@link mapStretch}. */
      readonly manyBefore: boolean;
    };

export type MapAnswer =
  | {
      readonly of: "log";
      readonly result: Omit<MapResult, "signals"> & { readonly signals: PackedSignals };
      readonly counts: CaseCounts;
    }
  | { readonly of: "hash"; readonly sha256: string }
  | { readonly of: "stretch"; readonly result: PackedStretch };
