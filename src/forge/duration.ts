const DURATION = /^(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,9})(?:\.(\d{1,7}))?s)?$/u;
const SECOND = 10_000_000n;

/** 100 ns ticks of `1d2h30m2.5s`, or undefined. */
export function parseDuration(text: string): bigint | undefined {
  const match = DURATION.exec(text);
  if (match === null || text === "") return undefined;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const whole =
    BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  return whole * SECOND + BigInt(fraction.padEnd(7, "0"));
}
