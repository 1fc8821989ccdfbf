/** Places of a template; those side by side (`{A}{B}`) are alternatives and hold one value. */
const PLACES = /(?:\{[^{}]+\})+/g;

/** The places of a template in their order, each group of alternatives as it is written. */
export function placesOf(template: string): readonly string[] {
  return template.match(PLACES) ?? [];
}

/**
 * `text`, a filled `template`, as another template filled with the same values; `undefined` when the text is no
 * such sentence or could be read in two ways. The values are a log's: a sentence in another language must never
 * put one where the original did not have it.
 */
export function refilled(
  text: string,
  template: string,
  other: string,
  value: (value: string) => string = (same) => same,
): string | undefined {
  const fixed = template.split(PLACES);
  const places = placesOf(template);
  if (places.length === 0) return text === template ? other : undefined;
  const starts = fixedPartStarts(text, fixed);
  if (starts === undefined) return undefined;
  const values = new Map<string, string>();
  for (const [at, place] of places.entries()) {
    const found = text.slice(starts[at]! + fixed[at]!.length, starts[at + 1]!);
    if (values.has(place) && values.get(place) !== found) return undefined;
    values.set(place, found);
  }
  return other.replace(PLACES, (place) => {
    const found = values.get(place);
    return found === undefined ? place : value(found);
  });
}

/** Where each fixed part stands, if they can stand in one way only: read from either end, the same. */
function fixedPartStarts(text: string, fixed: readonly string[]): readonly number[] | undefined {
  const last = fixed.length - 1;
  const end = text.length - fixed[last]!.length;
  if (!text.startsWith(fixed[0]!) || !text.endsWith(fixed[last]!)) return undefined;
  const starts = [0];
  let from = fixed[0]!.length;
  for (const part of fixed.slice(1, last)) {
    const found = text.indexOf(part, from);
    if (found < 0) return undefined;
    starts.push(found);
    from = found + part.length;
  }
  if (from > end) return undefined;
  let before = end;
  for (let at = last - 1; at > 0; at--) {
    before = text.lastIndexOf(fixed[at]!, before - fixed[at]!.length);
    if (before !== starts[at]) return undefined;
  }
  return [...starts, end];
}
