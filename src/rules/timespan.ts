const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/** Sigma's `15s`, `5m`, `2h`, `1d` (also `w`, `M` of 30 days, `y` of 365) in milliseconds. */
export function parseTimespan(text: string): number | undefined {
  const match = /^\s*(\d{1,6})\s*([smhdwMy])\s*$/.exec(text);
  if (match === null) return undefined;
  const milliseconds = Number(match[1]) * (UNIT_MS[match[2] as string] as number);
  return milliseconds > 0 ? milliseconds : undefined;
}
