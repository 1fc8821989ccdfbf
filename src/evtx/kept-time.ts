import { filetimeText } from "../base/filetime.ts";

/** The time of an event, kept as its two halves: a log's last time is a new one at every record, its text is wanted once. */
export class KeptTime {
  #low = 0;
  #high = 0;
  #text: string | null = null;
  #isFiletime = false;

  keepFiletime(low: number, high: number): void {
    this.#low = low;
    this.#high = high;
    this.#isFiletime = true;
  }

  keepText(text: string): void {
    this.#text = text;
    this.#isFiletime = false;
  }

  /** ISO 8601; `null` when nothing was kept. */
  get text(): string | null {
    return this.#isFiletime ? filetimeText(this.#low, this.#high) : this.#text;
  }
}
