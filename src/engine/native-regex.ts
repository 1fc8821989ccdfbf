/**
 * Which regular expressions JavaScript's own engine may run. It is many times faster than a linear-time engine, but it
 * backtracks: a pattern is given to it only when the steps it can take on a text are bounded by counting, and only for
 * texts short enough that the bound stays small. Everything it might read otherwise than RE2 does (flags, classes,
 * letters beyond ASCII) is either written out or refused.
 *
 * Steps: a part that repeats without end (one character or class, never a group) may stop anywhere, which is a factor of
 * the text's length; a part that repeats up to n times, and each alternative, is a factor of so many paths.
 */

/** Steps on one text; about as long as a linear-time engine takes for the longest field. */
const MOST_STEPS = 4_000_000;
const MOST_PATHS = 10_000;
const MOST_DEPTH = 20;

export interface NativeRegex {
  readonly regex: RegExp;
  /** Longer texts are not for it. */
  readonly longest: number;
}

/** What can happen while a part is matched. */
interface Part {
  /** The part as JavaScript writes it. */
  readonly text: string;
  readonly paths: number;
  /** Factors of the text's length. */
  readonly degree: number;
  /** Characters that one path looks at, repeats without end counted once. */
  readonly size: number;
}

const ONE: Omit<Part, "text"> = { paths: 1, degree: 0, size: 1 };

/** Undefined: leave it to the linear-time engine. `flags`: those of Sigma, `i m s`. */
export function nativeRegex(source: string, flags: string): NativeRegex | undefined {
  const inline = /^\(\?([is]+)\)/.exec(source);
  const all = flags + (inline?.[1] ?? "");
  // What begins and ends a line differs.
  if (/[^is]/.test(all)) return undefined;
  const reader = new RegexReader(source, inline?.[0].length ?? 0, all.includes("s"));
  const part = reader.read();
  if (part === undefined || part.paths > MOST_PATHS) return undefined;
  const starts = part.text.startsWith("^") && !reader.hasAlternatives ? 0 : 1;
  const room = MOST_STEPS / (part.paths * part.size);
  const longest = Math.floor(room ** (1 / Math.max(1, part.degree + starts)));
  return { regex: new RegExp(part.text, all.includes("i") ? "i" : ""), longest };
}

