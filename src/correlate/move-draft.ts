import type { Text } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { SessionDraft } from "./session-draft.ts";
import type { Move, MoveMethod } from "./story.ts";

type Side = Move["sides"][number];

const NOTHING: readonly Text[] = [];
const ONE_SIDE: Readonly<Record<Side, readonly Side[]>> = {
  source: ["source"],
  destination: ["destination"],
  "domain controller": ["domain controller"],
};

/** One side's word of a move, while the other sides are looked for. */
export interface MoveDraft {
  from: string;
  readonly to: string;
  timeMs: number;
  /** Of folded repeats the last one. */
  lastMs: number;
  method: MoveMethod;
  account: string;
  domain?: string;
  succeeded: boolean;
  /** Those that tell of it; see addSide. */
  sides: readonly Side[];
  readonly evidence: RecordRef[];
  session?: SessionDraft;
  uncertain: readonly Text[];
  count: number;
}

export function moveDraft(
  facts: Pick<MoveDraft, "from" | "to" | "timeMs" | "method" | "account"> & {
    readonly lastMs?: number | undefined;
    readonly domain?: string | undefined;
    readonly count?: number | undefined;
    readonly succeeded?: boolean;
    readonly session?: SessionDraft;
  },
  side: Side,
  evidence: readonly RecordRef[],
): MoveDraft {
  const { from, to, timeMs, method, account, lastMs = timeMs, domain, count = 1 } = facts;
  const { succeeded = true, session } = facts;
  const move: MoveDraft = {
    from,
    to,
    timeMs,
    lastMs,
    method,
    account,
    succeeded,
    sides: ONE_SIDE[side],
    evidence: evidence.slice(),
    uncertain: NOTHING,
    count,
  };
  if (domain) move.domain = domain;
  if (session !== undefined) move.session = session;
  return move;
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

export function addSide(move: MoveDraft, side: Side): void {
  if (!move.sides.includes(side)) move.sides = [...move.sides, side];
}
