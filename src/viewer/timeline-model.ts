import type { RecordGap, SessionSummary } from "../model/movement.ts";
import { SEVERITIES } from "../model/severity.ts";
import { sayingsOf, statementIn } from "../report/i18n/sentence.ts";
import type { PageData } from "./page-data.ts";

/** What the filter bar asks of findings and entries alike. Absent or empty means: all. */
export interface ReportFilter {
  readonly words: string;
  /** Worst-first rank: entries with a larger one are left out. */
  readonly maxRank: number;
  readonly host: string;
  readonly kind: string;
  readonly attack: string;
  readonly verdict: string;
  readonly flaggedOnly: boolean;
}

export const NO_FILTER: ReportFilter = {
  words: "",
  maxRank: SEVERITIES.length - 1,
  host: "",
  kind: "",
  attack: "",
  verdict: "",
  flaggedOnly: false,
};

/** Lower-case search words; all of them must occur. */
export function searchWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20);
}

/** Most lanes drawn; hosts beyond share the last one. */
const MOST_LANES = 60;

/** The timeline as typed arrays: filtering and counting 100,000 entries takes milliseconds. */
export class TimelineModel {
  readonly data: PageData;
  readonly size: number;
  readonly timeMs: Float64Array;
  /** Lane names from top to bottom; the last is "…" when there are more hosts than lanes. */
  readonly lanes: readonly string[];
  /** Lane of each entry. */
  readonly lane: Uint8Array;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly #laneOfHost: ReadonlyMap<string, number>;
  readonly #lowerTexts: string[];

