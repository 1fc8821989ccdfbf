/**
 * Finds which of many literals occur in a text, in one pass over the text.
 *
 * Each literal is filed under the hash of one four-character window of it, the rarest it has; the pass keeps
 * a rolling hash of the last four characters and looks into a table only where some literal might end its
 * window, then compares. Against an Aho-Corasick automaton over the same literals this needs a hundredth of
 * the memory and no construction to speak of, and stays as fast because windows of real literals are rare in
 * real texts. Literals of two or three characters use a window of two; single characters are searched alone.
 *
 * Invariant (test/engine/literal-scanner.test.ts): exactly the literals that `includes` finds are reported.
 */

const WINDOW = 4;
const NONE = -1;

interface Window {
  /** Characters of the window. */
  readonly width: 2 | 4;
  readonly shift: number;
  readonly mask: number;
  /** hash -> first entry, and entry -> next of the same hash. */
  readonly heads: Int32Array;
  readonly next: Int32Array;
  /** entry -> literal, and where in it the window ends. */
  readonly literal: Int32Array;
  readonly behind: Int32Array;
}

export class LiteralScanner {
  readonly #literals: readonly string[];
  readonly #long: Window | undefined;
  readonly #short: Window | undefined;
  readonly #single: readonly number[];

  /** The literals, already in the case in which texts will be given. None may be empty. */
  constructor(literals: readonly string[]) {
    this.#literals = literals;
    const all = literals.map((_, index) => index);
    const long = all.filter((i) => (literals[i] as string).length >= WINDOW);
    const short = all.filter((i) => [2, 3].includes((literals[i] as string).length));
    this.#single = all.filter((i) => (literals[i] as string).length === 1);
    this.#long = long.length === 0 ? undefined : fileWindows(literals, long, 4);
    this.#short = short.length === 0 ? undefined : fileWindows(literals, short, 2);
  }

  /** Calls back with the index of each literal that occurs; with the same one more than once if it repeats. */
  scan(text: string, found: (literal: number) => void): void {
    if (this.#long !== undefined) this.#pass(this.#long, text, found);
    if (this.#short !== undefined) this.#pass(this.#short, text, found);
    for (const index of this.#single)
      if (text.includes(this.#literals[index] as string)) found(index);
  }

  // HOT: one iteration per character of every text that rules look at.
  #pass(window: Window, text: string, found: (literal: number) => void): void {
    const { shift, mask, heads, width } = window;
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = ((hash << shift) ^ text.charCodeAt(i)) & mask;
      if (i < width - 1) continue;
      let entry = heads[hash] as number;
      while (entry !== NONE) {
        const literal = window.literal[entry] as number;
        const start = i + 1 - (window.behind[entry] as number);
        if (start >= 0 && text.startsWith(this.#literals[literal] as string, start)) found(literal);
        entry = window.next[entry] as number;
      }
    }
  }
}

function fileWindows(literals: readonly string[], chosen: readonly number[], width: 2 | 4): Window {
  // The hash drops a character after `width` shifts, so it depends on the window alone.
  const bits = chosen.length > 256 ? 16 : 12;
  const shift = bits / width;
  const mask = (1 << bits) - 1;
  const load = new Uint32Array(mask + 1);
  for (const index of chosen) {
    const text = literals[index] as string;
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = ((hash << shift) ^ text.charCodeAt(i)) & mask;
      if (i >= width - 1) load[hash] = (load[hash] as number) + 1;
    }
  }
  const heads = new Int32Array(mask + 1).fill(NONE);
  const next = new Int32Array(chosen.length);
  const behind = new Int32Array(chosen.length);
  chosen.forEach((index, entry) => {
    const text = literals[index] as string;
    let hash = 0;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < text.length; i++) {
      hash = ((hash << shift) ^ text.charCodeAt(i)) & mask;
      if (i < width - 1 || (load[hash] as number) >= least) continue;
      least = load[hash] as number;
      best = hash;
      behind[entry] = i + 1;
    }
    next[entry] = heads[best] as number;
    heads[best] = entry;
  });
  return { width, shift, mask, heads, next, literal: Int32Array.from(chosen), behind };
}
