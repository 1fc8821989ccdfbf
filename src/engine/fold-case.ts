/**
 * Text without regard to case, as Sigma compares it. Lower case of a part is always part of the lower case
 * of the whole: the one letter whose lower case depends on its place (Greek final sigma) is made one.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes("\u03c2") ? lower.replaceAll("\u03c2", "\u03c3") : lower;
}
