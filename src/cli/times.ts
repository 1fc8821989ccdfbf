import { UsageError } from "./usage-error.ts";

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/**
 * A time as people and other tools write it: ISO 8601, `2022-02-22 23:59:59 +09:00`, a date alone, or an offset back
 * from now (`30d`, `24h`, `30m`, `3M`, `1y`). Without a zone it is UTC. Milliseconds since 1970.
 */
export function parseTime(text: string, now = Date.now()): number {
  const offset = /^(\d{1,6})([mhdMy])$/.exec(text);
  if (offset) return now - Number(offset[1]) * UNITS[offset[2]!]!;
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(
      text.trim(),
    );
  if (parts) {
    const zone = parts[3] === undefined ? "Z" : parts[3].replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
    const ms = isDay(parts[1]!) ? Date.parse(`${parts[1]}T${parts[2] ?? "00:00"}${zone}`) : NaN;
    if (!Number.isNaN(ms)) return ms;
  }
  throw new UsageError(
    `"${text}" is no time: write 2026-03-02T08:00:00Z, "2026-03-02 08:00:00 +09:00" or an offset like 30d`,
  );
}

/** Date.parse takes 30 February for 2 March. */
function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/** How times are printed: ISO 8601 UTC in, to the second in `zone` out. */
export interface TimePrinter {
  (isoUtc: string): string;
  /** What to call the zone beside a time: `UTC`, `Asia/Tokyo`, `+09:00`. */
  readonly zone: string;
}

const FIXED_OFFSET = /^(?:utc|gmt)?([+-])(\d\d?)(?::?([0-5]\d))?$/i;
const MOST_OFFSET_HOURS = 14;

/** Throws on an unknown zone. */
export function timePrinter(zone: string): TimePrinter {
  if (/^(utc|z)$/i.test(zone)) return printer("UTC", (iso) => secondOf(iso));
  const [, sign, hours = "", minutes = "00"] = FIXED_OFFSET.exec(zone) ?? [];
  if (sign !== undefined && Number(hours) <= MOST_OFFSET_HOURS) {
    // Not every Node takes an offset for the name of a zone.
    const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    return printer(`${sign}${hours.padStart(2, "0")}:${minutes}`, (iso) => {
      const ms = Date.parse(iso) + offset;
      return Number.isNaN(ms) ? iso : secondOf(new Date(ms).toISOString());
    });
  }
  const timeZone = zone === "local" ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    });
  } catch {
    throw new UsageError(
      `"${zone}" is no time zone: write utc, local, a name like Asia/Tokyo, or an offset like +09:00`,
    );
  }
  return printer(format.resolvedOptions().timeZone, (iso) => {
    const ms = Date.parse(iso);
    return Number.isNaN(ms) ? iso : format.format(ms);
  });
}

function printer(zone: string, print: (isoUtc: string) => string): TimePrinter {
  return Object.assign((iso: string) => print(iso), { zone });
}

function secondOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}
