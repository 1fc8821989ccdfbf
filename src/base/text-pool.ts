const MOST_TEXTS = 20_000;

/**
 * Gives equal texts one string, so that a thousand copies of a long field cost one. Bounded: when it is full it
 * starts anew, which costs memory, never correctness.
 */
export class TextPool {
  readonly #texts = new Map<string, string>();

  of(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
