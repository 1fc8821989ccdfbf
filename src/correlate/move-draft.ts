import type { Text } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { distinctRefs } from "./analyzer-finding.ts";
import type { SessionDraft } from "./session-draft.ts";
import type { Move, MoveMethod } from "./story.ts";
import { Told } from "./told.ts";

type Side = Move["sides"][number];

const NOTHING: readonly Text[] = [];

/** Each side is a bit; a set of them is a place in this list. */
const SIDES: readonly Side[] = ["destination", "domain controller", "source"];
const SIDE_SETS: readonly (readonly Side[])[] = Array.from(
  { length: 1 << SIDES.length },
  (_, set) => SIDES.filter((_side, bit) => set & (1 << bit)),
);

/**
 * One side's word of a move, while the other sides are looked for; once nothing is added any more, it is a Move as it
 * stands. There may be a million: they are of one shape, and share what they can.
 */
export class MoveDraft extends Told implements Move {
  from: string;
  readonly to: string;
  timeMs: number;
  method: MoveMethod;
  account: string;
  domain: string | undefined;
  readonly succeeded: boolean;
  /** Those that tell of it, in order of the alphabet. */
  sides: readonly Side[];
  session: SessionDraft | undefined;
  uncertain: readonly Text[] = NOTHING;
  count: number;
  /** Of folded repeats the last one; undefined: it is one record. */
  #lastMs: number | undefined;

  constructor(facts: MoveFacts, side: Side, evidence: readonly RecordRef[]) {
    super(evidence);
    const { timeMs, lastMs } = facts;
    this.from = facts.from;
    this.to = facts.to;
    this.timeMs = timeMs;
    this.method = facts.method;
    this.account = facts.account;
    this.domain = facts.domain || undefined;
    this.succeeded = facts.succeeded ?? true;
    this.sides = SIDE_SETS[1 << SIDES.indexOf(side)]!;
    this.session = facts.session;
    this.count = facts.count ?? 1;
    if (lastMs !== undefined && lastMs !== timeMs) this.#lastMs = lastMs;
  }

  addSide(side: Side): void {
    this.sides = SIDE_SETS[SIDE_SETS.indexOf(this.sides) | (1 << SIDES.indexOf(side))]!;
  }

  get lastMs(): number {
    return this.#lastMs ?? this.timeMs;
  }

  set lastMs(lastMs: number) {
    this.#lastMs = lastMs;
  }

  /** Corrects its times by how far the clock that told them is ahead. */
  shift(aheadMs: number): void {
    this.timeMs -= aheadMs;
    if (this.#lastMs !== undefined) this.#lastMs -= aheadMs;
  }

  /** No more will be told of it: a record that lies in a log and in its copy stands once. */
  settle(): void {
    this.retell(distinctRefs);
  }

  doubt(why: Text): void {
    this.uncertain = this.uncertain.concat(why);
  }
}

export interface MoveFacts {
  readonly from: string;
  readonly to: string;
  readonly timeMs: number;
  readonly lastMs?: number | undefined;
  readonly method: MoveMethod;
  readonly account: string;
  readonly domain?: string | undefined;
  readonly count?: number | undefined;
  readonly succeeded?: boolean;
  readonly session?: SessionDraft;
}

/** What says more of how somebody came stands before what says less. */
const METHOD_RANK: Readonly<Record<MoveMethod, number>> = {
  RDP: 9,
  SSH: 9,
  service: 8,
  task: 8,
  WMI: 8,
  DCOM: 7,
  WinRM: 8,
  SMB: 5,
  "network logon": 2,
  "explicit credentials": 1,
};

export function tellsMore(a: MoveMethod, b: MoveMethod): boolean {
  return METHOD_RANK[a] > METHOD_RANK[b];
}

export const moveTime = (move: MoveDraft): number => move.timeMs;

export function byMoveTime(a: MoveDraft, b: MoveDraft): number {
  return a.timeMs - b.timeMs || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1);
}
