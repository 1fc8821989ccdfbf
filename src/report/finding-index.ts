import type { Finding } from "../model/finding.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { CitedRecord, TimelineEntry, TriageReport } from "../model/report.ts";

/** Looks up what belongs to a timeline entry: its finding and, where the report has it, the record's content. */
export class FindingIndex {
  readonly #findings: ReadonlyMap<string, Finding>;
  readonly #cited: ReadonlyMap<string, CitedRecord>;

  constructor(report: TriageReport) {
    this.#findings = new Map(report.findings.map((finding) => [finding.id, finding]));
    this.#cited = new Map((report.cited ?? []).map((cited) => [recordKey(cited.ref), cited]));
  }

  finding(entry: TimelineEntry): Finding | undefined {
    return entry.findingId === undefined ? undefined : this.#findings.get(entry.findingId);
  }

  cited(ref: RecordRef): CitedRecord | undefined {
    return this.#cited.get(recordKey(ref));
  }
}

/** Tells one record of one input from every other. */
export function recordKey(ref: RecordRef): string {
  return `${ref.file}\n${ref.fileOffset ?? ref.line ?? ""}\n${ref.channel}\n${ref.recordId}`;
}

/** ISO time cut to the digits after the second that `digits` allows (JSON readers of dates want 3 or 6). */
export function timeWithDigits(time: string, digits: 3 | 6): string {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z?$/.exec(time);
  if (match === null) return time;
  return `${match[1]}.${(match[2] ?? "").padEnd(digits, "0").slice(0, digits)}Z`;
}

/** Accounts named `DOMAIN\name`, `name@domain` or `name`: the bare name. */
export function bareAccount(account: string): string {
  return account.slice(account.lastIndexOf("\\") + 1).replace(/@.*$/, "");
}

/** Whether text is an IP address, and of which version. */
export function ipVersion(text: string): 4 | 6 | undefined {
  const parts = text.split(".");
  if (parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) {
    return 4;
  }
  return text.length <= 45 && text.includes(":") && /^[0-9a-fA-F:.]+$/.test(text) ? 6 : undefined;
}

/** An address without its zone (`fe80::1%10`), and IPv4 that is dressed as IPv6 as what it is. */
export function bareAddress(address: string): string {
  return address.split("%", 1)[0]!.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** Whether a domain name system would take it as the name of a host. */
export function isHostName(text: string): boolean {
  if (text.length > 253) return false;
  return text
    .split(".")
    .every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
}
