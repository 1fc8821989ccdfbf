import fc from "fast-check";
import { expect, it } from "vitest";
import type { Analyzer } from "../../src/correlate/analyzer.ts";
import { caseKindAnalyzer } from "../../src/correlate/judge-case-kinds.ts";
import { multiSiteAnalyzer } from "../../src/correlate/multi-site.ts";
import type { Move } from "../../src/correlate/story.ts";
import { vpnWayInAnalyzer } from "../../src/correlate/vpn-way-in.ts";
import { wayInAnalyzer } from "../../src/correlate/way-in.ts";
import { parseInventory } from "../../src/input/parse-inventory.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import { CONFIDENCES, type Severity } from "../../src/model/severity.ts";
import type { Signal } from "../../src/model/signal.ts";
import { caseView, someFinding, someMove, someRef, someSignal } from "../support/case-view.ts";

const inventory = parseInventory(
  new TextEncoder().encode(
    "cidr,segment,role,host,site\n10.9.0.0/24,vpn pool,vpn,,\n,,server,SRV-01,north\n,,server,SRV-02,south\n",
  ),
  "inventory.csv",
);

interface Case {
  readonly moves: readonly Move[];
  readonly findings: readonly Finding[];
  readonly signals: readonly Signal[];
}

const HOSTS = ["SRV-01", "SRV-02", "WS-03"] as const;
const host = fc.constantFrom(...HOSTS);
const account = fc.constantFrom("user.one", "user.two", "user.three");
// Hours of five weeks: some steps lie close together, some farther apart than a case is long.
const hours = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 24 * 35 }));
const technique = fc.constantFrom(
  ...["T1003", "T1110", "T1204.002", "T1059", "T1021.002", "T1543.003", "T1490", "T1486"],
  ...["T1070.001", "T1219", "T1505.003", "T1098", "T1567", "T1550.002", "T1562.001"],
);
const severity = fc.constantFrom<Severity>("low", "medium", "high", "critical");

const move = fc
  .record({
    from: fc.constantFrom("10.9.0.4", "198.51.100.7", ...HOSTS),
    to: host,
    account,
    hours,
  })
  .filter(({ from, to }) => from !== to)
  .map(someMove);
/** A record at a host and time; several findings may rest on one. */
const pool = fc.array(fc.record({ host, hours }), { minLength: 4, maxLength: 12 });
const draft = fc.record({
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  technique,
  severity,
  account,
  rule: fc.constantFrom("one", "two", "three"),
});
const signal = fc
  .record({
    kind: fc.constantFrom("files-written", "service-stopped", "archive-made", "browser-started"),
    host,
    hours,
  })
  .map(({ kind, host: at, hours: hour }) => someSignal(kind, at, hour, {}, { count: 500 }));

const someCase: fc.Arbitrary<Case> = fc
  .record({
    moves: fc.array(move, { maxLength: 6 }),
    pool,
    drafts: fc.array(draft, { minLength: 1, maxLength: 9 }),
    signals: fc.array(signal, { maxLength: 3 }),
  })
  .map(({ moves, pool: places, drafts, signals }) => {
    const refs = [
      ...places.map((place) => someRef(place.host, place.hours)),
      ...moves.flatMap(({ evidence }) => evidence),
    ];
    const findings = drafts.map((each) => {
      const own = each.picks.map((pick) => refs[pick % refs.length]!);
      return someFinding({
        evidence: inOrder(own),
        attack: [each.technique],
        severity: each.severity,
        rule: { id: each.rule, title: each.rule, source: "konseki" },
        entities: { accounts: [each.account], addresses: [], processes: ["C:\\x\\tool.exe"] },
      });
    });
    // A story has its moves, and a case its signals, in order of time.
    return { moves: moves.sort(byTime), findings, signals: signals.sort(byTime) };
  });

function byTime(a: { readonly timeMs: number }, b: { readonly timeMs: number }): number {
  return a.timeMs - b.timeMs;
}

function inOrder(refs: readonly RecordRef[]): RecordRef[] {
  return [...new Set(refs)].sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** As if the record had never been written. */
function without({ moves, findings, signals }: Case, gone: RecordRef): Case {
  return {
    moves: moves.filter(({ evidence }) => !evidence.includes(gone)),
    signals: signals.filter(({ ref }) => ref !== gone),
    findings: findings
      .map((finding) => {
        const evidence = finding.evidence.filter((ref) => ref !== gone);
        const hosts = [...new Set(evidence.map((ref) => ref.host))];
        const [first] = evidence;
        const last = evidence.at(-1);
        return { ...finding, evidence, hosts, first: first?.time ?? "", last: last?.time ?? "" };
      })
      .filter(({ evidence }) => evidence.length > 0),
  };
}

it.each<[string, Analyzer]>([
  ["the way in", wayInAnalyzer],
  ["the VPN device as the way in", vpnWayInAnalyzer],
  ["several sites", multiSiteAnalyzer],
  ["kinds of case", caseKindAnalyzer],
])("%s: no case has a record of evidence without which it is surer", (_, analyzer) => {
  const ask = (parts: Case): Map<string, Finding> =>
    new Map(
      analyzer
        .run(caseView({ ...parts, inventory }))
        .findings.map((finding) => [finding.rule.id, finding]),
    );
  let told = 0;
  fc.assert(
    fc.property(someCase, (parts) => {
      for (const [rule, { confidence, evidence }] of ask(parts)) {
        told++;
        for (const ref of evidence) {
          const now = ask(without(parts, ref)).get(rule);
          if (now !== undefined)
            expect(
              CONFIDENCES.indexOf(now.confidence),
              `${rule} ${confidence} -> ${now.confidence}`,
            ).toBeGreaterThanOrEqual(CONFIDENCES.indexOf(confidence));
        }
      }
    }),
    { numRuns: 1500, seed: 5 },
  );
  expect(told).toBeGreaterThan(100);
});
