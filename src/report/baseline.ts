/** A baseline: an earlier report of the same logs, so that only what is new counts. */

/**
 * The finding ids in a report written by `--format json` or `--format jsonl`; `undefined` when the text is
 * neither or was cut off before its summary, so that a wrong file cannot silence anything.
 */
export function baselineIds(text: string): ReadonlySet<string> | undefined {
  const whole = parsed(text);
  const objects = Array.isArray(whole)
    ? whole
    : text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map(parsed);
  const ids = new Set<string>();
  let complete = false;
  for (const object of objects as ({ type?: unknown; id?: unknown } | null | undefined)[]) {
    if (typeof object?.type !== "string") return undefined;
    if (object.type === "summary") complete = true;
    if (object.type === "finding" && typeof object.id === "string") ids.add(object.id);
  }
  return complete ? ids : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
