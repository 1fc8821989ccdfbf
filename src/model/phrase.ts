/**
 * A sentence that konseki makes of its own words and of values from logs. Words and values stay apart, so that a report can
 * say it in another language, and so that nothing in a log is ever taken for konseki's words. Plain data.
 */
export interface Phrase {
  /** English with numbered holes, `{0} cleared {1}`: the key in the catalogues of other languages. In a list: what stands between. */
  readonly key: string;
  /** What stands in the holes. A string is a value and the same in every language. */
  readonly values: readonly Text[];
  readonly list?: true;
}

/** What an analyzer writes: a sentence with values, or one without. */
export type Text = string | Phrase;

/**
 * say`${account} cleared ${channel}`: a phrase with its values; a value that a record does not give is empty. The words are
 * the key: change them together with the catalogues. A line break with the indent behind it counts as one space.
 */
export function say(
  words: TemplateStringsArray,
  ...values: readonly (Text | number | bigint | null | undefined)[]
): Phrase {
  return {
    key: phraseKey(words),
    values: values.map((value) =>
      typeof value === "number" || typeof value === "bigint" ? String(value) : (value ?? ""),
    ),
  };
}

export function phraseKey(words: readonly string[]): string {
  let key = keys.get(words);
  if (key === undefined) {
    key = words.reduce((before, part, at) => `${before}{${at - 1}}${part}`).replace(/\n[ ]*/g, " ");
    keys.set(words, key);
  }
  return key;
}

/** The words of one place in the code are one list. */
const keys = new WeakMap<readonly string[], string>();

/** konseki's own words that come from elsewhere, such as the title of another finding, for a hole of a phrase. */
export function ownWords(text: string): Phrase {
  return { key: text, values: [] };
}

/** `a, b, c`; another language has its own comma. */
export function row(items: readonly Text[], between: ", " | "; " | " " | "" = ", "): Phrase {
  return { key: between, values: items, list: true };
}

/** The text with the words that `wording` has for each key. English without it. */
export function spoken(text: Text, wording: (key: string) => string = (key) => key): string {
  if (typeof text === "string") return text;
  const words = wording(text.key);
  const values = text.values.map((value) => spoken(value, wording));
  if (text.list) return values.join(words);
  return words.replace(/\{(\d+)\}/g, (hole, at: string) => values[Number(at)] ?? hole);
}

/** Each text once, by its English. */
export function distinctTexts(texts: readonly Text[]): Text[] {
  return [...new Map(texts.map((text) => [spoken(text), text])).values()];
}

/** Turns texts into English and remembers the phrases among them. */
export class PhraseBook {
  readonly #phrases = new Map<string, Phrase>();

  english(text: Text): string {
    const english = spoken(text);
    if (typeof text !== "string") this.#phrases.set(english, text);
    return english;
  }

  all(texts: readonly Text[]): string[] {
    return texts.map((text) => this.english(text));
  }

  /** For `Finding.phrases`; nothing when no text was one. */
  get kept(): { readonly phrases?: readonly Phrase[] } {
    return this.#phrases.size === 0 ? {} : { phrases: [...this.#phrases.values()] };
  }
}
