import type { EventView } from "../model/event.ts";
import type { Subscription } from "../model/subscription.ts";
import { type Tally, TallyTable } from "./event-tally.ts";

export interface LogonKind {
  readonly result: "success" | "failure";
  readonly host: string;
  readonly account: string;
  /** `3 network`, `10 remote interactive`, … */
  readonly logonType: string;
  /** Address, else workstation name; `-` where the record has neither. */
  readonly from: string;
  /** Why a logon failed: its status codes. */
  readonly reason: string;
}

/** Windows' logon types, as the documentation of event 4624 names them. */
const LOGON_TYPES: Readonly<Record<string, string>> = {
  "0": "system",
  "2": "interactive",
  "3": "network",
  "4": "batch",
  "5": "service",
  "7": "unlock",
  "8": "network cleartext",
  "9": "new credentials",
  "10": "remote interactive",
  "11": "cached interactive",
  "12": "cached remote interactive",
  "13": "cached unlock",
};

export const LOGON_EVENTS: Subscription = {
  channels: ["Security"],
  eventIds: [4624, 4625],
  fields: [
    "TargetUserName",
    "TargetDomainName",
    "LogonType",
    "IpAddress",
    "WorkstationName",
    "Status",
    "SubStatus",
  ],
};

/** Who logged on where, from where and how: successes (4624) and failures (4625) of the Security log. */
export class LogonSummary {
  readonly #table = new TallyTable<LogonKind>();

  take(event: EventView): void {
    if (event.eventId !== 4624 && event.eventId !== 4625) return;
    if (event.channel.toLowerCase() !== "security") return;
    const result = event.eventId === 4624 ? "success" : "failure";
    const account = [text(event, "TargetDomainName"), text(event, "TargetUserName") || "-"]
      .filter(Boolean)
      .join("\\");
    const type = text(event, "LogonType");
    const from = text(event, "IpAddress") || text(event, "WorkstationName") || "-";
    const codes = result === "failure" ? [text(event, "Status"), text(event, "SubStatus")] : [];
    const reason = codes.filter(Boolean).join(" ");
    const key = [result, event.computer, account, type, from, reason].join("\n").toLowerCase();
    this.#table.add(
      key,
      () => ({
        result,
        host: event.computer,
        account,
        logonType: LOGON_TYPES[type] === undefined ? type : `${type} ${LOGON_TYPES[type]}`,
        from,
        reason,
      }),
      event.time,
      event.timeMs,
    );
  }

  ranked(): Tally<LogonKind>[] {
    return this.#table.ranked();
  }

  get leftOut(): number {
    return this.#table.leftOut;
  }
}

/** The field's text; empty where it has none or Windows' `-`. */
function text(event: EventView, field: string): string {
  const value = event.get(field);
  return typeof value === "string" && value !== "-" ? value : "";
}
