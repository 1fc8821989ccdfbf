import type { Text } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { distinctRefs } from "./analyzer-finding.ts";
import type { SessionDraft } from "./session-draft.ts";
import type { Move, MoveMethod } from "./story.ts";
import { sortByTime } from "./time-index.ts";
import { Told } from "./told.ts";

type Side = Move["sides"][number];

const NOTHING: readonly Text[] = [];

/** Each side is a bit; a set of them is a place in this list. */
const SIDES: readonly Side[] = ["destination", "domain controller", "source"];
const SIDE_SETS: readonly (readonly Side[])[] = Array.from(
  { length: 1 << SIDES.length },
  (_, set) => SIDES.filter((_side, bit) => set & (1 << bit)),
);

function bitOf(side: Side): number {
  return 1 << SIDES.indexOf(side);
}

/** What was said of a move. */
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
}

/** The same, where it is no longer what a session says. */
interface Own {
  from: string;
  readonly to: string;
  timeMs: number;
  lastMs: number;
  method: MoveMethod;
  account: string;
  domain: string | undefined;
  readonly succeeded: boolean;
  count: number;
  uncertain: readonly Text[];
  /** A place in {@link SIDE_SETS}. */
  sides: number;
}

/** A session that somebody came into from another machine. */
export interface CameIn extends SessionDraft {
  readonly from: string;
  readonly via: MoveMethod;
  readonly startMs: number;
}

/**
 * One side's word of a move, while the other sides are looked for; once nothing is added any more, it is a Move as it
 * stands. There may be a million, and nearly all are what the session says that they opened: it is asked.
 */
export class MoveDraft extends Told implements Move {
  readonly session: CameIn | undefined;
  /** As long as all else is what the session says, a place in {@link SIDE_SETS}. */
  #said: Own | number;

  private constructor(
    said: Own | number,
    session: CameIn | undefined,
    evidence: readonly RecordRef[],
  ) {
    super(evidence);
    this.session = session;
    this.#said = said;
  }

  static of(facts: MoveFacts, side: Side, evidence: readonly RecordRef[]): MoveDraft {
    const { from, to, timeMs, lastMs = timeMs, method, account, domain } = facts;
    const { succeeded = true, count = 1 } = facts;
    const own: Own = {
      from,
      to,
      timeMs,
      lastMs,
      method,
      account,
      domain: domain || undefined,
      succeeded,
      count,
      uncertain: NOTHING,
      sides: bitOf(side),
    };
    return new MoveDraft(own, undefined, evidence);
  }

  /** How a session's beginning is told at the destination. */
  static into(session: CameIn): MoveDraft {
    return new MoveDraft(bitOf("destination"), session, session.evidence);
  }

  get from(): string {
    return typeof this.#said === "number" ? this.session!.from : this.#said.from;
  }

  set from(from: string) {
    MoveDraft.#change(this).from = from;
  }

  get to(): string {
    return typeof this.#said === "number" ? this.session!.host : this.#said.to;
  }

  /** Epoch ms. */
  get timeMs(): number {
    return typeof this.#said === "number" ? this.session!.startMs : this.#said.timeMs;
  }

  get method(): MoveMethod {
    return typeof this.#said === "number" ? this.session!.via : this.#said.method;
  }

  set method(method: MoveMethod) {
    MoveDraft.#change(this).method = method;
  }

  get account(): string {
    return typeof this.#said === "number" ? this.session!.account : this.#said.account;
  }

  set account(account: string) {
    MoveDraft.#change(this).account = account;
  }

  get domain(): string | undefined {
    return typeof this.#said === "number" ? this.session!.domain : this.#said.domain;
  }

  set domain(domain: string | undefined) {
    MoveDraft.#change(this).domain = domain;
  }

  get succeeded(): boolean {
    return typeof this.#said === "number" || this.#said.succeeded;
  }

  /** How many records of repeats are folded into it. */
  get count(): number {
    return typeof this.#said === "number" ? (this.session!.count ?? 1) : this.#said.count;
  }

  /** Of folded repeats the time of the last one. */
  get lastMs(): number {
    return typeof this.#said === "number"
      ? (this.session!.lastMs ?? this.timeMs)
      : this.#said.lastMs;
  }

  set lastMs(lastMs: number) {
    MoveDraft.#change(this).lastMs = lastMs;
  }

  get uncertain(): readonly Text[] {
    return typeof this.#said === "number" ? NOTHING : this.#said.uncertain;
  }

  /** Those that tell of it, in order of the alphabet. */
  get sides(): readonly Side[] {
    return SIDE_SETS[typeof this.#said === "number" ? this.#said : this.#said.sides]!;
  }

  addSide(side: Side): void {
    if (typeof this.#said === "number") this.#said |= bitOf(side);
    else this.#said.sides |= bitOf(side);
  }

  /** Corrects its times by how far the clock that told them is ahead. */
  shift(aheadMs: number): void {
    if (aheadMs === 0) return;
    const own = MoveDraft.#change(this);
    own.timeMs -= aheadMs;
    own.lastMs -= aheadMs;
  }

  doubt(why: Text): void {
    const own = MoveDraft.#change(this);
    own.uncertain = own.uncertain.concat(why);
  }

  /** No more will be told of it: a record that lies in a log and in its copy stands once. */
  settle(): void {
    this.retell(distinctRefs);
  }

  /** Not a method: private ones cost each of a million a field. */
  static #change(move: MoveDraft): Own {
    if (typeof move.#said === "number") {
      const { from, to, timeMs, lastMs, method, account, domain, succeeded, count } = move;
      const uncertain = NOTHING;
      move.#said = {
        from,
        to,
        timeMs,
        lastMs,
        method,
        account,
        domain,
        succeeded,
        count,
        uncertain,
        sides: move.#said,
      };
    }
    return move.#said;
  }
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

/** Puts moves in order of time. */
export function sortMoves(moves: MoveDraft[]): MoveDraft[] {
  return sortByTime(moves, moveTime, byWay);
}

function byWay(a: MoveDraft, b: MoveDraft): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : a.to > b.to ? 1 : 0;
}
