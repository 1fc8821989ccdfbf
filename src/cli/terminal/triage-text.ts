import type { ChalkInstance } from "chalk";
import { darkPeriods } from "../../model/dark-periods.ts";
import type { Finding } from "../../model/finding.ts";
import type { InputLedger } from "../../model/ledger.ts";
import type { Text } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { TriageReport } from "../../model/report.ts";
import { SEVERITIES, type Severity } from "../../model/severity.ts";
import { evidenceLines } from "../../report/evidence-text.ts";
import { hostFactsLines } from "../../report/host-facts-text.ts";
import { type Lang, message } from "../../report/i18n/message.ts";
import { visibleText } from "../../report/inert-text.ts";
import { restatedFindings } from "../../report/restated-findings.ts";
import { isWorthTelling, sourceLines } from "../../report/source-lines.ts";
import type { TimePrinter } from "../times.ts";
import { hops, hostStrips } from "./overview-lines.ts";
import { shortHosts } from "./short-hosts.ts";
import { renderSufficiency, sufficiencySummary } from "./sufficiency-text.ts";
import { columnsOf, fitPath, fitText, wrapText } from "./text-layout.ts";

export interface TextOptions {
  readonly chalk: ChalkInstance;
  readonly width: number;
  readonly lang: Lang;
  /** Says a text of the report's own in that language. */
  readonly say: (text: Text) => string;
  readonly time: TimePrinter;
  /** All evidence and the whole timeline instead of their beginnings. */
  readonly details: boolean;
}

const TOP_FINDINGS = 5;
const SHOWN_EVIDENCE = 3;
const SHOWN_TIMELINE = 40;
const SHOWN_HOSTS = 12;
const SHOWN_SOURCES = 24;
const MOST_WAY_IN_CHARS = 600;

/** A report for reading in a terminal. All text out of logs is made visible first. */
export function renderTriageText(report: TriageReport, options: TextOptions): string {
  return new TriageText(report, options).render();
}

class TriageText {
  readonly #report: TriageReport;
  readonly #options: TextOptions;
  readonly #lines: string[] = [];
  /** Facts that a finding tells of in one, by its id: shown with it instead of each by itself. */
  readonly #restated: ReadonlyMap<string, readonly Finding[]>;
  /** The others. */
  readonly #told: readonly Finding[];

  constructor(report: TriageReport, options: TextOptions) {
    this.#report = report;
    this.#options = options;
    this.#restated = options.details ? new Map() : restatedFindings(report.findings);
    const parts = new Set([...this.#restated.values()].flat());
    this.#told = report.findings.filter((finding) => !parts.has(finding));
  }

  render(): string {
    this.#answer();
    this.#caseKinds();
    this.#findings();
    this.#hops();
    this.#timeline();
    this.#inputs();
    this.#sources();
    this.#hostFacts();
    this.#coverage();
    this.#sufficiency();
    this.#limits();
    return `${this.#lines.join("\n")}\n`;
  }

  #line(text = ""): void {
    this.#lines.push(text.trimEnd());
  }

  /** Text from logs or rules, wrapped behind an indent; `first` stands before the first line. */
  #paragraph(text: string, indent: number, first = " ".repeat(indent)): void {
    const width = Math.max(this.#options.width - indent, 20);
    for (const [index, line] of wrapText(visibleText(text), width).entries()) {
      this.#line((index === 0 ? first : " ".repeat(indent)) + line);
    }
  }

  #heading(title: string): void {
    const { chalk, width } = this.#options;
    this.#line();
    this.#line(chalk.bold(`${title} ${"─".repeat(Math.max(width - columnsOf(title) - 1, 3))}`));
  }

