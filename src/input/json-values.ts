/** One top-level JSON value of a text: where it begins, and the line that is on (1 = first). */
export interface JsonPiece {
  readonly text: string;
  readonly line: number;
}

/**
 * Splits a text into its top-level JSON objects without parsing them: one a line, pretty-printed, one after the
 * other, or the items of one array. What stands between objects is handed out as a piece of its own, so that
 * nothing passes unseen. No recursion, and no more than a few passes whatever the text is.
 */
export function* splitJsonValues(text: string): Generator<JsonPiece> {
  let line = 1;
  let at = 0;
  // Characters that may be looked at in vain behind objects that never close; then objects end with their line.
  let spare = 8 * text.length;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) {
      line++;
      at++;
    } else if (code <= 0x20 || code === 0x2c || code === 0x5b || code === 0x5d || code === 0xfeff) {
      at++; // blanks, and the commas and brackets of an array of events
    } else {
      const close = code === 0x7b && spare > 0 ? objectEnd(text, at) : -1;
      const end = close < 0 ? lineEnd(text, at) : close;
      if (close < 0 && code === 0x7b) spare += close;
      const piece = text.slice(at, end);
      yield { text: piece, line };
      for (let i = piece.indexOf("\n"); i >= 0; i = piece.indexOf("\n", i + 1)) line++;
      at = end;
    }
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Behind the object that begins at `from`; when it never closes, minus the characters looked at. */
function objectEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = stringEnd(text, at);
      if (end < 0) return from - at - 1;
      at = end;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
    // A new object at the start of a line inside an unclosed one on a single line: the first is cut off.
    else if (
      code === 0x0a &&
      text.charCodeAt(at + 1) === 0x7b &&
      text.charCodeAt(from + 1) === 0x22
    )
      return at;
  }
  return from - text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
    else if (code === 0x0a) return -1; // JSON strings never hold a raw line end
  }
  return -1;
}
