import type { Finding } from "./finding.ts";

/** Told one by one; a log of nothing but holes has thousands. */
const MOST_PERIODS = 6;
const MOST_SENTENCES = 12;

/** What a finding says of its holes in the logs, for readers: each list in the order of the holes, no sentence twice. */
export interface DarkPeriods {
  readonly periods: readonly string[];
  readonly coveredBy: readonly string[];
  readonly unknowable: readonly string[];
}

/** `time` prints ISO 8601 UTC as the report does. */
export function darkPeriods({ gaps = [] }: Finding, time: (iso: string) => string): DarkPeriods {
  const periods = gaps
    .slice(0, MOST_PERIODS)
    .map(
      ({ host, channel, from, to, missing }) =>
        `${host} · ${channel} · ${time(from)} – ${time(to)}${missing === undefined ? "" : ` · ${missing}`}`,
    );
  if (gaps.length > MOST_PERIODS) periods.push(`+${gaps.length - MOST_PERIODS}`);
  return {
    periods,
    coveredBy: once(gaps.flatMap(({ coveredBy }) => coveredBy ?? [])),
    unknowable: once(gaps.flatMap(({ unknowable }) => unknowable ?? [])),
  };
}

function once(sentences: readonly string[]): string[] {
  return [...new Set(sentences)].slice(0, MOST_SENTENCES);
}
