import { type Finding, VERDICTS, type Verdict } from "../model/finding.ts";
import type { Issue } from "../model/issue.ts";
import type { TriageReport } from "../model/report.ts";
import { inertJson, visibleText } from "./inert-text.ts";

/** The case notebook as a file: what an analyst said of findings, by finding id. */
export type Verdicts = ReadonlyMap<string, Verdict>;

const FORMAT = "konseki-verdicts";
const MOST_NOTE_CHARS = 10_000;

/** The file that the HTML report saves and `--verdicts FILE` reads. */
export function renderVerdicts(verdicts: Verdicts, findings: readonly Finding[]): string {
  const titles = new Map(findings.map((finding) => [finding.id, finding.title]));
  return `${inertJson(
    {
      format: FORMAT,
      version: 1,
      verdicts: [...verdicts].map(([findingId, { verdict, note }]) => ({
        findingId,
        verdict,
        note,
        title: titles.get(findingId) ?? "",
      })),
    },
    2,
  )}\n`;
}

/** Reads a verdict file; what cannot be used is an issue, and the rest still counts. */
export function parseVerdicts(
  text: string,
  source: string,
): { readonly verdicts: Verdicts; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const refuse = (message: string) =>
    issues.push({ code: "verdict-file", severity: "warning", message, source });
  const verdicts = new Map<string, Verdict>();
  for (const entry of entriesOf(text, refuse)) {
    const { findingId, verdict, note } = (entry ?? {}) as Record<string, unknown>;
    const known = VERDICTS.find((word) => word === verdict);
    if (typeof findingId !== "string" || known === undefined) {
      refuse(
        `an entry needs findingId and a verdict of ${VERDICTS.join(", ")}; found ${visibleText(JSON.stringify(entry) ?? "nothing").slice(0, 200)}`,
      );
      continue;
    }
    const words = typeof note === "string" ? note.slice(0, MOST_NOTE_CHARS) : "";
    verdicts.set(findingId, { verdict: known, note: words });
  }
  return { verdicts, issues };
}

function entriesOf(text: string, refuse: (message: string) => void): readonly unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    refuse(`not JSON: ${visibleText((error as Error).message).slice(0, 200)}`);
    return [];
  }
  const { format, version, verdicts } = (file ?? {}) as Record<string, unknown>;
  if (format === FORMAT && version === 1 && Array.isArray(verdicts)) return verdicts;
  refuse(`expected "format": "${FORMAT}", "version": 1 and a list "verdicts"`);
  return [];
}

/**
 * The report with each verdict at its finding. Nothing is hidden and no rank changes; renderers show the
 * verdict. `unknown` lists ids that no finding of this report has.
 */
export function applyVerdicts(
  report: TriageReport,
  verdicts: Verdicts,
): { readonly report: TriageReport; readonly unknown: readonly string[] } {
  const ids = new Set(report.findings.map((finding) => finding.id));
  const findings = report.findings.map((finding) => {
    const verdict = verdicts.get(finding.id);
    return verdict === undefined ? finding : { ...finding, verdict };
  });
  return {
    report: { ...report, findings },
    unknown: [...verdicts.keys()].filter((id) => !ids.has(id)),
  };
}