/** Beyond ASCII the engines fold case and tell classes apart in different ways. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

class RegexReader {
  /** Alternatives outside of all groups. */
  hasAlternatives = false;
  readonly #source: string;
  readonly #dot: string;
  #at: number;

  constructor(source: string, at: number, dotAll: boolean) {
    this.#source = source;
    this.#at = at;
    this.#dot = dotAll ? "[^]" : "[^\\n]";
  }

  read(): Part | undefined {
    const part = this.#alternatives(0);
    return this.#at === this.#source.length ? part : undefined;
  }

  #alternatives(depth: number): Part | undefined {
    if (depth > MOST_DEPTH) return undefined;
    let all = this.#sequence(depth);
    while (all !== undefined && this.#source[this.#at] === "|") {
      this.#at++;
      if (depth === 0) this.hasAlternatives = true;
      const next = this.#sequence(depth);
      all = next && {
        text: `${all.text}|${next.text}`,
        paths: all.paths + next.paths,
        degree: Math.max(all.degree, next.degree),
        size: Math.max(all.size, next.size),
      };
    }
    return all;
  }

  #sequence(depth: number): Part | undefined {
    let text = "";
    let paths = 1;
    let degree = 0;
    let size = 1;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at];
      if (char === "|" || char === ")") break;
      const isGroup = char === "(";
      const part = isGroup ? this.#group(depth) : this.#single();
      const repeated = part && this.#repeated(part, isGroup);
      if (repeated === undefined) return undefined;
      text += repeated.text;
      paths *= repeated.paths;
      degree += repeated.degree;
      size += repeated.size;
      if (paths > MOST_PATHS) return undefined;
    }
    return { text, paths, degree, size };
  }

  #group(depth: number): Part | undefined {
    this.#at++;
    if (this.#source[this.#at] === "?") {
      if (this.#source[this.#at + 1] !== ":") return undefined;
      this.#at += 2;
    }
    const inner = this.#alternatives(depth + 1);
    if (inner === undefined || this.#source[this.#at] !== ")") return undefined;
    this.#at++;
    return { ...inner, text: `(?:${inner.text})` };
  }

  #repeated(part: Part, isGroup: boolean): Part | undefined {
    const rest = this.#source.slice(this.#at, this.#at + 12);
    const sign = /^(?:[*+?]|\{(\d{1,3})(?:(,)(\d{0,3}))?\})(\??)/.exec(rest);
    // `++`, `**` and the like mean other things elsewhere; a lone brace is read in different ways.
    if (sign === null) return rest[0] === "{" ? undefined : part;
    this.#at += sign[0].length;
    if (/^[*+?{]/.test(this.#source.slice(this.#at))) return undefined;
    if (/^[\^$]$|^\\[bB]$/.test(part.text)) return undefined;
    const text = `${part.text}${sign[0]}`;
    const [, low, comma, high] = sign;
    const least = Number(low ?? (rest[0] === "+" ? 1 : 0));
    const endless = low === undefined ? rest[0] !== "?" : comma !== undefined && high === "";
    if (endless) {
      if (isGroup) return undefined;
      return { text, paths: 1, degree: 1, size: least + 1 };
    }
    const most = low === undefined ? 1 : comma === undefined ? least : Number(high);
    if (most < least || (part.degree > 0 && most > 1)) return undefined;
    return {
      text,
      paths: part.paths ** most * (most - least + 1),
      degree: part.degree,
      size: part.size * Math.max(1, most),
    };
  }

  /** One character, class or anchor. */
  #single(): Part | undefined {
    const char = this.#source[this.#at] as string;
    if (char === "[") return this.#class();
    if (char === "\\") return this.#escape();
    if ("*+?{".includes(char) || char > "\x7e" || char < " ") return undefined;
    this.#at++;
    return { ...ONE, text: char === "." ? this.#dot : char };
  }

  #escape(): Part | undefined {
    const text = this.#escaped(ESCAPES);
    return text === undefined ? undefined : { ...ONE, text };
  }

  #escaped(known: Readonly<Record<string, string>>): string | undefined {
    const char = this.#source[this.#at + 1] ?? "";
    const hex = /^\\x[0-7][0-9a-fA-F]/.exec(this.#source.slice(this.#at, this.#at + 4))?.[0];
    this.#at += hex?.length ?? 2;
    if (hex !== undefined) return hex;
    return /^[!-/:-@[-`{-~ ]$/.test(char) ? `\\${char}` : known[char];
  }

  #class(): Part | undefined {
    const any = /^\[(?:\\s\\S|\\S\\s|\\w\\W|\\d\\D)\]/.exec(
      this.#source.slice(this.#at, this.#at + 6),
    );
    if (any !== null) {
      this.#at += any[0].length;
      return { ...ONE, text: "[^]" };
    }
    let text = "[";
    this.#at++;
    if (this.#source[this.#at] === "^") {
      text += "^";
      this.#at++;
    }
    // A bracket that comes first, and classes by name, are read in different ways.
    for (let first = true; this.#at < this.#source.length; first = false) {
      const char = this.#source[this.#at] as string;
      if (char === "]") {
        this.#at++;
        return first ? undefined : { ...ONE, text: `${text}]` };
      }
      if (char === "[" || char > "\x7e" || char < " ") return undefined;
      if (char === "\\") {
        const escaped = this.#escaped(CLASS_ESCAPES);
        const rest = this.#source.slice(this.#at, this.#at + 2);
        // Beside several characters a dash is no range, and must not become one.
        const isSet = escaped !== undefined && escaped.length > 4;
        if (isSet && ((!first && text.endsWith("-")) || /^-[^\]]/.test(rest))) return undefined;
        if (escaped === undefined) return undefined;
        text += escaped;
      } else {
        text += char;
        this.#at++;
      }
    }
    return undefined;
  }
}

/** Blanks of RE2 have no vertical tab. */
const ESCAPES: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[0-9A-Za-z_]",
  W: "[^0-9A-Za-z_]",
  s: "[\\t\\n\\f\\r ]",
  S: "[^\\t\\n\\f\\r ]",
  b: "\\b",
  B: "\\B",
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
};
const CLASS_ESCAPES: Readonly<Record<string, string>> = {
  d: "0123456789",
  w: "0-9A-Za-z_",
  s: "\\t\\n\\f\\r ",
  t: "\\t",
  n: "\\n",
  r: "\\r",
  f: "\\f",
};
