import type { Finding } from "../model/finding.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { severityRank } from "../model/severity.ts";

/** Findings that put the records of one thing together: a move between machines, a clearing with who did it from where. */
const WHOLE = /^(?:remote-[a-z]+|konseki-cleared-logs)$/;

/**
 * Facts all of whose records stand in a finding that tells the whole and is no less grave, by the id of that finding: a
 * reader who has the whole need not read its parts. Lists keep the order of `findings`.
 */
export function restatedFindings(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const wholes = new Map<string, Finding[]>();
  for (const finding of findings)
    if (WHOLE.test(finding.rule.id) && finding.rule.source === "konseki")
      for (const key of new Set(finding.evidence.map(keyOf))) {
        const list = wholes.get(key);
        if (list === undefined) wholes.set(key, [finding]);
        else list.push(finding);
      }
  const restated = new Map<string, Finding[]>();
  if (wholes.size === 0) return restated;
  for (const finding of findings) {
    const { kind, severity, evidence, rule } = finding;
    const [first] = evidence;
    if (kind !== "fact" || first === undefined || WHOLE.test(rule.id)) continue;
    const holding = (wholes.get(keyOf(first)) ?? []).filter(
      (each) =>
        severityRank(each.severity) <= severityRank(severity) &&
        evidence.every((ref) => wholes.get(keyOf(ref))?.includes(each) === true),
    );
    // Of a clearing and the move it followed, that which is of the same technique.
    const whole = holding.find((each) => sameTechnique(each, finding)) ?? holding[0];
    if (whole === undefined) continue;
    const list = restated.get(whole.id);
    if (list === undefined) restated.set(whole.id, [finding]);
    else list.push(finding);
  }
  return restated;
}

function sameTechnique(a: Finding, b: Finding): boolean {
  const techniques = new Set(a.attack.map((id) => id.split(".")[0]));
  return b.attack.some((id) => techniques.has(id.split(".")[0]));
}

function keyOf({ host, channel, recordId, time }: RecordRef): string {
  return `${host}|${channel}|${recordId}|${time}`;
}