  #severity(severity: Severity): string {
    const { chalk, lang } = this.#options;
    const text = message(lang, `severity.${severity}`).toUpperCase();
    switch (severity) {
      case "critical":
        return chalk.bgRed.white.bold(text);
      case "high":
        return chalk.red.bold(text);
      case "medium":
        return chalk.yellow(text);
      case "low":
        return chalk.green(text);
      default:
        return chalk.dim(text);
    }
  }

  #answer(): void {
    const { chalk, lang, time, width } = this.#options;
    const { tool, hosts, first, last, records, inputs, findings } = this.#report;
    const named = hosts.slice(0, 6).join(", ") + (hosts.length > 6 ? ` +${hosts.length - 6}` : "");
    this.#line(`${chalk.bold(`${tool.name} ${tool.version}`)}  ${message(lang, "report.title")}`);
    this.#line();
    const label = (text: string): string => `${fitText(text, 14)} `;
    const hostText =
      hosts.length === 0 ? message(lang, "report.none") : `${hosts.length} (${named})`;
    this.#paragraph(hostText, 15, label(message(lang, "report.hosts")));
    const period =
      first && last ? `${time(first)} – ${time(last)} ${time.zone}` : message(lang, "report.none");
    this.#line(label(message(lang, "report.period")) + period);
    const unread = inputs.filter((input) => input.status !== "read");
    this.#line(
      `${label(message(lang, "report.records"))}${records}  (${message(lang, "report.inputsRead", { read: inputs.length - unread.length, count: inputs.length })})`,
    );
    const counts = SEVERITIES.map(
      (s) => `${this.#severity(s)} ${findings.filter((f) => f.severity === s).length}`,
    );
    this.#line(label(message(lang, "section.findings")) + counts.join("  "));
    this.#line();
    if (findings.length === 0) this.#noFindings();
    else {
      this.#line(chalk.bold(message(lang, "answer.top")));
      const top = this.#told.slice(0, TOP_FINDINGS);
      const levelWidth = Math.max(...top.map((f) => columnsOf(this.#severity(f.severity))));
      const short = shortHosts(hosts);
      for (const finding of top) {
        const level = this.#severity(finding.severity);
        const head = `  ${level}${" ".repeat(Math.max(levelWidth - columnsOf(level), 0))} `;
        const [firstHost = "", ...others] = finding.hosts;
        const host = visibleText(
          others.length === 0 ? short(firstHost) : `${short(firstHost)} +${others.length}`,
        ).slice(0, Math.floor(width / 2));
        const room = Math.max(width - columnsOf(head) - columnsOf(host) - 2, 20);
        this.#line(`${head}${fitText(visibleText(finding.title), room)}  ${chalk.cyan(host)}`);
      }
    }
    const hypotheses = findings.filter(({ kind }) => kind === "hypothesis");
    const wayIn = hypotheses.find(({ rule }) => rule.id === "way-in");
    const hypothesis = wayIn ?? hypotheses[0];
    if (hypothesis !== undefined) {
      this.#line();
      const sure = `${message(lang, "confidence")}: ${message(lang, `confidence.${hypothesis.confidence}`)}`;
      const heading = message(lang, wayIn === undefined ? "answer.hypothesis" : "answer.wayIn");
      this.#line(`${chalk.bold(heading)}  ${chalk.dim(sure)}`);
      this.#paragraph(hypothesis.statement.slice(0, MOST_WAY_IN_CHARS), 2);
    }
    this.#line();
    if (unread.length === 0)
      this.#line(message(lang, inputs.length === 0 ? "report.none" : "answer.allRead"));
    else {
      this.#line(
        chalk.yellow(
          message(lang, "answer.someUnread", { count: unread.length, total: inputs.length }),
        ),
      );
      for (const input of unread.slice(0, TOP_FINDINGS)) {
        this.#paragraph(`${fitPath(input.path, width - 4)}: ${input.reason}`, 4, "  ! ");
      }
      if (unread.length > TOP_FINDINGS) this.#line(`    +${unread.length - TOP_FINDINGS}`);
    }
  }

  /** Facts come under findings; this is what they may add up to, and what not. */
  #caseKinds(): void {
    const { chalk, lang } = this.#options;
    const { caseKinds = [] } = this.#report;
    if (!caseKinds.some(({ verdict }) => verdict === "supported")) return;
    this.#heading(message(lang, "section.caseKinds"));
    const labels = caseKinds.map(({ kind }) => message(lang, `caseKind.${kind}`));
    const widest = Math.max(...labels.map((label) => columnsOf(label)));
    for (const [at, { verdict, confidence }] of caseKinds.entries()) {
      const said = message(lang, `caseVerdict.${verdict}`);
      const sure =
        confidence === undefined
          ? ""
          : `, ${message(lang, "confidence").toLowerCase()} ${message(lang, `confidence.${confidence}`)}`;
      const text = `${said}${sure}`;
      this.#line(
        `  ${fitText(labels[at]!, widest)}  ${verdict === "supported" ? chalk.yellow(text) : chalk.dim(text)}`,
      );
    }
  }

  #noFindings(): void {
    const { rules } = this.#report;
    this.#paragraph(message(this.#options.lang, "report.noFindings"), 0);
    this.#paragraph(
      `${rules.loaded} rules were loaded; ${rules.couldFire} of them want events that occur in these logs, and none matched.`,
      0,
    );
  }

  #findings(): void {
    const { chalk, lang, time, details, width } = this.#options;
    if (this.#told.length === 0) return;
    this.#heading(message(lang, "section.findings"));
    for (const finding of this.#told) {
      this.#line();
      const kind = `[${message(lang, `kind.${finding.kind}`)}, ${message(lang, "confidence").toLowerCase()} ${message(lang, `confidence.${finding.confidence}`)}]`;
      const severity = this.#severity(finding.severity);
      const indent = " ".repeat(columnsOf(severity) + 2);
      const [first = "", ...more] = wrapText(visibleText(finding.title), width - indent.length);
      const head = `${severity}  ${chalk.bold(first)}`;
      const gap = width - columnsOf(head) - columnsOf(kind);
      this.#line(gap >= 2 ? `${head}${" ".repeat(gap)}${chalk.dim(kind)}` : head);
      for (const part of more) this.#line(`${indent}${chalk.bold(part)}`);
      if (gap < 2) this.#line(`${indent}${chalk.dim(kind)}`);
      this.#paragraph(finding.statement, 2);
      this.#line(chalk.dim(`  ${this.#when(finding, time)}`));
      this.#entities(finding);
      for (const ref of finding.evidence.slice(
        0,
        details ? finding.evidence.length : SHOWN_EVIDENCE,
      )) {
        this.#evidence(ref);
      }
      if (!details && finding.evidence.length > SHOWN_EVIDENCE) {
        this.#line(
          chalk.dim(
            `    ${message(lang, "finding.moreEvidence", { count: finding.evidence.length - SHOWN_EVIDENCE })}`,
          ),
        );
      }
      this.#parts(this.#restated.get(finding.id) ?? []);
      if (details) this.#explain(finding);
    }
  }

  #parts(parts: readonly Finding[]): void {
    if (parts.length === 0) return;
    const { lang } = this.#options;
    const counts = new Map<string, number>();
    for (const { title, severity } of parts) {
      const text = `${title} (${message(lang, `severity.${severity}`).toLowerCase()})`;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const titles = [...counts].map(([text, count]) => (count === 1 ? text : `${text} ×${count}`));
    this.#paragraph(`${message(lang, "finding.parts")}: ${titles.join("; ")}`, 2);
  }

  #when(finding: Finding, time: TimePrinter): string {
    const first = time(finding.first);
    const last = time(finding.last);
    const when = first === last ? first : `${first} – ${last}`;
    return finding.count === 1 ? when : `${when}  ×${finding.count}`;
  }

  #entities(finding: Finding): void {
    const { lang } = this.#options;
    const { accounts, addresses, processes } = finding.entities;
    const parts: [string, readonly string[]][] = [
      [message(lang, "finding.hosts"), finding.hosts],
      [message(lang, "finding.accounts"), accounts],
      [message(lang, "finding.addresses"), addresses],
      [message(lang, "finding.processes"), processes],
      ["ATT&CK", finding.attack],
    ];
    const text = parts
      .filter(([, values]) => values.length > 0)
      .map(
        ([name, values]) =>
          `${name}: ${values.slice(0, 4).join(", ")}${values.length > 4 ? ` +${values.length - 4}` : ""}`,
      )
      .join(" · ");
    if (text !== "") this.#paragraph(text, 2);
  }

  #evidence(ref: RecordRef): void {
    const { chalk, width } = this.#options;
    const state =
      ref.state === "live" ? "" : ` (${message(this.#options.lang, `state.${ref.state}`)})`;
    const record = ref.line === undefined ? `#${ref.recordId}` : `line ${ref.line}`;
    const what = visibleText(` ${record} ${ref.eventId}${state}`);
    this.#line(
      chalk.dim(
        `    ${fitPath(visibleText(ref.file), Math.max(width - 5 - columnsOf(what), 20))}${what}`,
      ),
    );
  }

  #explain(finding: Finding): void {
    const { lang } = this.#options;
    const section = (title: string, sentences: readonly string[]): void => {
      for (const sentence of sentences) this.#paragraph(`${title}: ${sentence}`, 4);
    };
    section(message(lang, "finding.reasonsFor"), finding.reasons.for);
    section(message(lang, "finding.reasonsAgainst"), finding.reasons.against);
    section(message(lang, "finding.alternatives"), finding.alternatives ?? []);
    const { periods, coveredBy, unknowable } = darkPeriods(finding, this.#options.time);
    section(message(lang, "finding.dark"), periods);
    section(message(lang, "finding.coveredBy"), coveredBy);
    section(message(lang, "finding.unknowable"), unknowable);
    section(message(lang, "finding.falsePositives"), finding.falsePositives);
    section(message(lang, "finding.checkNext"), finding.checkNext);
    section(message(lang, "finding.askCustomer"), finding.askCustomer ?? []);
    section(message(lang, "finding.rule"), [
      `${finding.rule.title} (${finding.rule.id}, ${finding.rule.source})`,
    ]);
    section(message(lang, "finding.id"), [finding.id]);
  }

  /** The lateral-movement graph as a list of hops. */
  #hops(): void {
    const { chalk, lang, time, details, width } = this.#options;
    const moves = hops(this.#report.findings);
    if (moves.length === 0) return;
    this.#heading(message(lang, "section.graph"));
    for (const move of details ? moves : moves.slice(0, SHOWN_TIMELINE)) {
      const way = `${move.from} → ${move.to}`;
      const how = [move.method, move.account].filter((text) => text !== undefined).join(", ");
      const when = time(move.time);
      const room = Math.max(width - columnsOf(when) - 2, 20);
      this.#line(`${chalk.dim(when)}  ${fitText(visibleText(`${way}  ${how}`), room)}`);
    }
    if (!details && moves.length > SHOWN_TIMELINE)
      this.#line(chalk.dim(`+${moves.length - SHOWN_TIMELINE} (--details)`));
  }

  #timeline(): void {
    const { chalk, lang, time, details, width } = this.#options;
    const { timeline } = this.#report;
    if (timeline.length === 0) return;
    this.#heading(message(lang, "section.timeline"));
    const strips = hostStrips(timeline, Math.max(width - 24, 10));
    for (const { host, entries, strip } of strips.slice(0, SHOWN_HOSTS))
      this.#line(
        `${chalk.cyan(fitText(visibleText(host.split(".")[0]!), 15))} ${strip} ${String(entries).padStart(7)}`,
      );
    if (strips.length > SHOWN_HOSTS) this.#line(chalk.dim(`+${strips.length - SHOWN_HOSTS}`));
    this.#line();
    const shown = details ? timeline : timeline.slice(0, SHOWN_TIMELINE);
    for (const entry of shown) {
      const when = time(entry.ref.time);
      const severity = fitText(message(lang, `severity.${entry.severity}`).slice(0, 4), 4);
      const host = fitText(visibleText(entry.ref.host.split(".")[0]!), 15);
      const room = Math.max(width - columnsOf(when) - 4 - 15 - 3, 20);
      this.#line(
        `${when} ${severity} ${chalk.cyan(host)} ${fitText(visibleText(entry.title), room)}`,
      );
    }
    if (shown.length < timeline.length) {
      this.#line(
        chalk.dim(
          `${message(lang, "timeline.shown", { shown: shown.length, total: timeline.length })} (--details)`,
        ),
      );
    }
  }

  #inputs(): void {
    const { lang } = this.#options;
    const { inputs } = this.#report;
    this.#heading(message(lang, "section.inputs"));
    for (const input of inputs) this.#input(input);
  }

  #input(input: InputLedger): void {
    const { chalk, lang, time, width, details } = this.#options;
    const status = message(lang, `status.${input.status}`);
    const colour =
      input.status === "read" ? chalk.green : input.status === "partial" ? chalk.yellow : chalk.red;
    const verdict = `  ${status}`;
    this.#line(fitPath(visibleText(input.path), width - columnsOf(verdict)) + colour(verdict));
    if (input.reason !== "") this.#paragraph(input.reason, 4);
    const { records, chunks, header } = input;
    const of = records.expected === null ? "" : `/${records.expected}`;
    const facts = [
      `${message(lang, "input.records")} ${records.read + records.repaired}${of}`,
      ...(records.lost + records.partial > 0
        ? [`${message(lang, "input.lost")} ${records.lost + records.partial}`]
        : []),
      ...(records.recovered > 0
        ? [`${message(lang, "input.recovered")} ${records.recovered}`]
        : []),
      ...(chunks
        ? [
            `chunks ${chunks.read + chunks.damaged}/${chunks.expected}${chunks.damaged > 0 ? ` (${chunks.damaged} damaged)` : ""}`,
          ]
        : []),
      ...(header && header.flags.length > 0 ? [header.flags.join("+")] : []),
      ...(input.origin && input.origin !== "unknown"
        ? [message(lang, `origin.${input.origin}`)]
        : []),
      sizeText(input.size),
    ];
    this.#paragraph(facts.join(", "), 4);
    if (input.first && input.last) this.#line(`    ${time(input.first)} – ${time(input.last)}`);
    if (input.sha256 !== "") this.#line(chalk.dim(`    sha256 ${input.sha256}`));
    for (const line of evidenceLines(input, lang)) this.#paragraph(line, 6, "    ");
    for (const issue of input.issues.slice(0, details ? input.issues.length : 3)) {
      this.#paragraph(issue.message, 6, "    - ");
    }
    const total = Object.values(input.issueCounts).reduce((sum, n) => sum + n, 0);
    const hidden = total - (details ? input.issues.length : Math.min(input.issues.length, 3));
    if (hidden > 0) this.#line(`      +${hidden}`);
  }

  #sources(): void {
    const { lang, say, details } = this.#options;
    const sources = this.#report.sources ?? [];
    if (!isWorthTelling(sources)) return;
    this.#heading(message(lang, "section.sources"));
    const shown = details ? sources : sources.slice(0, SHOWN_SOURCES);
    for (const source of shown) {
      const [first = "", ...more] = sourceLines(source, lang, say);
      this.#paragraph(first, 4, "  ");
      for (const line of more) this.#paragraph(line, 6, "    - ");
    }
    if (shown.length < sources.length) this.#line(`  +${sources.length - shown.length}`);
  }

  #hostFacts(): void {
    const { lang, say, details } = this.#options;
    const facts = this.#report.hostFacts ?? [];
    if (facts.length === 0) return;
    this.#heading(message(lang, "section.hostFacts"));
    // Of hosts that only logs tell of there is little to say, and there may be hundreds of them.
    const shown = facts.filter(
      ({ sources, conflicts }, at) =>
        details || sources.length > 0 || conflicts !== undefined || at < SHOWN_HOSTS,
    );
    for (const host of shown) {
      const [name, ...lines] = hostFactsLines(host, lang, say);
      this.#line(visibleText(name ?? ""));
      for (const line of lines) this.#paragraph(line, 6, "    ");
    }
    if (shown.length < facts.length) this.#line(`  +${facts.length - shown.length}`);
  }

  #coverage(): void {
    const { lang, details } = this.#options;
    const { rules } = this.#report;
    this.#heading(message(lang, "section.coverage"));
    this.#line(`${message(lang, "coverage.loaded")}: ${rules.loaded}`);
    this.#line(`${message(lang, "coverage.couldFire")}: ${rules.couldFire}`);
    this.#line(`${message(lang, "coverage.fired")}: ${rules.fired}`);
    const missing = details ? rules.missingChannels : rules.missingChannels.slice(0, 5);
    for (const { channel, rules: served } of missing) {
      this.#paragraph(`${message(lang, "coverage.missingChannel")}: ${channel} (${served})`, 2);
    }
    if (missing.length < rules.missingChannels.length)
      this.#line(`  +${rules.missingChannels.length - missing.length}`);
    if (rules.unusable.length > 0) {
      this.#line(`${message(lang, "coverage.unusable")}: ${rules.unusable.length}`);
      for (const issue of details ? rules.unusable : rules.unusable.slice(0, 5)) {
        this.#paragraph(
          `${issue.source}${issue.line ? `:${issue.line}` : ""}: ${issue.message}`,
          4,
          "  - ",
        );
      }
    }
  }

  #sufficiency(): void {
    const { sufficiency } = this.#report;
    if (sufficiency === undefined || sufficiency.hosts.length === 0) return;
    const { lang, details } = this.#options;
    this.#heading(message(lang, "section.sufficiency"));
    const lines = details
      ? renderSufficiency(sufficiency, this.#options).trimEnd().split("\n")
      : sufficiencySummary(sufficiency, this.#options);
    for (const line of lines) this.#line(line);
    if (!details) this.#line(this.#options.chalk.dim("  konseki coverage, --details"));
  }

  #limits(): void {
    const { limits } = this.#report;
    if (limits.length === 0) return;
    this.#heading(message(this.#options.lang, "section.limits"));
    for (const limit of limits) this.#paragraph(limit, 2, "- ");
  }
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kibibytes = bytes / 1024;
  return kibibytes < 1024 ? `${Math.round(kibibytes)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}
