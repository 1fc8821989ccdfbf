import { darkPeriods } from "../model/dark-periods.ts";
import type { Finding } from "../model/finding.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { TriageReport } from "../model/report.ts";
import { SEVERITIES } from "../model/severity.ts";
import { type Lang, type MessageKey, message } from "./i18n/message.ts";
import { inLanguage } from "./i18n/sentence.ts";
import { visibleText } from "./inert-text.ts";

/** The report as Markdown for a ticket or a wiki. Text out of logs cannot become markup or a link. */
export function renderMarkdown(report: TriageReport, lang: Lang): string {
  const { tool, hosts, first, last, records, findings, timeline, inputs, limits } = inLanguage(
    report,
    lang,
  );
  const lines = [
    `# ${message(lang, "report.title")}`,
    "",
    `- ${message(lang, "report.hosts")}: ${hosts.map(inline).join(", ") || message(lang, "report.none")}`,
    `- ${message(lang, "report.period")}: ${first === null || last === null ? message(lang, "report.none") : `${first} – ${last}`}`,
    `- ${message(lang, "report.records")}: ${records}`,
    `- ${SEVERITIES.map((s) => `${message(lang, `severity.${s}`)} ${findings.filter((f) => f.severity === s).length}`).join(", ")}`,
    `- ${message(lang, "report.generatedBy", { name: tool.name, version: tool.version })}`,
    "",
    `## ${message(lang, "section.findings")}`,
    "",
    ...(findings.length === 0
      ? [message(lang, "report.noFindings"), ""]
      : findings.flatMap((f) => findingLines(f, lang))),
    `## ${message(lang, "section.timeline")}`,
    "",
    `| ${message(lang, "record.time")} | ${message(lang, "severity")} | ${message(lang, "record.host")} | ${message(lang, "finding.statement")} |`,
    "|---|---|---|---|",
    ...timeline.map(
      (e) =>
        `| ${e.ref.time} | ${message(lang, `severity.${e.severity}`)} | ${inline(e.ref.host)} | ${inline(`${e.title}: ${e.statement}`)} |`,
    ),
    "",
    `## ${message(lang, "section.inputs")}`,
    "",
    `| ${message(lang, "input.path")} | ${message(lang, "input.status")} | ${message(lang, "input.records")} | SHA-256 |`,
    "|---|---|---|---|",
    ...inputs.map((input) => inputRow(input, lang)),
    "",
    `## ${message(lang, "section.limits")}`,
    "",
    ...limits.map((limit) => `- ${inline(limit)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines(finding: Finding, lang: Lang): string[] {
  const list = (
    key: "finding.hosts" | "finding.accounts" | "finding.addresses" | "finding.processes",
    values: readonly string[],
  ): string[] =>
    values.length === 0 ? [] : [`- ${message(lang, key)}: ${values.map(inline).join(", ")}`];
  const dark = darkPeriods(finding, (time) => time);
  const sentences = (key: MessageKey, texts: readonly string[]): string[] =>
    texts.map((text) => `- ${message(lang, key)}: ${inline(text)}`);
  return [
    `### ${message(lang, `severity.${finding.severity}`)}: ${inline(finding.title)}`,
    "",
    inline(finding.statement),
    "",
    `- ${message(lang, `kind.${finding.kind}`)}, ${message(lang, "confidence")} ${message(lang, `confidence.${finding.confidence}`)}`,
    `- ${finding.first}${finding.count > 1 ? ` – ${finding.last} (×${finding.count})` : ""}`,
    ...list("finding.hosts", finding.hosts),
    ...list("finding.accounts", finding.entities.accounts),
    ...list("finding.addresses", finding.entities.addresses),
    ...list("finding.processes", finding.entities.processes),
    ...(finding.attack.length > 0 ? [`- ATT&CK: ${finding.attack.map(inline).join(", ")}`] : []),
    ...finding.evidence.map(
      (ref) =>
        `- ${message(lang, "finding.evidence")}: ${inline(`${ref.file} #${ref.recordId} (${ref.channel} ${ref.eventId}, ${ref.time})`)}`,
    ),
    ...sentences("finding.reasonsFor", finding.reasons.for),
    ...sentences("finding.reasonsAgainst", finding.reasons.against),
    ...sentences("finding.alternatives", finding.alternatives ?? []),
    ...sentences("finding.dark", dark.periods),
    ...sentences("finding.coveredBy", dark.coveredBy),
    ...sentences("finding.unknowable", dark.unknowable),
    ...sentences("finding.checkNext", finding.checkNext),
    ...sentences("finding.askCustomer", finding.askCustomer ?? []),
    ...sentences("finding.falsePositives", finding.falsePositives),
    "",
  ];
}

function inputRow(input: InputLedger, lang: Lang): string {
  const { records } = input;
  const reason = input.reason === "" ? "" : ` (${inline(input.reason)})`;
  const expected = records.expected === null ? "" : `/${records.expected}`;
  return `| ${inline(input.path)} | ${message(lang, `status.${input.status}`)}${reason} | ${records.read + records.repaired}${expected} | ${input.sha256} |`;
}

/** One line of text in which nothing is markup. */
function inline(text: string): string {
  return visibleText(text).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, (character) =>
    /[<>&]/.test(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
  );
}
