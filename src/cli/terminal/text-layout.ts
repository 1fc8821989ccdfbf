import stringWidth from "string-width";

/** Columns a text takes on a terminal: East Asian wide characters take two, colour codes none. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** What takes a column a character. */
const PLAIN = /^[ -~]*$/;

/**
 * What must stay together when a line breaks: a run of letters, or one Japanese character, with the marks that may
 * not begin a line behind it and opening brackets before it.
 */
const UNBREAKABLE =
  /[（「『【]*(?:[^\u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef])[。、）」』】：ー・ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*/gu;

/** Breaks text into lines of at most `width` columns, at blanks and between Japanese characters where it can. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const flush = (): void => {
    lines.push(line);
    line = "";
    used = 0;
  };
  for (const word of text.split(/ +/)) {
    let blank = used > 0 ? 1 : 0;
    for (const piece of word.match(UNBREAKABLE) ?? [word]) {
      const columns = columnsOf(piece);
      if (used > 0 && used + blank + columns > width && columns <= width) {
        flush();
        blank = 0;
      }
      line += " ".repeat(blank);
      used += blank;
      blank = 0;
      if (columns <= width) {
        line += piece;
        used += columns;
        continue;
      }
      // Longer than a line (a command line): it breaks where the line ends.
      for (const character of piece) {
        const own = columnsOf(character);
        if (used + own > width) flush();
        line += character;
        used += own;
      }
    }
  }
  if (used > 0 || lines.length === 0) flush();
  return lines;
}

/** The text cut to `width` columns, `…` standing for what is gone, and filled up with blanks. */
export function fitText(text: string, width: number): string {
  const columns = columnsOf(text);
  if (columns <= width) return text + " ".repeat(width - columns);
  let cut = "";
  let used = 0;
  for (const character of text) {
    const own = columnsOf(character);
    if (used + own > width - 1) break;
    cut += character;
    used += own;
  }
  return `${cut}…${" ".repeat(width - 1 - used)}`;
}

/** The end of a path, which tells most, in at most `width` columns. */
export function fitPath(path: string, width: number): string {
  if (columnsOf(path) <= width) return path;
  const characters = [...path];
  let cut = "";
  let used = 1;
  for (let i = characters.length - 1; i >= 0; i--) {
    const own = columnsOf(characters[i]!);
    if (used + own > width) break;
    cut = characters[i] + cut;
    used += own;
  }
  return `…${cut}`;
}
