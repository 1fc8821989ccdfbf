import Table from "cli-table3";
import type { LogInfo } from "../../node/log-info.ts";
import { evidenceLines } from "../../report/evidence-text.ts";
import { visibleText } from "../../report/inert-text.ts";
import { fitText, wrapText } from "./text-layout.ts";

type LogSummary = NonNullable<LogInfo["log"]>;

const SHOWN_COUNTS = 30;
const SHOWN_ISSUES = 20;

/** The page `konseki info` prints for one log. */
export function renderInfoText(info: LogInfo, width: number): string {
  const { ledger, log } = info;
  const { records } = ledger;
  const expected = log === undefined ? "" : ` of ${records.expected ?? "?"}`;
  const facts: [string, string][] = [
    ["sha256", info.sha256],
    ["size", `${ledger.size} bytes`],
    ["kind", ledger.kind],
    ["verdict", ledger.reason === "" ? ledger.status : `${ledger.status}: ${ledger.reason}`],
    ...(log === undefined ? [] : headerFacts(log)),
    [
      "records",
      `${records.read} read${expected}, ${records.repaired} repaired, ${records.partial} partial, ${records.lost} lost, ${recoveredText(ledger)}`,
    ],
    ...(log === undefined
      ? []
      : ([
          ["record ids", range(log.eventIds)],
          ["header ids", range(log.headerIds)],
        ] satisfies [string, string][])),
    ["period", ledger.first && ledger.last ? `${ledger.first} – ${ledger.last}` : "none"],
    ["hosts", ledger.hosts.join(", ")],
    ...evidenceLines(ledger, "en").map((line): [string, string] => ["evidence", line]),
    ...(log === undefined
      ? []
      : ([
          [
            "bytes",
            Object.entries(log.bytes)
              .map(([use, bytes]) => `${use} ${bytes}`)
              .join(", "),
          ],
        ] satisfies [string, string][])),
  ];
  const lines = [visibleText(info.path)];
  for (const [name, value] of facts) {
    for (const [index, line] of wrapText(visibleText(value), Math.max(width - 14, 20)).entries()) {
      lines.push(`  ${fitText(index === 0 ? name : "", 11)} ${line}`);
    }
  }
  if (log !== undefined) lines.push("", chunkTable(log));
  lines.push("", countTable(info, width));
  if (ledger.issues.length > 0) {
    lines.push("", "  problems");
    for (const issue of ledger.issues.slice(0, SHOWN_ISSUES)) {
      for (const [index, line] of wrapText(
        visibleText(`${issue.code}: ${issue.message}`),
        width - 4,
      ).entries()) {
        lines.push(`${index === 0 ? "  - " : "    "}${line}`);
      }
    }
    const total = Object.values(ledger.issueCounts).reduce((sum, n) => sum + n, 0);
    if (total > SHOWN_ISSUES)
      lines.push(`    +${total - Math.min(SHOWN_ISSUES, ledger.issues.length)}`);
  }
  return `${lines.join("\n")}\n\n`;
}

function headerFacts({ origin, header }: LogSummary): [string, string][] {
  return [
    ["origin", origin],
    [
      "format",
      header.hasMagic ? `${header.majorVersion}.${header.minorVersion}` : "no file header",
    ],
    ["flags", header.flags.join(", ") || "none"],
    [
      "header",
      `${header.chunkCount} chunks, next record ${header.nextRecordId}, checksum ${crc(header.crcOk)}`,
    ],
  ];
}

const PLAIN = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: " ",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};
const STYLE = { head: [], border: [], "padding-left": 1, "padding-right": 0 };

function chunkTable(log: LogSummary): string {
  const table = new Table({
    head: ["chunk", "offset", "state", "records", "ids", "header", "data"],
    chars: PLAIN,
    style: STYLE,
    colAligns: ["right", "right", "left", "right", "left", "left", "left"],
  });
  const used = log.chunks.filter((chunk) => chunk.state !== "empty");
  for (const chunk of used) {
    table.push([
      chunk.slot,
      `0x${chunk.fileOffset.toString(16)}`,
      chunk.state,
      `${chunk.records}/${chunk.expected ?? "?"}`,
      chunk.firstId === null ? "" : `${chunk.firstId}-${chunk.lastId}`,
      crc(chunk.headerCrcOk),
      crc(chunk.dataCrcOk),
    ]);
  }
  const empty = log.chunks.length - used.length;
  return table.toString() + (empty > 0 ? `\n  ${empty} empty` : "");
}

function countTable(log: LogInfo, width: number): string {
  const table = new Table({
    head: ["events", "id", "channel", "provider"],
    chars: PLAIN,
    style: STYLE,
    colAligns: ["right", "right", "left", "left"],
  });
  const room = Math.max(Math.floor((width - 20) / 2), 16);
  for (const { count, eventId, channel, provider } of log.counts.slice(0, SHOWN_COUNTS)) {
    table.push([
      count,
      eventId,
      fitText(visibleText(channel), room).trimEnd(),
      fitText(visibleText(provider), room).trimEnd(),
    ]);
  }
  const more = log.counts.length - SHOWN_COUNTS;
  return table.toString() + (more > 0 ? `\n  +${more}` : "");
}

function crc(ok: boolean | null): string {
  return ok === null ? "none" : ok ? "ok" : "wrong";
}

function range(ids: LogSummary["eventIds"]): string {
  return ids === null ? "none" : `${ids.first} – ${ids.last}`;
}

/** What lies in the log besides its live records. */
function recoveredText({ records, recovery }: LogInfo["ledger"]): string {
  if (recovery === undefined) return `${records.recovered} in other places`;
  const { full, repaired, partial, positional } = recovery.byCompleteness;
  const kinds = [
    full + repaired > 0 && `${full + repaired} in full`,
    partial > 0 && `${partial} without the names of their data`,
    positional > 0 && `${positional} by position only`,
  ].filter((kind) => kind !== false);
  const detail = kinds.length > 0 ? ` (${kinds.join(", ")})` : "";
  return `${recovery.records} more outside the live ones${detail}, ${recovery.copies} old copies of live ones`;
}
