/**
 * What texts were found to trigger, for all places of an engine together: field texts repeat a lot from event to
 * event. Holds so many characters and no more; when full, it starts over.
 */

/** About 4 MiB of text a thread; the texts that repeat in real logs are a fraction of it. */
const MAX_CHARS = 2 * 1024 * 1024;
/** Longer texts seldom repeat. */
const MAX_TEXT_CHARS = 1024;
/** What an entry costs beside its text, in characters. */
const ENTRY_CHARS = 64;

export class TextMemory {
  readonly #maps: Map<string, readonly number[]>[] = [];
  #chars = 0;

  /** A map that this memory may clear at any time. */
  map(): Map<string, readonly number[]> {
    const map = new Map<string, readonly number[]>();
    this.#maps.push(map);
    return map;
  }

  keep(map: Map<string, readonly number[]>, text: string, readings: readonly number[]): void {
    if (text.length > MAX_TEXT_CHARS) return;
    this.#chars += text.length + ENTRY_CHARS;
    if (this.#chars > MAX_CHARS) {
      for (const filled of this.#maps) filled.clear();
      this.#chars = text.length + ENTRY_CHARS;
    }
    map.set(text, readings);
  }
}
