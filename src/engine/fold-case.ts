/**
 * Text without regard to case, as Sigma compares it. Lower case of a part is always part of the lower case
 * of the whole: the one letter whose lower case depends on its place (Greek final sigma) is made one, and
 * the long s is an s, as in Unicode's simple case folding and RE2's `i`.
 */
export function foldCase(text: string): string {
  let lower = text.toLowerCase();
  // Neither letter is in Latin-1, and strings of Latin-1 know that without being searched.
  if (lower.includes("\u03c2")) lower = lower.replaceAll("\u03c2", "\u03c3");
  if (lower.includes("\u017f")) lower = lower.replaceAll("\u017f", "s");
  return lower;
}
