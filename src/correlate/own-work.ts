import type { Signal } from "../model/signal.ts";
import { PairMap } from "./pair-map.ts";
import type { LogonSession } from "./story.ts";

/** Logon ids of Windows itself: SYSTEM, LOCAL SERVICE, NETWORK SERVICE. Source: winnt.h, *_LUID. */
const WINDOWS_LOGONS: ReadonlySet<string> = new Set(["0x3e7", "0x3e5", "0x3e4"]);
const WINDOWS_SIDS: ReadonlySet<string> = new Set(["S-1-5-18", "S-1-5-19", "S-1-5-20"]);
/** Network, network with a readable password (SSH), Remote Desktop: the logon types of those who come from elsewhere. */
const FROM_ELSEWHERE: readonly number[] = [3, 8, 10];

/**
 * The logon in which a service or task was made or a program ran, as the record writes it. A program started for
 * somebody else (by WMI for a network logon) belongs to that one: Security 4688 names both.
 */
export function actingLogon({
  TargetLogonId,
  SubjectLogonId,
  LogonId,
}: Signal["fields"]): string | null | undefined {
  return TargetLogonId && !/^0x0*$/.test(TargetLogonId)
    ? TargetLogonId
    : (SubjectLogonId ?? LogonId);
}

/**
 * Whether Windows did it as its own work: an updater's service, an agent's program. Who comes from another machine makes
 * services and tasks in the own name; only what a service tool starts for him runs as SYSTEM.
 */
export function isOwnWork({ fields, ref }: Signal, logonId: string | undefined): boolean {
  const parent = (fields.ParentImage ?? fields.ParentProcessName ?? "").toLowerCase();
  if (parent !== "") {
    const hostsUsers = /\\(?:wmiprvse|wsmprovhost|winrshost|mmc)\.exe$/.test(parent);
    // Security 4688 of older versions names only who started the program: the WMI host, not the one it runs for.
    const runsAs = fields.LogonId ?? fields.TargetLogonId;
    return hostsUsers && !!runsAs && logonId !== undefined && WINDOWS_LOGONS.has(logonId);
  }
  if (logonId !== undefined) return WINDOWS_LOGONS.has(logonId);
  if (ref.eventId === 106) return /(?:^|\\)SYSTEM$/i.test(fields.UserContext ?? "");
  return WINDOWS_SIDS.has(fields.Security_UserID ?? "");
}

/** Logons of those who sit at the machine, or that it makes for itself: what is done in them, nobody did from afar. */
export class LocalLogons {
  readonly #known = new PairMap<true>();

  constructor(sessions: readonly LogonSession[]) {
    for (const { host, logonId, logonType } of sessions)
      if (
        logonId !== undefined &&
        logonType !== undefined &&
        !FROM_ELSEWHERE.includes(logonType) &&
        // What a service tool starts for somebody from afar runs in these as well.
        !WINDOWS_LOGONS.has(logonId)
      )
        this.#known.set(host, logonId, true);
  }

  has(host: string, logonId: string): boolean {
    return this.#known.get(host, logonId) === true;
  }
}