  constructor(data: PageData) {
    const { timeline, texts } = data;
    this.data = data;
    this.size = timeline.time.length;
    this.timeMs = Float64Array.from(timeline.time, (time) => Date.parse(time) || 0);
    const hosts = [...new Set([...data.hosts, ...timeline.host.map((id) => texts[id]!)])];
    const many = hosts.length > MOST_LANES;
    this.lanes = many ? [...hosts.slice(0, MOST_LANES - 1), "…"] : hosts;
    this.#laneOfHost = new Map(
      hosts.map((host, at) => [host, Math.min(at, this.lanes.length - 1)] as const),
    );
    this.lane = Uint8Array.from(timeline.host, (id) => this.#laneOfHost.get(texts[id]!)!);
    const ruleTitles = new Map(
      timeline.statement.map((id, at) => [id, data.findings[timeline.finding[at]!]?.rule.title]),
    );
    const said = sayingsOf(data.findings);
    const spoken = new Set([...timeline.title, ...timeline.statement]);
    this.#lowerTexts = texts.map((text, id) => {
      const ja = spoken.has(id) ? statementIn("ja", ruleTitles.get(id), text, said) : text;
      return (ja === text ? text : `${text}\n${ja}`).toLowerCase();
    });
    const times = [...this.timeMs.subarray(0, 1), ...this.timeMs.subarray(-1)];
    for (const edge of [data.first, data.last]) {
      if (edge !== null && Number.isFinite(Date.parse(edge))) times.push(Date.parse(edge));
    }
    this.firstMs = times.length === 0 ? 0 : Math.min(...times);
    this.lastMs = times.length === 0 ? 1 : Math.max(...times, this.firstMs + 1000);
  }

  laneOf(host: string): number | undefined {
    return this.#laneOfHost.get(host);
  }

  /**
   * Indexes of the entries that pass, in time order. `findingPasses[n]`: whether finding n passes the parts
   * of the filter that only findings have (kind, technique, verdict).
   */
  filtered(filter: ReportFilter, findingPasses: readonly boolean[]): Uint32Array {
    const { timeline, texts } = this.data;
    const needsFinding =
      filter.flaggedOnly || filter.kind !== "" || filter.attack !== "" || filter.verdict !== "";
    const words = searchWords(filter.words);
    const hits = words.map((word) => this.#lowerTexts.map((text) => text.includes(word)));
    const found = new Uint32Array(this.size);
    let count = 0;
    for (let at = 0; at < this.size; at++) {
      if (timeline.severity[at]! > filter.maxRank) continue;
      if (filter.host !== "" && texts[timeline.host[at]!] !== filter.host) continue;
      const finding = timeline.finding[at]!;
      if (needsFinding && (finding < 0 || !findingPasses[finding])) continue;
      if (hits.every((hit, word) => this.#hasWord(at, hit, words[word]!))) found[count++] = at;
    }
    return found.subarray(0, count);
  }

  #hasWord(at: number, hit: readonly boolean[], word: string): boolean {
    const { timeline } = this.data;
    return (
      hit[timeline.title[at]!]! ||
      hit[timeline.statement[at]!]! ||
      hit[timeline.host[at]!]! ||
      hit[timeline.channel[at]!]! ||
      hit[timeline.file[at]!]! ||
      String(timeline.eventId[at]) === word ||
      String(timeline.recordId[at]) === word
    );
  }

  /** First position in `entries` whose time is not before `ms`. */
  positionOf(entries: Uint32Array, ms: number): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeMs[entries[middle]!]! < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Counts and worst severity of `entries` per lane and column of a picture from `fromMs` to `toMs`. */
  density(entries: Uint32Array, fromMs: number, toMs: number, columns: number): Density {
    const count = new Uint32Array(this.lanes.length * columns);
    const worst = new Uint8Array(count.length).fill(SEVERITIES.length);
    const scale = columns / Math.max(1e-3, toMs - fromMs);
    const end = this.positionOf(entries, toMs + 1e-3);
    let most = 0;
    for (let i = this.positionOf(entries, fromMs); i < end; i++) {
      const at = entries[i]!;
      const column = Math.min(columns - 1, Math.floor((this.timeMs[at]! - fromMs) * scale));
      const cell = this.lane[at]! * columns + column;
      const n = ++count[cell]!;
      if (n > most) most = n;
      const severity = this.data.timeline.severity[at]!;
      if (severity < worst[cell]!) worst[cell] = severity;
    }
    return { count, worst, most };
  }

  gaps(): readonly RecordGap[] {
    return this.data.findings.flatMap((finding) => finding.gaps ?? []);
  }

  sessions(): readonly SessionSummary[] {
    return this.data.sessions ?? [];
  }
}

export interface Density {
  readonly count: Uint32Array;
  /** Severity rank, or the number of severities where the cell is empty. */
  readonly worst: Uint8Array;
  readonly most: number;
}

const DAY_MS = 86_400_000;
const STEPS_MS = [
  1,
  10,
  100,
  1000,
  5000,
  15_000,
  60_000,
  300_000,
  900_000,
  3_600_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
];
const STEPS_MONTHS = [1, 3, 6, 12, 24, 60, 120, 600];

/** Round times between two instants, at most `most` and one of them, with the words an axis shows. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  most: number,
): { readonly ms: number; readonly label: string }[] {
  const step = STEPS_MS.find((candidate) => (toMs - fromMs) / candidate <= most);
  if (step === undefined) return monthTicks(fromMs, toMs, most);
  const ticks = [];
  for (let ms = Math.ceil(fromMs / step) * step; ms <= toMs && ticks.length <= most; ms += step) {
    ticks.push({ ms, label: tickLabel(ms, step) });
  }
  return ticks;
}

/** Months and years have no fixed length: their ticks stand on the first of a month. */
function monthTicks(fromMs: number, toMs: number, most: number) {
  const months = (toMs - fromMs) / (30 * DAY_MS);
  const step = STEPS_MONTHS.find((candidate) => months / candidate <= most) ?? STEPS_MONTHS.at(-1)!;
  const from = new Date(fromMs);
  const first = from.getUTCFullYear() * 12 + from.getUTCMonth();
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; ticks.length <= most; month += step) {
    const ms = Date.UTC(Math.floor(month / 12), month % 12);
    if (ms > toMs) break;
    if (ms >= fromMs) ticks.push({ ms, label: new Date(ms).toISOString().slice(0, 10) });
  }
  return ticks;
}
function tickLabel(ms: number, step: number): string {
  const iso = new Date(ms).toISOString();
  if (step >= DAY_MS) return iso.slice(0, 10);
  if (step >= 60_000) return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
  return step >= 1000 ? iso.slice(11, 19) : iso.slice(11, 23);
}
