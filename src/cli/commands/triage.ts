import { type Command, Option } from "commander";
import type { Issue } from "../../model/issue.ts";
import { spoken } from "../../model/phrase.ts";
import { severityRank } from "../../model/severity.ts";
import { freeHeap } from "../../node/heap.ts";
import {
  addEvidenceOutputOptions,
  EvidenceOutput,
  type EvidenceOutputOptions,
} from "../evidence-output.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { haveManySignals, mapLogs, workerCount } from "../map-logs.ts";
import {
  addFilterOptions,
  addInputOptions,
  eventFilter,
  evidenceOptions,
  type FilterOptions,
  type InputOptions,
  inputPaths,
  list,
  paths,
  rulePaths,
  severity,
} from "../options.ts";
import { Output } from "../output.ts";
import { outsideEvidence } from "../outside-evidence.ts";
import { progressLine } from "../progress.ts";
import { timePrinter } from "../times.ts";
import { UsageError } from "../usage-error.ts";
import { VERSION } from "../version.ts";
import { warn } from "../warn.ts";

interface TriageOptions extends FilterOptions, InputOptions, EvidenceOutputOptions {
  readonly rules?: readonly string[];
  readonly sigma?: readonly string[];
  readonly tuning?: readonly string[];
  readonly case?: string;
  readonly workers?: number;
  readonly cache: boolean;
  readonly recover: boolean;
  readonly builtinRules: boolean;
  readonly strictRules?: boolean;
  readonly minSeverity?: string;
  readonly minLevel?: string;
  readonly failOn?: string;
  readonly format?: string;
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly csv?: boolean;
  readonly output?: string;
  readonly html?: string;
  readonly verdicts?: string;
  readonly baseline?: string;
  readonly inventory?: string;
  readonly knownC2?: readonly string[];
  readonly clobber?: boolean;
  readonly timezone: string;
  readonly utc?: boolean;
  readonly details?: boolean;
  readonly lang?: string;
  readonly profile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** `konseki triage`: the main job. */
export function addTriage(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("triage")
    .alias("hunt")
    .description("ranked findings, timeline, and what could not be read")
    .argument("[input...]", "files, folders, or - for standard input")
    .option("-r, --rules <path>", "add Sigma rules: a file or folder (repeatable)", rulePaths)
    .addOption(new Option("-s, --sigma <path>").argParser(paths).hideHelp())
    .option("--no-builtin-rules", "leave konseki's own rules out")
    .option(
      "--tuning <file>",
      "level changes and exclusions with their reasons (YAML, repeatable)",
      paths,
    )
    .option(
      "--case <folder>",
      "keep what was read in this folder: a run started again goes on where the last one stopped",
    )
    .option("--no-recover", "live records only: leave slack, stale chunks and hidden records alone")
    .option(
      "--workers <n>",
      "worker threads that read logs; 1 = none (default: by cores and size)",
      workerCount,
    )
    .option("--no-cache", "check all rule files anew instead of using the cache")
    .option("--strict-rules", "stop with exit code 2 when a rule cannot be used")
    .option("--min-severity <level>", "leave out findings below this level")
    .addOption(new Option("-m, --min-level <level>").hideHelp())
    .option("--fail-on <level>", "exit with 1 when a finding reaches this level")
    .option("--format <name>", "text, json, jsonl, csv, md, or an export format (default: text)")
    .addOption(new Option("--json", "same as --format json").hideHelp())
    .addOption(new Option("--jsonl", "same as --format jsonl").hideHelp())
    .addOption(new Option("--csv", "same as --format csv").hideHelp())
    .option("-p, --profile <name>", "column set of the hayabusa timelines")
    .option("-o, --output <file>", "write the report to a file")
    .option("-H, --html <file>", "write the report as one self-contained HTML file too")
    .option("--verdicts <file>", "apply verdicts saved from the HTML report")
    .option(
      "--baseline <file>",
      "an earlier json or jsonl report: --fail-on counts new findings only",
    )
    .option("--inventory <file>", "segments and hosts as their owner knows them (CSV or YAML)")
    .option(
      "--known-c2 <value>",
      "address or name that serves the intruder: others are ranked by likeness (repeatable)",
      list,
    )
    .option("-C, --clobber", "overwrite an existing output file")
    .option("--timezone <zone>", "zone of printed times: utc, local, Asia/Tokyo, +09:00 …", "utc")
    .addOption(new Option("-U, --utc").hideHelp())
    .option("--details", "all evidence, reasons and the whole timeline")
    .option("--lang <lang>", "en or ja (default: by locale)")
    .option("-q, --quiet", "no progress and no warnings")
    .option("-v, --verbose", "every problem of every input on stderr")
    .option("-K, --no-color", "no colour");
  addEvidenceOutputOptions(command);
  addFilterOptions(addInputOptions(command));
  command.addHelpText(
    "after",
    "\nExample:\n  konseki triage fixtures/rdp-chain --min-severity medium\n  konseki triage C:\\evidence -o report.csv --format csv --fail-on high",
  );
  command.action(async (inputs: string[], options: TriageOptions) => {
    done(await triage(inputs, options));
  });
}

async function triage(positional: readonly string[], options: TriageOptions): Promise<ExitCode> {
  const formatName =
    options.format ??
    (options.json ? "json" : options.jsonl ? "jsonl" : options.csv ? "csv" : "text");
  const minimum = options.minSeverity ?? options.minLevel;
  const minSeverity = minimum === undefined ? undefined : severity(minimum);
  const failOn = options.failOn === undefined ? undefined : severity(options.failOn);
  const filter = eventFilter(options);
  const time = timePrinter(options.utc ? "utc" : options.timezone);
  const named = inputPaths(positional, options);
  const { chosenLang } = await import("../lang.ts");
  const lang = chosenLang(options.lang);
  const render = await rendererOf(formatName, options, lang, time);
  const { readReportInputs } = await import("../report-inputs.ts");
  const reportInputs = await readReportInputs(options);

  const { installNodePlatform } = await import("../../node/platform.ts");
  installNodePlatform();
  const { isBuiltIn, loadRules } = await import("../../node/load-rules.ts");
  const choice = {
    paths: [...(options.rules ?? []), ...(options.sigma ?? [])],
    builtIn: options.builtinRules,
    tuning: options.tuning ?? [],
    cache: options.cache,
  };
  const { engine, issues: ruleIssues, key, pack } = await loadRules(choice);
  if (!options.quiet)
    warnOfRules(ruleIssues, options.verbose === true || options.strictRules === true);
  if (options.strictRules && ruleIssues.length > 0) return EXIT.usage;

  const output = new Output(options.output, options.clobber === true, named);
  const html =
    options.html === undefined
      ? undefined
      : new Output(options.html, options.clobber === true, named);
  const evidenceOutput = new EvidenceOutput(options, named, choice);
  const { findInputs } = await import("../../node/find-inputs.ts");
  const { reduce } = await import("../../triage/reduce.ts");
  const { signalWants } = await import("../../correlate/analyzers.ts");
  const { EvidenceCache } = await import("../../node/evidence-cache.ts");
  const evidence = new EvidenceCache(evidenceOptions(options));
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.once("SIGINT", onInterrupt);
  const plan = { engine, filter, wants: signalWants(), recover: options.recover };
  if (options.case !== undefined) outsideEvidence(options.case, named, "--case");
  const found = await findInputs(named, evidence, { hives: true });
  const logs = found.filter((input) => "problem" in input || input.role === undefined);
  const store =
    options.case === undefined
      ? undefined
      : await openCase(options.case, plan, key, options.quiet === true);
  const results = await mapLogs(
    logs,
    plan,
    {
      evidence,
      ...(store && { store }),
      onProgress: progressLine(options.quiet === true),
      cancelled: () => interrupted,
      ...(options.verbose && {
        onIssue: (issue: Issue) => warn(`${issue.source}: ${issue.message}`),
      }),
    },
    { workers: options.workers, rules: { key, pack }, caseFolder: options.case },
  );
  if (store !== undefined && !options.quiet) warn(`${options.case}: ${caseSentence(store.counts)}`);
  process.removeListener("SIGINT", onInterrupt);
  const reduced = reduce(results, engine, {
    version: VERSION,
    isBuiltIn,
    ruleIssues,
    ...(minSeverity !== undefined && { minSeverity }),
    ...(reportInputs.inventory && { inventory: reportInputs.inventory }),
    knownDestinations: reportInputs.knownDestinations,
    ...(haveManySignals(results) && { free: freeHeap }),
  });
  const hostFacts = await hostFactsOf(found, evidence);
  const { withHostFacts } = await import("../../report/known-settings.ts");
  const { evidenceSources } = await import("../../report/evidence-sources.ts");
  const report = reportInputs.applyTo({
    ...(hostFacts.length === 0 ? reduced : withHostFacts(reduced, hostFacts)),
    sources: evidenceSources(reduced.inputs, named),
  });
  for (const piece of render(report, output.isTerminal)) output.write(piece);
  output.close();
  if (html !== undefined) {
    const { renderHtml } = await import("../../viewer/render-html.ts");
    const { loadReportPage } = await import("../report-page.ts");
    const { citeRecords } = await import("../../node/cite-records.ts");
    const onIssue = (issue: Issue): void => warn(`${issue.source}: ${issue.message}`);
    const cited = await citeRecords(report, onIssue, evidence);
    html.write(renderHtml(cited, { lang, page: loadReportPage() }));
    html.close();
  }
  await evidenceOutput.write(report, evidence);
  evidence.close();
  const { NOT_REACHED } = await import("../../node/map-file.ts");
  const incomplete = report.inputs.filter((input) => input.status !== "read");
  const stopped = incomplete.filter(({ reason }) => reason === NOT_REACHED).length;
  if (interrupted) warn(stoppedSentence(stopped, report.inputs.length, options.case));
  if (!options.quiet)
    for (const input of incomplete.filter(({ reason }) => reason !== NOT_REACHED))
      warn(`${input.path}: ${input.status}: ${input.reason}`);
  if (interrupted) return EXIT.interrupted;
  if (incomplete.length > 0) return EXIT.incomplete;
  if (
    failOn !== undefined &&
    report.findings.some(
      (f) => severityRank(f.severity) <= severityRank(failOn) && reportInputs.counts(f),
    )
  )
    return EXIT.findings;
  return EXIT.done;
}

async function hostFactsOf(
  found: readonly import("../../node/find-inputs.ts").FoundInput[],
  evidence: import("../../node/evidence-cache.ts").EvidenceCache,
): Promise<import("../../model/host-facts.ts").HostFacts[]> {
  if (!found.some((input) => "role" in input && input.role === "hive")) return [];
  const { findHostFacts } = await import("../../node/find-host-facts.ts");
  return findHostFacts(found, evidence);
}

/** What of the case was there already. */
function caseSentence({
  mapped,
  reused,
  damaged,
}: import("../../node/case-store.ts").CaseCounts): string {
  const again = damaged === 0 ? "" : ` (${damaged} of them again: what was kept is damaged)`;
  return `${mapped} logs read${again}, ${reused} taken from an earlier run`;
}

function stoppedSentence(missed: number, all: number, folder: string | undefined): string {
  const then =
    folder === undefined
      ? "with --case FOLDER a run keeps what it has read"
      : `what was read is kept in ${folder}: the same command goes on there`;
  return `stopped: ${all - missed} of ${all} inputs were read, the report is of these; ${then}`;
}

async function openCase(
  folder: string,
  plan: import("../../triage/log-mapper.ts").MapPlan,
  rules: string,
  quiet: boolean,
): Promise<import("../../node/case-store.ts").CaseStore> {
  const { CaseStore } = await import("../../node/case-store.ts");
  try {
    const store = new CaseStore(folder, plan, rules, VERSION);
    const unfinished = store.removeUnfinished();
    if (unfinished > 0 && !quiet)
      warn(`${folder}: ${unfinished} half-written results of a killed run were removed`);
    return store;
  } catch (error) {
    throw new UsageError(`--case ${folder}: ${(error as Error).message}`);
  }
}

type Renderer = (
  report: import("../../model/report.ts").TriageReport,
  isTerminal: boolean,
) => Iterable<string>;

async function rendererOf(
  name: string,
  options: TriageOptions,
  lang: import("../../report/i18n/message.ts").Lang,
  time: import("../times.ts").TimePrinter,
): Promise<Renderer> {
  const profile =
    options.profile === undefined ? undefined : await timelineProfile(options.profile);
  if (profile !== undefined && !name.startsWith("hayabusa-"))
    throw new UsageError("--profile goes with --format hayabusa-csv or hayabusa-jsonl");
  if (name === "text") {
    const { Chalk, supportsColor } = await import("chalk");
    // The words of other languages are large, and most runs need none of them.
    const other = lang === "en" ? undefined : await import("../../report/i18n/sentence.ts");
    const { renderTriageText } = await import("../terminal/triage-text.ts");
    const { inZone } = await import("../../report/zoned-report.ts");
    const zoned = (report: import("../../model/report.ts").TriageReport) =>
      time.zone === "UTC" ? report : inZone(report, (iso) => `${time(iso)} ${time.zone}`);
    return (report, isTerminal) => {
      const coloured =
        isTerminal && options.color && !process.env.NO_COLOR && supportsColor !== false;
      const columns = isTerminal ? (process.stdout.columns ?? 80) : 80;
      return [
        renderTriageText(other?.inLanguage(zoned(report), lang) ?? zoned(report), {
          chalk: new Chalk({ level: coloured ? 1 : 0 }),
          width: Math.min(Math.max(columns, 40), 160),
          lang,
          say: (text) => other?.textIn(lang, text) ?? spoken(text),
          time,
          details: options.details === true,
        }),
      ];
    };
  }
  const { reportFormat, REPORT_FORMATS } = await import("../../report/formats.ts");
  const format = reportFormat(name);
  if (format === undefined) {
    throw new UsageError(
      `--format ${name} is not known: write text, ${REPORT_FORMATS.map((f) => f.name).join(", ")}`,
    );
  }
  return (report) =>
    format.pieces?.(report) ?? [
      format.render(report, { lang, ...(profile !== undefined && { profile }) }),
    ];
}

const SHOWN_RULE_ISSUES = 3;

/** One clear line a rule that cannot be used; a large foreign set is summed up. */
function warnOfRules(issues: readonly Issue[], all: boolean): void {
  for (const issue of all ? issues : issues.slice(0, SHOWN_RULE_ISSUES)) {
    const where = issue.line === undefined ? issue.source : `${issue.source}:${issue.line}`;
    warn(`${where}: ${issue.message}${issue.fix ? ` (${issue.fix})` : ""}`);
  }
  if (!all && issues.length > SHOWN_RULE_ISSUES) {
    warn(
      `${issues.length - SHOWN_RULE_ISSUES} more rule problems; -v shows all, the report counts them`,
    );
  }
}

async function timelineProfile(
  name: string,
): Promise<import("../../report/hayabusa.ts").TimelineProfile> {
  const { isTimelineProfile, TIMELINE_PROFILES } = await import("../../report/hayabusa.ts");
  if (isTimelineProfile(name)) return name;
  const names = Object.keys(TIMELINE_PROFILES).join(", ");
  throw new UsageError(`--profile ${name} is not known: write ${names}`);
}
