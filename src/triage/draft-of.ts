import { channelStates } from "../correlate/channel-states.ts";
import { correlate } from "../correlate/correlate.ts";
import { type DraftRow, draftInventory } from "../correlate/draft-inventory.ts";
import { caseInputOf } from "./case-input-of.ts";
import type { MapResult } from "./log-mapper.ts";

/** A first inventory out of mapped logs. */
export function draftOf(results: readonly MapResult[]): DraftRow[] {
  const rows: DraftRow[] = [];
  correlate(caseInputOf(results), [
    {
      name: "inventory draft",
      wants: [],
      run({ story, rhythms, inputs }) {
        rows.push(...draftInventory(story, channelStates(rhythms, inputs, story.hosts)));
        return { findings: [] };
      },
    },
  ]);
  return rows;
}
