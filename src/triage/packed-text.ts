/** `raw` is deflate without any header. Gives at most `mostBytes`; throws on what is not packed so. */
export type Inflate = (
  bytes: Uint8Array,
  form: "raw" | "gzip" | "zlib",
  mostBytes: number,
) => Uint8Array;

export interface UnpackedText {
  /** How it was packed, from the outside in: `base64`, `base64, gzip`, … */
  readonly packing: string;
  readonly text: string;
}

/** Shorter runs of base64 digits are words. */
const LEAST_DIGITS = 40;
const MOST_RUNS = 100;
const MOST_DEPTH = 4;
const MOST_BYTES = 4 * 1024 * 1024;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGIT_OF = new Int8Array(128).fill(-1);
for (const [value, digit] of [...DIGITS].entries()) DIGIT_OF[digit.charCodeAt(0)] = value;

/**
 * The texts that a script carries as base64, deflated or not, and those that these carry in turn. Binary content is not
 * text and is left out. All lengths, counts and depths are bounded.
 */
export function unpackedTexts(script: string, inflate: Inflate | undefined): UnpackedText[] {
  const found: UnpackedText[] = [];
  const visit = (text: string, depth: number): void => {
    if (depth > MOST_DEPTH) return;
    for (const run of base64Runs(text)) {
      if (found.length >= MOST_RUNS) return;
      const inner = unpacked(run, text, inflate);
      if (inner === undefined) continue;
      found.push(inner);
      visit(inner.text, depth + 1);
    }
  };
  visit(script, 1);
  return found;
}

function unpacked(
  run: string,
  around: string,
  inflate: Inflate | undefined,
): UnpackedText | undefined {
  const bytes = base64Bytes(run);
  if (bytes === undefined) return undefined;
  const form = packedForm(bytes, around);
  if (form !== undefined && inflate !== undefined) {
    try {
      const text = textOf(inflate(bytes, form, MOST_BYTES));
      if (text !== undefined)
        return { packing: `base64, ${form === "raw" ? "deflate" : form}`, text };
    } catch {
      // Not packed after all, or cut off: it may still be plain text.
    }
  }
  const text = textOf(bytes);
  return text === undefined ? undefined : { packing: "base64", text };
}

function packedForm(bytes: Uint8Array, around: string): "raw" | "gzip" | "zlib" | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes[0] === 0x78 && ((bytes[0] << 8) | bytes[1]!) % 31 === 0) return "zlib";
  return /deflatestream/i.test(around) ? "raw" : undefined;
}

function base64Runs(text: string): string[] {
  const runs: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length && runs.length < MOST_RUNS; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && DIGIT_OF[code]! >= 0) continue;
    if (at - start >= LEAST_DIGITS) runs.push(text.slice(start, at));
    start = at + 1;
  }
  return runs;
}

/** Undefined when the digits do not fill whole bytes. */
export function base64Bytes(digits: string): Uint8Array | undefined {
  if (digits.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let filled = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < digits.length; at++) {
    const value = DIGIT_OF[digits.charCodeAt(at)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[filled++] = (bits >> held) & 0xff;
    }
  }
  return bytes.subarray(0, filled);
}

/** UTF-16LE or UTF-8 that reads as text; undefined for anything else. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined;
  let zeros = 0;
  const probe = Math.min(bytes.length, 512);
  for (let at = 1; at < probe; at += 2) if (bytes[at] === 0) zeros++;
  const wide = zeros * 3 > probe / 2 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  try {
    const decoder = new TextDecoder(wide ? "utf-16le" : "utf-8", { fatal: true });
    const text = decoder.decode(wide ? bytes.subarray(0, bytes.length & ~1) : bytes);
    return isReadable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** At most one in fifty characters a control. */
function isReadable(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 127 && code < 160))
      controls++;
  }
  return controls * 50 <= text.length;
}
