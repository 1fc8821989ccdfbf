/**
 * The encodings of Sigma's value modifiers (`base64`, `base64offset`, `wide`, `utf16…`, `windash`). A
 * "byte string" here is a string whose characters are bytes, 0 to 255.
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function utf8Bytes(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

export function utf16Bytes(text: string, order: "le" | "be"): string {
  let bytes = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const low = String.fromCharCode(unit & 0xff);
    const high = String.fromCharCode(unit >> 8);
    bytes += order === "le" ? low + high : high + low;
  }
  return bytes;
}

export function base64(bytes: string): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i;
    const a = bytes.charCodeAt(i);
    const b = rest > 1 ? bytes.charCodeAt(i + 1) : 0;
    const c = rest > 2 ? bytes.charCodeAt(i + 2) : 0;
    const word = (a << 16) | (b << 8) | c;
    text += ALPHABET[word >> 18];
    text += ALPHABET[(word >> 12) & 63];
    text += rest > 1 ? ALPHABET[(word >> 6) & 63] : "=";
    text += rest > 2 ? ALPHABET[word & 63] : "=";
  }
  return text;
}

/**
 * The three texts that these bytes can become inside a longer Base64 text, by their offset modulo 3; the
 * characters that also depend on the neighbouring bytes are left out.
 */
export function base64Offsets(bytes: string): readonly [string, string, string] {
  const at = (offset: 0 | 1 | 2): string => {
    const text = base64(" ".repeat(offset) + bytes);
    const start = [0, 2, 3][offset] as number;
    const end = [0, 3, 2][(bytes.length + offset) % 3] as number;
    return text.slice(start, text.length - end);
  };
  return [at(0), at(1), at(2)];
}

/** Dashes that Windows programs take for an option sign: hyphen, slash, en dash, em dash, bar. */
const DASHES = ["-", "/", "\u2013", "\u2014", "\u2015"] as const;
/** A hyphen or slash that starts an option: no word character before it, one behind it. */
const OPTION_SIGN = /\B[-/]\b/g;

/**
 * All ways to write the option signs of a text; `undefined` when they are more than `limit`.
 */
export function windashVariants(text: string, limit: number): readonly string[] | undefined {
  let variants = [""];
  let from = 0;
  for (const match of text.matchAll(OPTION_SIGN)) {
    const between = text.slice(from, match.index);
    variants = variants.flatMap((head) => DASHES.map((dash) => head + between + dash));
    if (variants.length > limit) return undefined;
    from = match.index + 1;
  }
  const tail = text.slice(from);
  return variants.map((head) => head + tail);
}
