/**
 * A text that every match of a regular expression contains, so that the expression need not be tried on
 * texts without it. Reads the outermost level alone and gives up where it is not sure.
 */

const PLAIN = /[A-Za-z0-9 _:;,@#%&=<>~`"'!/-]/;
const ESCAPED_PLAIN = /[^A-Za-z0-9]/;

/** The longest such text, if one is certain. */
export function requiredLiteral(source: string): string | undefined {
  let longest = "";
  let run = "";
  // Leading flags change nothing here: literals are compared in lower case.
  let i = /^\(\?[imsU]+\)/.exec(source)?.[0].length ?? 0;
  while (i < source.length) {
    const part = readPart(source, i);
    const repeat = part && repetition(source, part.end);
    if (part === undefined || repeat === undefined) return undefined;
    if (part.literal !== undefined && repeat.least > 0) run += part.literal;
    if (run.length > longest.length) longest = run;
    if (part.literal === undefined || repeat.length > 0) run = "";
    i = part.end + repeat.length;
  }
  return longest === "" ? undefined : longest;
}

/** One character, class or group; `literal` when it stands for that character alone. */
interface Part {
  readonly literal?: string;
  readonly end: number;
}

function readPart(source: string, at: number): Part | undefined {
  const char = source[at] as string;
  if (PLAIN.test(char)) return { literal: char, end: at + 1 };
  if (char === "." || char === "^" || char === "$") return { end: at + 1 };
  if (char === "\\") return readEscape(source, at);
  if (char === "[") return found(classEnd(source, at));
  // Flags inside a group may change how the rest is read.
  if (char === "(" && (source[at + 1] !== "?" || source[at + 2] === ":"))
    return found(groupEnd(source, at));
  // Alternatives, stray operators, and letters beyond ASCII.
  return undefined;
}

function readEscape(source: string, at: number): Part | undefined {
  const escaped = source[at + 1] ?? "";
  if (ESCAPED_PLAIN.test(escaped)) return { literal: escaped, end: at + 2 };
  if (/[0-9QE]/.test(escaped)) return undefined;
  if (!/[xpP]/.test(escaped)) return { end: at + 2 };
  if (source[at + 2] === "{") return found(source.indexOf("}", at) + 1 || -1);
  return { end: at + (escaped === "x" ? 4 : 3) };
}

function found(end: number): Part | undefined {
  return end < 0 ? undefined : { end };
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
