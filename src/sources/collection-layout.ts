/** What the name of a collection says of it. */
export interface CollectionLayout {
  /** The program that made it. */
  readonly layout: string;
  readonly host?: string;
  /** ISO 8601; with an offset or Z where the name has one, else the collecting host's local time. */
  readonly collected?: string;
}

interface LayoutRule {
  readonly layout: string;
  /** Against one part of a path, with groups `host` and `time` where the name has them. */
  readonly name: RegExp;
}

const RULES: readonly LayoutRule[] = [
  {
    layout: "Velociraptor",
    name: /^Collection-(?<host>.{1,255}?)-(?<time>\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d(?:Z|[+-]\d\d_\d\d)?)(?:\.zip)?$/i,
  },
  {
    layout: "UAC",
    name: /^uac-(?<host>.{1,255})-\w{1,16}-(?<time>\d{14})(?:\.tar\.gz|\.tar|\.zip)?$/i,
  },
  {
    layout: "DFIR-ORC",
    name: /^(?:DFIR-)?ORC_(?:Server|WorkStation|DomainController)_(?<host>.{1,255})_[^_]{1,64}(?:\.7z|\.zip)?$/i,
  },
  {
    layout: "KAPE",
    name: /^(?<time>\d{4}-\d\d-\d\dT\d{6})_(?:\d+_)?(?:ConsoleLog\.txt|CopyLog\.csv|SkipLog\.csv)$/i,
  },
  { layout: "KAPE", name: /^(?<time>\d{4}-\d\d-\d\dT\d{6})_(?<host>.{1,255})\.(?:zip|vhdx?)$/i },
  { layout: "CyLR", name: /^CyLR_Collection_Log_.{1,64}\.log$/i },
];

/**
 * Tells by the names on the way to a log (folders, archives) which program collected it, from which host and when. The
 * innermost name that tells counts.
 */
export function layoutOf(path: string): CollectionLayout | undefined {
  for (const part of path.split(/[/\\]/).reverse()) {
    const found = layoutOfName(part.replace(/!$/, ""));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What one name says. */
export function layoutOfName(name: string): CollectionLayout | undefined {
  for (const { layout, name: pattern } of RULES) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const { host, time } = match.groups ?? {};
    const collected = time === undefined ? undefined : isoTime(time);
    return {
      layout,
      ...(host !== undefined && { host }),
      ...(collected !== undefined && { collected }),
    };
  }
  return undefined;
}

/** `2026-03-02T08_30_00Z`, `2026-03-02T083000` or `20260302083000` as ISO 8601. */
function isoTime(text: string): string | undefined {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)T?(\d\d)_?(\d\d)_?(\d\d)(Z|[+-]\d\d_\d\d)?$/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone = ""] = found;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone.replace("_", ":")}`;
}
