import { buildStory } from "../../src/correlate/build-story.ts";
import { correlate } from "../../src/correlate/correlate.ts";
import type { Story } from "../../src/correlate/story.ts";
import type { Signal } from "../../src/model/signal.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { mapScenario, type ScenarioInput } from "./triage-scenario.ts";

/** The signals of mapped logs in time order. */
export function signalsOf(results: readonly MapResult[]): Signal[] {
  return results.flatMap(({ signals }) => signals).sort((a, b) => a.timeMs - b.timeMs);
}

/** Hosts, sessions and moves of mapped logs. */
export function storyOf(results: readonly MapResult[]): Story {
  let story: Story | undefined;
  correlate(
    {
      signals: signalsOf(results),
      rule: () => undefined,
      findings: [],
      inputs: results.map(({ ledger }) => ledger),
      rhythms: [],
      filtered: false,
    },
    [
      {
        name: "story",
        wants: [],
        run(view) {
          story = view.story;
          return { findings: [] };
        },
      },
    ],
  );
  return story ?? buildStory(() => [], []);
}

export function scenarioStory(scenario: ScenarioInput): Story {
  return storyOf(mapScenario(scenario));
}
