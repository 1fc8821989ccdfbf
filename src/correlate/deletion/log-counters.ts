import type { Finding } from "../../model/finding.ts";
import { type Phrase, row, say, spoken } from "../../model/phrase.ts";
import type { Analyzer } from "../analyzer.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { deletionFinding } from "./deletion-finding.ts";

/** Headers that count other records or chunks than the file holds, in a log that was closed properly. */
export const logCounters: Analyzer = {
  name: "log-counters",
  wants: [],
  run: (view) => ({
    findings: channelLogs(view.inputs, view.story.hosts).flatMap(told),
  }),
};

function told({ input, host, channel, whole }: ChannelLog): Finding[] {
  const { header, recordIds, chunks, issueCounts } = input;
  // In use, the header is as of the last flush; in damaged files numbers disagree for that reason.
  if (!whole || header === undefined || recordIds === undefined || chunks === undefined) return [];
  if (input.status !== "read" || header.flags.includes("dirty")) return [];
  const disagreements: Phrase[] = [];
  const { headerLast } = recordIds;
  const next = Number(header.nextRecordId);
  if (typeof headerLast === "number" && Number.isSafeInteger(next) && next !== headerLast + 1)
    disagreements.push(
      say`the file header expects record ${header.nextRecordId} next, the last one is ${headerLast}`,
    );
  if (header.chunkCount !== chunks.read && chunks.read < 0xffff)
    disagreements.push(
      say`the file header counts ${header.chunkCount} chunks, ${chunks.read} hold records`,
    );
  const lost = input.records.lost;
  if (lost > 0 && issueCounts["chunk-data-crc"] === undefined)
    disagreements.push(say`chunk headers count ${lost} more records than there are`);
  if (disagreements.length === 0) return [];
  return [
    deletionFinding({
      rule: "konseki-log-counters",
      key: [channel, ...disagreements.map((each) => spoken(each))],
      host,
      kind: "hypothesis",
      severity: "medium",
      confidence: disagreements.length > 1 ? "medium" : "low",
      title: "A log's own counters disagree with what it holds",
      statement: say`${channel} of ${host}: ${row(disagreements, "; ")}.`,
      reasons: {
        for: [
          "the log was closed properly, and Windows then writes its counters",
          "no damage explains it",
        ],
        against: ["a copy made while Windows closed the log can look the same"],
      },
      evidence: input.firstRecord ? [input.firstRecord] : [],
      first: input.first ?? "",
      last: input.last ?? "",
      attack: ["T1070"],
      falsePositives: ["A log copied in the moment it was closed."],
      alternatives: [
        "The log was copied while it was written, and the dirty flag was not yet set.",
      ],
      checkNext: [
        "Compare the log with another copy of it, and search its slack: konseki recover.",
      ],
    }),
  ];
}
