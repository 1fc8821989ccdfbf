import { UsageError } from "./usage-error.ts";

/** `--records 17,100-200` as a test of EventRecordIDs. */
export function recordIdTest(texts: readonly string[]): (id: number) => boolean {
  const ranges = texts.map((text) => {
    const parts = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(text);
    if (!parts) throw new UsageError(`--records ${text}: write 17 or 100-200`);
    return [Number(parts[1]), Number(parts[2] ?? parts[1])] as const;
  });
  return (id) => ranges.some(([first, last]) => id >= first && id <= last);
}
