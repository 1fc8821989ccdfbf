/**
 * Sigma's text values: `*` and `?` are wildcards; a backslash before `*`, `?` or another backslash makes
 * that character plain; any other backslash is itself (Sigma specification, "Escaping").
 */
import { ANY_RUN, ONE_CHAR, type Piece } from "./checked-rule.ts";

export function parseSigmaString(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") pieces.push(literal);
    literal = "";
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    const next = text[i + 1];
    if (char === "\\" && (next === "*" || next === "?" || next === "\\")) {
      literal += next;
      i++;
    } else if (char === "*") {
      flush();
      if (pieces.at(-1) !== ANY_RUN) pieces.push(ANY_RUN);
    } else if (char === "?") {
      flush();
      pieces.push(ONE_CHAR);
    } else {
      literal += char;
    }
  }
  flush();
  return pieces;
}

/** The pattern with anything allowed before and/or after it. */
export function loosen(
  pattern: readonly Piece[],
  before: boolean,
  after: boolean,
): readonly Piece[] {
  const pieces = [...pattern];
  if (before && pieces[0] !== ANY_RUN) pieces.unshift(ANY_RUN);
  if (after && pieces.at(-1) !== ANY_RUN) pieces.push(ANY_RUN);
  return pieces;
}

/** The text of a pattern without wildcards, else `undefined`. */
export function plainText(pattern: readonly Piece[]): string | undefined {
  if (pattern.length === 0) return "";
  const only = pattern[0];
  return pattern.length === 1 && typeof only === "string" ? only : undefined;
}

/** Sigma syntax again, for `explain` and messages. */
export function writeSigmaString(pattern: readonly Piece[]): string {
  return pattern
    .map((piece) =>
      piece === ANY_RUN
        ? "*"
        : piece === ONE_CHAR
          ? "?"
          : piece.replace(/\\(?=[*?\\])|[*?]/g, "\\$&"),
    )
    .join("");
}
