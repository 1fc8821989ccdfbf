/** How an event channel was set up, by the registry. Absent values are not set there: Windows' default applies. */
export interface ChannelSetting {
  readonly channel: string;
  readonly enabled?: boolean;
  readonly maxBytes?: number;
  /** What happens when it is full: old events go, the log is archived, or nothing more is written. */
  readonly whenFull?: "overwrite" | "archive" | "stop";
}

/** What a host was told to audit. */
export interface AuditSetting {
  readonly category: string;
  readonly subcategory: string;
  readonly success: boolean;
  readonly failure: boolean;
}

/** What a host's registry says of it and of what it was to log. Plain data; texts come from the evidence. */
export interface HostFacts {
  /** The hives that it was read from, as `triage` names inputs. */
  readonly sources: readonly string[];
  readonly host?: string;
  readonly domain?: string;
  /** "Windows 10 Pro 22H2". */
  readonly windows?: string;
  /** "19045.3803". */
  readonly build?: string;
  /** ISO 8601 UTC. */
  readonly installed?: string;
  readonly lastShutdown?: string;
  /** Windows' name of the zone, and minutes to add to local time for UTC when the hive was written. */
  readonly timeZone?: string;
  readonly biasMinutes?: number;
  readonly addresses: readonly string[];
  readonly channels: readonly ChannelSetting[];
  readonly audit: readonly AuditSetting[];
  /** What could not be read, or may be out of date. */
  readonly problems: readonly string[];
}
