/**
 * A text that every match of a regular expression contains, so that the expression need not be tried on
 * texts without it. Reads the outermost level alone and gives up where it is not sure.
 */

const PLAIN = /[A-Za-z0-9 _:;,@#%&=<>~`"'!/-]/;
const ESCAPED_PLAIN = /[^A-Za-z0-9]/;

/** The longest such text of at least two characters, if one is certain. */
export function requiredLiteral(source: string): string | undefined {
  let longest = "";
  let run = "";
  const end = () => {
    if (run.length > longest.length) longest = run;
    run = "";
  };
  // Leading flags change nothing here: literals are compared in lower case, unless `x` skips blanks.
  let i = /^\(\?[imsU]+\)/.exec(source)?.[0].length ?? 0;
  while (i < source.length) {
    const char = source[i] as string;
    let literal: string | undefined;
    let next = i + 1;
    if (char === "|") return undefined;
    if (char === "\\") {
      const escaped = source[i + 1] ?? "";
      next = i + 2;
      if (ESCAPED_PLAIN.test(escaped)) literal = escaped;
      else if (escaped === "Q" || escaped === "E") return undefined;
      else if (escaped === "x" || escaped === "p" || escaped === "P") {
        next = source[i + 2] === "{" ? source.indexOf("}", i) + 1 : i + (escaped === "x" ? 4 : 3);
        if (next <= 0) return undefined;
      } else if (/[0-9]/.test(escaped)) return undefined;
    } else if (char === "[") {
      next = classEnd(source, i);
    } else if (char === "(") {
      // Flags inside a group may change how the rest is read.
      if (source[i + 1] === "?" && source[i + 2] !== ":") return undefined;
      next = groupEnd(source, i);
    } else if (PLAIN.test(char)) {
      literal = char;
    } else if (char !== "." && char !== "^" && char !== "$") {
      // Braces, stray operators and letters beyond ASCII, whose case may fold in unexpected ways.
      if (char === "{" || char === "}" || char === ")" || char === "]") return undefined;
      if (char === "*" || char === "+" || char === "?") return undefined;
    }
    if (next < 0) return undefined;
    const repeat = repetition(source, next);
    if (repeat === undefined) return undefined;
    if (literal === undefined) end();
    else if (repeat.least === 0) end();
    else {
      run += literal;
      if (repeat.length > 0) end();
    }
    i = next + repeat.length;
  }
  end();
  return longest.length >= 2 ? longest : undefined;
}

/** How often at least the part before `at` is repeated, and how many characters say so. */
function repetition(source: string, at: number): { least: number; length: number } | undefined {
  const char = source[at];
  let least = 1;
  let length = 0;
  if (char === "*" || char === "?") {
    least = 0;
    length = 1;
  } else if (char === "+") {
    length = 1;
  } else if (char === "{") {
    const counts = /^\{(\d{1,4})(?:,\d{0,4})?\}/.exec(source.slice(at, at + 12));
    if (counts === null) return undefined;
    least = Number(counts[1]);
    length = counts[0].length;
  }
  if (length > 0 && (source[at + length] === "?" || source[at + length] === "+")) length++;
  return { least, length };
}

function classEnd(source: string, start: number): number {
  let i = start + 1;
  if (source[i] === "^") i++;
  if (source[i] === "]") i++;
  for (; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "[" && source[i + 1] === ":") i = source.indexOf(":]", i) + 1;
    else if (source[i] === "]") return i + 1;
    if (i <= 0) return -1;
  }
  return -1;
}

function groupEnd(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const char = source[i];
    if (char === "\\") i++;
    else if (char === "[") {
      const end = classEnd(source, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i + 1;
  }
  return -1;
}
