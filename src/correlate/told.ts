import type { RecordRef } from "../model/record-ref.ts";

/** What records tell of: nearly always one, which is then kept without a list around it. There may be a million. */
export abstract class Told {
  #refs: RecordRef | RecordRef[];

  constructor(refs: readonly RecordRef[]) {
    this.#refs = refs.length === 1 ? refs[0]! : [...refs];
  }

  get evidence(): readonly RecordRef[] {
    return Array.isArray(this.#refs) ? this.#refs : [this.#refs];
  }

  /** One more record that tells of it. */
  tell(ref: RecordRef): void {
    if (Array.isArray(this.#refs)) this.#refs.push(ref);
    else this.#refs = [this.#refs, ref];
  }

  tellAll(refs: readonly RecordRef[]): void {
    for (const ref of refs) this.tell(ref);
  }

  /** Puts its records in another form, when no more will be added. */
  protected retell(change: (refs: readonly RecordRef[]) => RecordRef[]): void {
    if (Array.isArray(this.#refs)) this.#refs = change(this.#refs);
  }
}
