import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Piece } from "../evtx/carve/find-pieces.ts";

/** What was searched, so that another file under the same name is not taken for it. */
export interface SearchedSource {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

type Line =
  | { readonly source: SearchedSource }
  | { readonly piece: Piece }
  | { readonly position: number };

/** How far the search of one source has come and what it found. */
export interface SearchState {
  readonly pieces: Piece[];
  position: number;
}

/**
 * What a search found, line by line on disk: a run that was stopped goes on behind the last block it finished. A torn last
 * line is left out.
 */
export class CarveJournal {
  readonly #file: string;
  readonly #states = new Map<string, SearchState>();

  /** Throws when the file cannot be made or read. */
  constructor(file: string) {
    this.#file = file;
    if (existsSync(file)) this.#read();
    else writeFileSync(file, "");
  }

  /** The state of a source's search; a fresh one when it has none or has changed. */
  of(source: SearchedSource): SearchState {
    const key = JSON.stringify(source);
    let state = this.#states.get(key);
    if (state === undefined) {
      state = { pieces: [], position: 0 };
      this.#states.set(key, state);
    }
    appendFileSync(this.#file, `${JSON.stringify({ source })}\n`);
    return state;
  }

  /** Keeps what a block held. Throws when the disk is full. */
  block(pieces: readonly Piece[], position: number): void {
    let text = "";
    for (const piece of pieces) text += `${JSON.stringify({ piece })}\n`;
    appendFileSync(this.#file, `${text}${JSON.stringify({ position })}\n`);
  }

  #read(): void {
    let state: SearchState | undefined;
    let pending: Piece[] = [];
    for (const text of readFileSync(this.#file, "utf8").split("\n")) {
      let line: Line;
      try {
        line = JSON.parse(text);
      } catch {
        continue;
      }
      if ("source" in line) {
        const key = JSON.stringify(line.source);
        state = this.#states.get(key) ?? { pieces: [], position: 0 };
        this.#states.set(key, state);
        pending = [];
      } else if ("piece" in line) pending.push(line.piece);
      else if (state !== undefined) {
        // Pieces count only with the end of their block: those of an unfinished one are found again.
        state.pieces.push(...pending);
        state.position = line.position;
        pending = [];
      }
    }
  }
}
