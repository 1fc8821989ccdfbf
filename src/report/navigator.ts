import type { Finding } from "../model/finding.ts";
import type { TriageReport } from "../model/report.ts";
import { SEVERITIES, type Severity, severityRank } from "../model/severity.ts";
import { inertJson } from "./inert-text.ts";

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: "#a50f15",
  high: "#de2d26",
  medium: "#fb6a4a",
  low: "#fcae91",
  informational: "#fee5d9",
};

/** An ATT&CK Navigator layer (format 4.5): the techniques seen, scored 1 … 5 by their worst finding. */
export function renderNavigator(report: TriageReport): string {
  const byTechnique = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.verdict !== undefined && finding.verdict.verdict !== "confirmed") continue;
    for (const technique of finding.attack) {
      if (!/^T\d{4}(\.\d{3})?$/.test(technique)) continue;
      const known = byTechnique.get(technique);
      if (known === undefined) byTechnique.set(technique, [finding]);
      else known.push(finding);
    }
  }
  return `${inertJson(
    {
      name: `${report.tool.name} ${report.first ?? ""} ${report.last ?? ""}`.trim(),
      versions: { attack: "16", navigator: "5.1.0", layer: "4.5" },
      domain: "enterprise-attack",
      description: `Techniques in ${report.findings.length} findings on ${report.hosts.length} hosts`,
      sorting: 3,
      hideDisabled: false,
      techniques: [...byTechnique].sort(byName).map(([id, findings]) => technique(id, findings)),
      gradient: {
        colors: SEVERITIES.map((severity) => COLOURS[severity]).reverse(),
        minValue: 1,
        maxValue: 5,
      },
      legendItems: SEVERITIES.map((severity) => ({ label: severity, color: COLOURS[severity] })),
      metadata: [{ name: "tool", value: `${report.tool.name} ${report.tool.version}` }],
    },
    2,
  )}\n`;
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function technique(techniqueID: string, findings: readonly Finding[]) {
  const rank = Math.min(...findings.map((finding) => severityRank(finding.severity)));
  return {
    techniqueID,
    score: 5 - rank,
    color: COLOURS[SEVERITIES[rank]!],
    comment: findings
      .slice(0, 10)
      .map((finding) => `${finding.kind}: ${finding.title} (${finding.hosts.join(", ")})`)
      .join("\n"),
    enabled: true,
    showSubtechniques: true,
    metadata: findings.slice(0, 10).map((finding) => ({ name: "finding", value: finding.id })),
  };
}
