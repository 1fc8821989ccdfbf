import type { EventView } from "../model/event.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { type EventRow, eventRow } from "./event-row.ts";

/** An event near another: what the two have in common besides the time. Plain data. */
export interface NearbyEvent extends EventRow {
  /** `cited`: the finding stands on it; `same logon`: its logon id is one of a cited record on the same host. */
  readonly relation: "cited" | "same logon" | "";
}

interface Kept {
  readonly row: EventRow;
  readonly timeMs: number;
  readonly cited: boolean;
  /** Host and logon id, lower case. */
  readonly logons: readonly string[];
}

/** Rows kept in memory. */
const MOST_ROWS = 200_000;
const LOGON_FIELDS = ["TargetLogonId", "SubjectLogonId", "LogonId", "TargetLinkedLogonId"];
/** SYSTEM, LOCAL SERVICE, NETWORK SERVICE and nobody: shared by everything on a host. */
const NO_SESSION = new Set(["", "-", "0x0", "0x3e7", "0x3e5", "0x3e4"]);

/** The events of all channels within a time of given moments. */
export class Surroundings {
  readonly #moments: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly #cited: ReadonlySet<string>;
  readonly #kept: Kept[] = [];
  leftOut = 0;

  /** `cited`: records at whose times to look; `moments`: further times (ms). */
  constructor(cited: readonly RecordRef[], moments: readonly number[], aroundMs: number) {
    const times = [...cited.map(({ time }) => Date.parse(time)), ...moments]
      .filter((ms) => !Number.isNaN(ms))
      .sort((a, b) => a - b);
    const merged: { fromMs: number; toMs: number }[] = [];
    for (const ms of times) {
      const last = merged.at(-1);
      if (last !== undefined && ms - aroundMs <= last.toMs) last.toMs = ms + aroundMs;
      else merged.push({ fromMs: ms - aroundMs, toMs: ms + aroundMs });
    }
    this.#moments = merged;
    this.#cited = new Set(cited.map(recordKey));
  }

  /** From the first moment to the last, for a filter; the moments between are told apart by `take`. */
  get span(): { readonly fromMs: number; readonly toMs: number } | undefined {
    const [first] = this.#moments;
    return first && { fromMs: first.fromMs, toMs: this.#moments.at(-1)!.toMs };
  }

  take(event: EventView, file: string): void {
    const { timeMs } = event;
    if (!this.#isNear(timeMs)) return;
    if (this.#kept.length >= MOST_ROWS) {
      this.leftOut++;
      return;
    }
    const row = eventRow(event, file);
    const cited = this.#cited.has(recordKey({ ...row, file }));
    this.#kept.push({ row, timeMs, cited, logons: logonsOf(event) });
  }

  /** In time order; `sameLogon`: only the cited events and those of their logons. */
  events(sameLogon = false): NearbyEvent[] {
    const sessions = new Set(this.#kept.flatMap(({ cited, logons }) => (cited ? logons : [])));
    return this.#kept
      .map((kept) => ({ kept, relation: relationOf(kept, sessions) }))
      .filter(({ relation }) => !sameLogon || relation !== "")
      .sort((a, b) => a.kept.timeMs - b.kept.timeMs)
      .map(({ kept, relation }) => ({ relation, ...kept.row }));
  }

  #isNear(ms: number): boolean {
    let low = 0;
    let high = this.#moments.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { fromMs, toMs } = this.#moments[middle]!;
      if (ms < fromMs) high = middle - 1;
      else if (ms > toMs) low = middle + 1;
      else return true;
    }
    return false;
  }
}

function relationOf(kept: Kept, sessions: ReadonlySet<string>): NearbyEvent["relation"] {
  if (kept.cited) return "cited";
  return kept.logons.some((logon) => sessions.has(logon)) ? "same logon" : "";
}

function recordKey(record: {
  readonly file: string;
  readonly channel: string;
  readonly recordId: RecordRef["recordId"];
  readonly time: string;
}): string {
  return [record.file, record.channel, record.recordId, record.time].join("\n");
}

function logonsOf(event: EventView): string[] {
  const found: string[] = [];
  for (const field of LOGON_FIELDS) {
    const id = event.get(field);
    if (typeof id === "string" && !NO_SESSION.has(id.toLowerCase()))
      found.push(`${event.computer}\n${id}`.toLowerCase());
  }
  return found;
}
