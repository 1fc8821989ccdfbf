import type { SignalWant } from "../model/signal.ts";
import type { Analyzer } from "./analyzer.ts";
import { STORY_WANTS } from "./build-story.ts";
import { CASE_ANALYZERS } from "./case-analyzers.ts";
import { DELETION_ANALYZERS } from "./deletion/deletion-analyzers.ts";
import { LATERAL_ANALYZERS } from "./lateral/lateral-analyzers.ts";
import { SUFFICIENCY_WANTS } from "./sufficiency.ts";

/** In the order they run: later ones see the findings of earlier ones, so facts come before hypotheses. */
export const ANALYZERS: readonly Analyzer[] = [
  ...DELETION_ANALYZERS,
  ...LATERAL_ANALYZERS,
  ...CASE_ANALYZERS,
];

/** What the map side has to look for so that the analyzers can work. */
export function signalWants(): SignalWant[] {
  return [
    ...new Set([
      ...STORY_WANTS,
      ...SUFFICIENCY_WANTS,
      ...ANALYZERS.flatMap((analyzer) => analyzer.wants),
    ]),
  ];
}
