import type { LogOrigin } from "../model/ledger.ts";
import type { FileHeader } from "./file-header.ts";

/** What the scan counted that tells how a log came to be. */
export interface OriginFacts {
  readonly header: FileHeader;
  readonly name: string;
  readonly records: number;
  /** Records whose header id is not their EventRecordID. */
  readonly renumbered: number;
  /** Steps between neighbouring records where EventRecordID does not go up by one. */
  readonly jumps: number;
  /** Records that carry RenderingInfo, as collectors write them. */
  readonly rendered: number;
  readonly forwardedChannel: boolean;
  readonly hosts: number;
  readonly emptySlots: number;
  readonly firstHeaderId: number;
}

/** Windows' name for a full log that it puts aside. */
export function isArchiveName(path: string): boolean {
  return /^Archive-/i.test(path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1));
}

/** The file of the channel that collected events come to. */
export function isForwardedName(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name.toLowerCase() === "forwardedevents.evtx";
}

/**
 * Header ids equal EventRecordIDs in every live log. An export numbers headers anew from 1 and keeps the
 * EventRecordIDs (133 of 138 sampled exports): without jumps it is the whole log, with jumps a filter was used.
 * A log whose ids begin at 1 on both sides may be either: then only signs of use (dirty flag, unwritten slots) tell.
 */
export function tellOrigin(facts: OriginFacts): LogOrigin {
  const { header, records, renumbered, jumps } = facts;
  if (records === 0) return "unknown";
  if (facts.forwardedChannel || (facts.rendered > records / 2 && facts.hosts > 1))
    return "forwarded";
  if (isArchiveName(facts.name) && renumbered === 0) return "archived";
  if (renumbered > 0) {
    if (facts.firstHeaderId > 1) return "unknown";
    return jumps === 0 ? "full-export" : "filtered-export";
  }
  if (header.flagBits & 1 || facts.emptySlots > 0 || facts.firstHeaderId > 1) return "live-copy";
  return "unknown";
}
