import type { EventView } from "../model/event.ts";
import { type Tally, TallyTable } from "./event-tally.ts";

export const PIVOT_KINDS = ["account", "address", "hash", "path", "domain"] as const;
export type PivotKind = (typeof PIVOT_KINDS)[number];

export interface PivotValue {
  readonly kind: PivotKind;
  readonly value: string;
  /** Hosts whose logs name it, at most a few. */
  readonly hosts: Set<string>;
}

/** Which fields hold what, by the names that Windows and Sysmon give them. */
const FIELDS: Readonly<Record<string, PivotKind>> = Object.fromEntries(
  (
    [
      ["account", "TargetUserName SubjectUserName User SourceUser TargetUser AccountName UserName"],
      [
        "address",
        "IpAddress SourceIp DestinationIp SourceAddress DestAddress ClientAddress Address",
      ],
      ["address", "SourceNetworkAddress ClientIP Param3"],
      ["hash", "Hashes Hash SHA256 SHA1 MD5 Imphash"],
      ["path", "Image ParentImage NewProcessName ParentProcessName TargetFilename ImageLoaded"],
      ["path", "ServiceFileName ImagePath ScriptName Path"],
      ["domain", "QueryName DestinationHostname TargetServerName WorkstationName"],
    ] as const
  ).flatMap(([kind, names]) => names.split(" ").map((name) => [name.toLowerCase(), kind])),
);

const MOST_HOSTS = 10;
const MOST_VALUE_CHARS = 1024;
/** Says nothing about anybody. */
const EMPTY = new Set(["", "-", "::", "0.0.0.0", "127.0.0.1", "::1", "local", "n/a", "%%1793"]);

/** Accounts, addresses, hashes, paths and domains that events name: what to look for elsewhere. */
export class PivotValues {
  readonly #table = new TallyTable<PivotValue>();

  take(event: EventView): void {
    event.forEachField((name, text) => {
      const kind = FIELDS[name.toLowerCase()];
      if (kind === undefined || text === null) return;
      for (const value of valuesOf(kind, text)) this.#add(event, kind, value);
    });
  }

  ranked(): Tally<PivotValue>[] {
    return this.#table.ranked();
  }

  get leftOut(): number {
    return this.#table.leftOut;
  }

  #add(event: EventView, kind: PivotKind, value: string): void {
    if (EMPTY.has(value.toLowerCase()) || value.length > MOST_VALUE_CHARS) return;
    const kept = this.#table.add(
      `${kind}\n${value.toLowerCase()}`,
      () => ({ kind, value, hosts: new Set() }),
      event.time,
      event.timeMs,
    );
    if (kept !== undefined && kept.hosts.size < MOST_HOSTS) kept.hosts.add(event.computer);
  }
}

/** Sysmon writes `SHA256=…,MD5=…` into one field; everything else is its own value. */
function valuesOf(kind: PivotKind, text: string): string[] {
  const value = text.trim();
  if (kind !== "hash") return [value.replace(/^::ffff:/i, "")];
  return value
    .split(",", 10)
    .map((part) => part.slice(part.indexOf("=") + 1).trim())
    .filter((hash) => /^[0-9a-fA-F]{32,128}$/.test(hash) && !/^0+$/.test(hash))
    .map((hash) => hash.toLowerCase());
}
