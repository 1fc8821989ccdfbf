import type { TriageReport } from "../model/report.ts";
import { renderEcs } from "./ecs.ts";
import { renderFindingsCsv } from "./findings-csv.ts";
import { renderHayabusaCsv, renderHayabusaJsonl, type TimelineProfile } from "./hayabusa.ts";
import type { Lang } from "./i18n/message.ts";
import { renderJunit } from "./junit.ts";
import { renderL2tcsv } from "./l2tcsv.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderNavigator } from "./navigator.ts";
import { renderOcsf } from "./ocsf.ts";
import { renderSarif } from "./sarif.ts";
import { renderStix } from "./stix.ts";
import { renderTimesketchCsv, renderTimesketchJsonl } from "./timesketch.ts";
import {
  renderTriageJson,
  renderTriageJsonLines,
  triageJsonLines,
  triageJsonPieces,
} from "./triage-json.ts";

export interface RenderOptions {
  readonly lang: Lang;
  /** Column set of the `hayabusa-*` timelines. */
  readonly profile?: TimelineProfile;
}

/** One `--format NAME`: a pure function of the report. */
export interface ReportFormat {
  readonly name: string;
  readonly description: string;
  render(report: TriageReport, options: RenderOptions): string;
  /** The same text in pieces, for formats whose whole text may be large. */
  pieces?(report: TriageReport): Iterable<string>;
}

/** Every export format. A new one is one renderer file and one line here. */
export const REPORT_FORMATS: readonly ReportFormat[] = [
  {
    name: "json",
    description: "findings, inputs and summary as one document",
    render: renderTriageJson,
    pieces: triageJsonPieces,
  },
  {
    name: "jsonl",
    description: "the same, an object a line",
    render: renderTriageJsonLines,
    pieces: triageJsonLines,
  },
  {
    name: "md",
    description: "the report as Markdown",
    render: (report, { lang }) => renderMarkdown(report, lang),
  },
  { name: "csv", description: "a row a finding", render: renderFindingsCsv },
  {
    name: "timesketch-jsonl",
    description: "timeline for Timesketch, a JSON object a line",
    render: renderTimesketchJsonl,
  },
  {
    name: "timesketch-csv",
    description: "timeline for Timesketch, CSV",
    render: renderTimesketchCsv,
  },
  { name: "l2tcsv", description: "timeline in log2timeline's 17 columns", render: renderL2tcsv },
  {
    name: "hayabusa-csv",
    description: "timeline with Hayabusa's columns (--profile)",
    render: (report, { profile }) => renderHayabusaCsv(report, profile),
  },
  {
    name: "hayabusa-jsonl",
    description: "timeline with Hayabusa's keys (--profile)",
    render: (report, { profile }) => renderHayabusaJsonl(report, profile),
  },
  { name: "ecs", description: "Elastic Common Schema documents, one a line", render: renderEcs },
  { name: "ocsf", description: "OCSF detection findings, one a line", render: renderOcsf },
  { name: "stix", description: "STIX 2.1 bundle", render: renderStix },
  { name: "navigator", description: "ATT&CK Navigator layer", render: renderNavigator },
  { name: "sarif", description: "SARIF 2.1.0 log", render: renderSarif },
  { name: "junit", description: "JUnit XML for CI", render: renderJunit },
];

export function reportFormat(name: string): ReportFormat | undefined {
  return REPORT_FORMATS.find((format) => format.name === name);
}
