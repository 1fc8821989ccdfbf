/** `2026-03-02 08:00:00.1234567`: as in the record, without the letters that make it hard to read. */
export function timeText(iso: string | null, none = "–"): string {
  return iso === null ? none : iso.replace("T", " ").replace(/Z$/, "");
}

/** The same to the second, for headings. */
export function shortTime(iso: string | null, none = "–"): string {
  return timeText(iso, none).slice(0, 19);
}

export function msText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
