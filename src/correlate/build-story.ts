import type { InputLedger } from "../model/ledger.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import { buildHostDirectory } from "./host-directory.ts";
import type { Story } from "./story.ts";

/** What hosts, sessions and moves are built from. */
export const STORY_WANTS: readonly SignalWant[] = [];

/** Signals -> hosts, sessions, moves. */
export function buildStory(
  _of: (kind: string) => readonly Signal[],
  inputs: readonly InputLedger[],
): Story {
  return { hosts: buildHostDirectory(inputs), sessions: [], moves: [] };
}
