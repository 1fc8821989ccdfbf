import type { Text } from "./phrase.ts";
import type { RecordRef } from "./record-ref.ts";

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

/** When something happened to a host, and which record says so. */
export interface HostMoment {
  /** ISO 8601 UTC. */
  readonly time: string;
  /** "Kernel-General 12"; where the time is reckoned, from what. */
  readonly by: string;
  readonly ref: RecordRef;
}

/** What a host's registry and its logs say of it and of what it was to log. Plain data; texts come from the evidence. */
export interface HostFacts {
  /** The hives that it was read from, as `triage` names inputs; none: only logs tell of this host. */
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
  /** How often Windows was started since it was installed. */
  readonly boots?: number;
  /** The last start and the last orderly shutdown by the logs. */
  readonly lastBoot?: HostMoment;
  readonly loggedShutdown?: HostMoment;
  /** Windows' name of the zone, and minutes to add to local time for UTC when the hive was written. */
  readonly timeZone?: string;
  readonly biasMinutes?: number;
  readonly addresses: readonly string[];
  readonly channels: readonly ChannelSetting[];
  readonly audit: readonly AuditSetting[];
  /** What could not be read, or may be out of date. */
  readonly problems: readonly Text[];
  /** Where registry and logs, two logs, or two registries contradict each other; absent when they do not. */
  readonly conflicts?: readonly Text[];
}
