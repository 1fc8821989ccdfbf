import type { EventFilter } from "../triage/event-filter.ts";
import { UsageError } from "./usage-error.ts";

/** `--records 17,100-200` as part of a filter; nothing when it is not given. */
export function recordIdFilter(texts: readonly string[] | undefined): EventFilter {
  if (texts === undefined) return {};
  return {
    recordIds: texts.map((text) => {
      const parts = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(text);
      if (!parts) throw new UsageError(`--records ${text}: write 17 or 100-200`);
      return [Number(parts[1]), Number(parts[2] ?? parts[1])] as const;
    }),
  };
}
