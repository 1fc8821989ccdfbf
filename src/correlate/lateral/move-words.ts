import { isoText } from "../../base/filetime.ts";
import type { Movement } from "../../model/movement.ts";
import { distinctTexts, ownWords, type Phrase, row, say, type Text } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Signal } from "../../model/signal.ts";
import type { CaseView } from "../analyzer.ts";
import { distinctRefs } from "../analyzer-finding.ts";
import type { Move } from "../story.ts";
import { minute } from "../told-times.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Records of one kind that a finding cites at most; it counts all. */
export const MOST_REFS = 200;
const MOST_MOVE_REFS = 1000;
/** Of each step of a way; its finding cites the rest. */
const MOST_OF_MOVEMENT = 3;

export function movementOf({ from, to, timeMs, method, account, evidence }: Move): Movement {
  const time = isoText(timeMs);
  const first = evidence.length > 1 ? distinctRefs(evidence).slice(0, MOST_OF_MOVEMENT) : evidence;
  // Written out: spread objects are half as large again, and findings of a large case hold many.
  return account === ""
    ? { from, to, time, method, evidence: first }
    : { from, to, time, method, account, evidence: first };
}

export function accountName({ account, domain }: Pick<Move, "account" | "domain">): string {
  return account === "" ? "somebody" : domain ? `${domain}\\${account}` : account;
}

/** The same in a sentence. */
export function who(move: Pick<Move, "account" | "domain">): Text {
  return move.account === "" ? say`somebody` : accountName(move);
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(items: readonly Text[], most = 5): Text {
  const distinct = distinctTexts(items);
  if (distinct.length === 0) return say`nothing`;
  if (distinct.length > most)
    return say`${row(distinct.slice(0, most - 1))} and ${distinct.length - most + 1} more`;
  const last = distinct.at(-1)!;
  return distinct.length === 1 ? last : say`${row(distinct.slice(0, -1))} and ${last}`;
}

/** The records of moves, the first moves first; no more than a reader can use. */
export function refsOf(moves: readonly Move[]): RecordRef[] {
  const refs: RecordRef[] = [];
  for (const { evidence } of moves) {
    for (const ref of evidence) if (refs.length < MOST_MOVE_REFS) refs.push(ref);
    if (refs.length >= MOST_MOVE_REFS) break;
  }
  return refs;
}

export function countOf(signals: readonly Pick<Signal, "count">[]): number {
  return signals.reduce((sum, { count = 1 }) => sum + count, 0);
}

export function hostOf(view: CaseView, { ref, timeMs }: Signal): string {
  return view.story.hosts.nameOf(ref.host, timeMs);
}

/** From when on logs exist at all; undefined: no logs. */
export function firstLogMs(view: Pick<CaseView, "inputs">): number | undefined {
  let first: number | undefined;
  for (const input of view.inputs) {
    const ms = input.first === null ? Number.NaN : Date.parse(input.first);
    if (!Number.isNaN(ms) && (first === undefined || ms < first)) first = ms;
  }
  return first;
}

/** `HOST: Security, 2026-03-02 08:00 UTC - 2026-03-02 09:00 UTC`: where to look. */
export function placeToLook(
  hosts: readonly string[],
  channels: string,
  fromMs: number,
  toMs: number,
): Phrase {
  return say`[${listed(hosts)}: ${ownWords(channels)}, ${minute(fromMs)} – ${minute(toMs)}]`;
}
