/** Sigma patterns -> predicates over (text, text in lower case). Linear in the text but for `?`. */
import { ANY_RUN, type ONE_CHAR, type Piece } from "../rules/checked-rule.ts";
import { foldCase } from "./fold-case.ts";

export type TextPredicate = (raw: string, folded: string) => boolean;

/** A pattern that is one literal with open ends, or none of that (`glob`). */
export type PatternShape =
  | {
      readonly kind: "equals" | "contains" | "startswith" | "endswith";
      readonly literal: string;
    }
  | { readonly kind: "anything" }
  | { readonly kind: "glob" };

export function patternShape(pattern: readonly Piece[]): PatternShape {
  if (pattern.length === 0) return { kind: "equals", literal: "" };
  const open = pattern[0] === ANY_RUN;
  const openEnd = pattern.at(-1) === ANY_RUN;
  if (pattern.length === 1 && open) return { kind: "anything" };
  const middle = pattern.slice(open ? 1 : 0, openEnd ? -1 : undefined);
  const literal = middle[0];
  if (middle.length !== 1 || typeof literal !== "string") return { kind: "glob" };
  if (open) return { kind: openEnd ? "contains" : "endswith", literal };
  return { kind: openEnd ? "startswith" : "equals", literal };
}

export function compilePattern(pattern: readonly Piece[], cased: boolean): TextPredicate {
  const own = cased
    ? pattern
    : pattern.map((piece) => (typeof piece === "string" ? foldCase(piece) : piece));
  const shape = patternShape(own);
  const fits = ((): ((text: string) => boolean) => {
    switch (shape.kind) {
      case "anything":
        return () => true;
      case "equals":
        return (text) => text === shape.literal;
      case "contains":
        return (text) => text.includes(shape.literal);
      case "startswith":
        return (text) => text.startsWith(shape.literal);
      case "endswith":
        return (text) => text.endsWith(shape.literal);
      case "glob":
        return compileGlob(own);
    }
  })();
  return cased ? (raw) => fits(raw) : (_, folded) => fits(folded);
}

/** Pieces between runs, in order; each run takes as little as it can, which is enough for a glob. */
function compileGlob(pattern: readonly Piece[]): (text: string) => boolean {
  const segments: (string | typeof ONE_CHAR)[][] = [[]];
  for (const piece of pattern) {
    if (piece === ANY_RUN) segments.push([]);
    else segments.at(-1)?.push(piece);
  }
  const lengths = segments.map((segment) =>
    segment.reduce<number>((sum, piece) => sum + (typeof piece === "string" ? piece.length : 1), 0),
  );
  const first = segments[0] as (string | typeof ONE_CHAR)[];
  const firstLength = lengths[0] as number;
  if (segments.length === 1)
    return (text) => text.length === firstLength && segmentAt(first, text, 0);
  const last = segments.at(-1) as (string | typeof ONE_CHAR)[];
  const lastLength = lengths.at(-1) as number;
  return (text) => {
    const end = text.length - lastLength;
    if (end < firstLength || !segmentAt(first, text, 0) || !segmentAt(last, text, end))
      return false;
    let from = firstLength;
    for (let i = 1; i < segments.length - 1; i++) {
      const segment = segments[i] as (string | typeof ONE_CHAR)[];
      const length = lengths[i] as number;
      const found = findSegment(segment, length, text, from, end);
      if (found < 0) return false;
      from = found + length;
    }
    return true;
  };
}

function findSegment(
  segment: readonly (string | typeof ONE_CHAR)[],
  length: number,
  text: string,
  from: number,
  end: number,
): number {
  const head = segment[0];
  for (let at = from; at + length <= end; at++) {
    if (typeof head === "string") {
      at = text.indexOf(head, at);
      if (at < 0 || at + length > end) return -1;
    }
    if (segmentAt(segment, text, at)) return at;
  }
  return length === 0 ? from : -1;
}

function segmentAt(
  segment: readonly (string | typeof ONE_CHAR)[],
  text: string,
  at: number,
): boolean {
  let position = at;
  for (const piece of segment) {
    if (typeof piece === "string") {
      if (!text.startsWith(piece, position)) return false;
      position += piece.length;
    } else {
      position++;
    }
  }
  return position <= text.length;
}
