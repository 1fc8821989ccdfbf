import type { CaseView } from "../analyzer.ts";
import { accountKey } from "../analyzer-finding.ts";
import type { Move } from "../story.ts";
import { DAY_MS, firstLogMs } from "./move-words.ts";

/** Ways that are gone on so many days are work, unless they began late. */
const DAYS_OF_HABIT = 3;
const DAYS_OF_SURE_HABIT = 5;

/** Who usually goes from where to where. */
export interface Habits {
  /** The way is gone on many days, and was from the beginning of the logs on. */
  isHabit(move: Move): boolean;
  /** Nobody was seen to go this way with this account before this move. */
  isFirst(move: Move): boolean;
}

const learnt = new WeakMap<readonly Move[], { sinceMs: number; habits: Habits }>();

/** What all moves of a case tell of habits; the same for every analyzer that asks. */
export function habitsOf({ story, inputs }: Pick<CaseView, "story" | "inputs">): Habits {
  const { moves } = story;
  const sinceMs = firstLogMs({ inputs }) ?? moves[0]?.timeMs ?? 0;
  const known = learnt.get(moves);
  if (known?.sinceMs === sinceMs) return known.habits;
  const habits = learnHabits(moves, sinceMs, moves.at(-1)?.timeMs ?? 0);
  learnt.set(moves, { sinceMs, habits });
  return habits;
}

/** Learns the ways from all moves; `sinceMs` is when the logs begin, `untilMs` when they end. */
export function learnHabits(moves: readonly Move[], sinceMs: number, untilMs: number): Habits {
  const days = new Map<string, Set<number>>();
  const firsts = new Map<string, number>();
  for (const move of moves) {
    if (!move.succeeded) continue;
    const key = wayOf(move);
    const seen = days.get(key);
    const day = Math.floor(move.timeMs / DAY_MS);
    if (seen === undefined) {
      days.set(key, new Set([day]));
      firsts.set(key, move.timeMs);
    } else {
      seen.add(day);
      firsts.set(key, Math.min(firsts.get(key) ?? move.timeMs, move.timeMs));
    }
  }
  const early = sinceMs + Math.max(2 * DAY_MS, (untilMs - sinceMs) / 3);
  return {
    isHabit(move) {
      const count = days.get(wayOf(move))?.size ?? 0;
      return (
        count >= DAYS_OF_SURE_HABIT ||
        (count >= DAYS_OF_HABIT && (firsts.get(wayOf(move)) ?? 0) <= early)
      );
    },
    isFirst: (move) => (firsts.get(wayOf(move)) ?? move.timeMs) >= move.timeMs,
  };
}

function wayOf({ from, to, account }: Move): string {
  return `${from}\n${to}\n${accountKey(account)}`;
}
