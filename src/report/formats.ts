import type { TriageReport } from "../model/report.ts";
import type { Lang } from "./i18n/message.ts";

export interface RenderOptions {
  readonly lang: Lang;
}

/** One `--format NAME`: a pure function of the report. */
export interface ReportFormat {
  readonly name: string;
  readonly description: string;
  render(report: TriageReport, options: RenderOptions): string;
}

/** Every export format. A new one is one renderer file and one line here. */
export const REPORT_FORMATS: readonly ReportFormat[] = [];
