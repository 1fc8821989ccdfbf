/**
 * The fields of the current event as rules ask for them: by slot, read when first asked for, folded to
 * lower case once. One instance serves an engine; `begin` turns it to the next event. A slot is a field
 * name with its aliases, or a recipe that builds a rule's field out of other fields.
 */
import type { EventView, FieldText } from "../model/event.ts";
import { LOG_CHANNEL } from "../rules/log-channel.ts";
import type { FieldRecipe } from "../rules/logsources.ts";
import { foldCase } from "./fold-case.ts";

/** All texts of the event in one, for keyword search. */
export const WHOLE_EVENT = 0;
/** A field that this kind of event cannot have: unlike an absent one it proves nothing. */
export const UNAVAILABLE = 1;

/** How a slot gets its text. */
type SlotSource =
  | { readonly kind: "whole" | "unavailable" | "eventId" | "channel" }
  | {
      readonly kind: "names";
      readonly name: string;
      readonly aliases: readonly string[];
      readonly padded: boolean;
    }
  | { readonly kind: "recipe"; readonly recipe: FieldRecipe };

/** Stands between the texts of a whole event. */
export const TEXT_END = "\n";

/** A text that keyword search looks through is at most this long; a record has at most 64 KiB. */
const MAX_WHOLE_CHARS = 1 << 20;

export class EventFields {
  readonly #sources: SlotSource[] = [{ kind: "whole" }, { kind: "unavailable" }];
  readonly #slots = new Map<string, number>();
  readonly #padded: readonly string[];
  #event: EventView | undefined;
  #now = 0;
  readonly #raw: FieldText[] = [undefined, undefined];
  readonly #rawSince: number[] = [0, 0];
  readonly #folded: FieldText[] = [undefined, undefined];
  readonly #foldedSince: number[] = [0, 0];

  /** `padded`: fields that are read without blanks at their end. */
  constructor(padded: readonly string[]) {
    this.#padded = padded;
  }

  slotOfName(name: string, aliases: readonly string[]): number {
    if (name === "EventID") return this.#slot("\u0001id", { kind: "eventId" });
    if (name === LOG_CHANNEL) return this.#slot("\u0001channel", { kind: "channel" });
    const key = [name, ...aliases].join("\u0000");
    const padded = this.#padded.includes(name);
    return this.#slot(key, { kind: "names", name, aliases, padded });
  }

  slotOfRecipe(recipe: FieldRecipe): number {
    const [only] = recipe.from;
    if (recipe.from.length === 1 && !recipe.values && !recipe.prefixes && !recipe.deviceDrive)
      return this.slotOfName(only as string, []);
    return this.#slot(`\u0002${JSON.stringify(recipe)}`, { kind: "recipe", recipe });
  }

  begin(event: EventView): void {
    this.#event = event;
    this.#now++;
  }

  raw(slot: number): FieldText {
    if (this.#rawSince[slot] === this.#now) return this.#raw[slot];
    const text = this.#read(this.#sources[slot] as SlotSource);
    this.#raw[slot] = text;
    this.#rawSince[slot] = this.#now;
    return text;
  }

  /** As `raw`, in lower case. */
  folded(slot: number): FieldText {
    if (this.#foldedSince[slot] === this.#now) return this.#folded[slot];
    const raw = this.raw(slot);
    const folded =
      typeof raw === "string"
        ? foldCase(raw)
        : Array.isArray(raw)
          ? raw.map((text: string | null) => (text === null ? null : foldCase(text)))
          : raw;
    this.#folded[slot] = folded;
    this.#foldedSince[slot] = this.#now;
    return folded;
  }

  /** The texts that make up the whole event, one by one. */
  forEachText(visit: (text: string) => void): void {
    const event = this.#event as EventView;
    visit(event.provider);
    visit(event.channel);
    visit(event.computer);
    visit(String(event.eventId));
    event.forEachField((_, text) => {
      if (text !== null) visit(text);
    });
  }

  #slot(key: string, source: SlotSource): number {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#sources.length;
    this.#sources.push(source);
    this.#raw.push(undefined);
    this.#rawSince.push(0);
    this.#folded.push(undefined);
    this.#foldedSince.push(0);
    this.#slots.set(key, slot);
    return slot;
  }

  #read(source: SlotSource): FieldText {
    const event = this.#event as EventView;
    switch (source.kind) {
      case "names": {
        let text = event.get(source.name);
        for (let i = 0; text === undefined && i < source.aliases.length; i++)
          text = event.get(source.aliases[i] as string);
        return source.padded && typeof text === "string" ? text.trimEnd() : text;
      }
      case "eventId":
        return String(event.eventId);
      case "channel":
        return event.channel;
      case "recipe":
        return followRecipe(source.recipe, event);
      case "whole":
        return wholeText(event);
      case "unavailable":
        return undefined;
    }
  }
}

function wholeText(event: EventView): string {
  let whole = [event.provider, event.channel, event.computer, event.eventId].join(TEXT_END);
  event.forEachField((_, text) => {
    if (text !== null && whole.length < MAX_WHOLE_CHARS) whole += `${TEXT_END}${text}`;
  });
  return whole;
}

const DEVICE = "\\device\\harddiskvolume";

/** Absent when the event has none of the fields it is made of. */
function followRecipe(recipe: FieldRecipe, event: EventView): FieldText {
  let text: string | undefined;
  for (const name of recipe.from) {
    const part = event.get(name);
    const one = typeof part === "string" ? part : Array.isArray(part) ? part[0] : part;
    if (one === undefined) continue;
    if (text === undefined) text = one ?? "";
    else if (one !== null && one !== "" && one !== "-") text += recipe.with + one;
  }
  if (text === undefined) return undefined;
  const folded = text.toLowerCase();
  if (recipe.deviceDrive !== undefined && folded.startsWith(DEVICE)) {
    const end = text.indexOf("\\", DEVICE.length);
    return end < 0 ? text : recipe.deviceDrive + text.slice(end + 1);
  }
  if (recipe.values !== undefined && Object.hasOwn(recipe.values, folded))
    return recipe.values[folded];
  for (const [here, inRules] of recipe.prefixes ?? [])
    if (folded.startsWith(here)) return inRules + text.slice(here.length);
  return text;
}
