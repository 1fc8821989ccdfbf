import { isAddress } from "../base/ip-network.ts";
import type { Finding } from "../model/finding.ts";
import { type Phrase, say } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { QuestionId } from "../model/sufficiency.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "./analyzer-finding.ts";
import { programName } from "./connections.ts";
import { caseKindVerdict } from "./judge-case-kinds.ts";
import { WINDOWS_ACCOUNTS } from "./privilege-steps.ts";
import { SegmentMap } from "./segment-map.ts";
import { hasTechnique, tellingFacts } from "./telling-facts.ts";

const DAY_MS = 86_400_000;
const LEAST_DAYS = 7;
const MOST_REFS = 200;
const QUESTIONS: readonly QuestionId[] = ["programs", "services", "tasks", "network-logons"];
const PERSISTENCE = ["T1543", "T1053", "T1546", "T1547", "T1136", "T1505"];
/** Programs of Windows that any site has: the same one at two sites says nothing. */
const EVERYWHERE =
  /^(cmd|powershell|pwsh|svchost|rundll32|regsvr32|mshta|wscript|cscript|wmic|net1?|reg|schtasks|sc|lsass|services|explorer|msiexec|wevtutil|vssadmin|bcdedit|taskhostw?|conhost|system)(\.exe)?$/;

const OF_WINDOWS = /\\windows\\(system32|syswow64|winsxs|servicing|[^\\]+$)/i;
const LOCAL = new Set(["127.0.0.1", "::1", "0.0.0.0", "::"]);

interface Thing {
  readonly name: string;
  readonly says: Phrase;
  readonly sites: Map<string, RecordRef[]>;
  firstMs: number;
  lastMs: number;
  persistence: boolean;
}

/** The same program, account or address in telling facts at several sites, over more than a week. */
export const multiSiteAnalyzer: Analyzer = {
  name: "several sites",
  wants: [],
  run(view) {
    const finding = judge(view);
    return {
      findings: finding === undefined ? [] : [finding],
      caseKinds: [caseKindVerdict("multi-site-intrusion", QUESTIONS, finding, view)],
    };
  },
};

function judge(view: CaseView): Finding | undefined {
  const { hosts } = view.story;
  const map = view.inventory && new SegmentMap(view.inventory, hosts);
  // Without an inventory, a DNS domain is the best guess at a site.
  const siteOf = (host: string): string | undefined =>
    map?.end(host).site ?? /\.(.+)$/s.exec(hosts.nameOf(host).toLowerCase())?.[1];
  const things = new Map<string, Thing>();
  for (const { finding } of tellingFacts(view.findings, "medium", hosts)) {
    const { accounts, addresses, processes } = finding.entities;
    const names = [
      ...accounts
        .map(accountKey)
        .filter(
          (key) =>
            !WINDOWS_ACCOUNTS.has(key) &&
            !key.endsWith("$") &&
            key !== "administrator" &&
            // The same account by its number: other records have its name.
            !key.startsWith("s-1-"),
        )
        .map((key) => ({ name: `account ${key}`, says: say`account ${key}` })),
      ...addresses
        .filter((address) => isAddress(address) && !LOCAL.has(address))
        .map((address) => ({ name: `address ${address}`, says: say`address ${address}` })),
      ...processes
        .filter((path) => !OF_WINDOWS.test(path))
        .map(programName)
        .filter((name) => name !== "" && !EVERYWHERE.test(name))
        .map((name) => ({ name: `program ${name}`, says: say`program ${name}` })),
    ];
    for (const { name, says } of names) {
      const thing = things.get(name) ?? {
        name,
        says,
        sites: new Map(),
        firstMs: Number.POSITIVE_INFINITY,
        lastMs: Number.NEGATIVE_INFINITY,
        persistence: false,
      };
      things.set(name, thing);
      thing.persistence ||= hasTechnique(finding, PERSISTENCE);
      for (const ref of finding.evidence) {
        const site = siteOf(ref.host);
        if (site === undefined) continue;
        const refs = thing.sites.get(site) ?? [];
        thing.sites.set(site, refs);
        refs.push(ref);
        thing.firstMs = Math.min(thing.firstMs, Date.parse(ref.time));
        thing.lastMs = Math.max(thing.lastMs, Date.parse(ref.time));
      }
    }
  }
  const spread = [...things.values()]
    .filter(
      ({ sites, firstMs, lastMs }) => sites.size >= 2 && lastMs - firstMs >= LEAST_DAYS * DAY_MS,
    )
    .sort((a, b) => b.sites.size - a.sites.size || a.firstMs - b.firstMs);
  const [widest] = spread;
  if (widest === undefined) return undefined;
  const points =
    3 +
    (widest.sites.size > 2 ? 1 : 0) +
    (spread.some(({ persistence }) => persistence) ? 1 : 0) +
    (spread.length > 1 ? 1 : 0);
  const confidence = confidenceOf(points, 4, 6);
  const refs = ({ sites }: Thing): RecordRef[] => [...sites.values()].flat();
  const days = Math.floor((widest.lastMs - widest.firstMs) / DAY_MS);
  return analyzerFinding({
    rule: "case-multi-site-intrusion",
    same: [widest.name],
    kind: "hypothesis",
    severity: confidence === "high" ? "critical" : confidence === "medium" ? "high" : "low",
    confidence,
    title: "The same intruder seems to be at several sites",
    statement: say`The ${widest.says} stands in telling records at ${[...widest.sites.keys()].slice(0, 5).join(", ")} over ${days} days.`,
    attack: ["T1078"],
    evidence: spread.flatMap((thing) => refs(thing).slice(0, MOST_REFS)),
    reasonsFor: spread
      .slice(0, 10)
      .map((thing) => cite(say`${thing.says} at ${thing.sites.size} sites`, refs(thing))),
    reasonsAgainst:
      map === undefined ? ["sites were guessed from DNS domains: an inventory would tell"] : [],
    accounts: spread
      .filter(({ name }) => name.startsWith("account "))
      .map(({ name }) => name.slice(8)),
    addresses: spread
      .filter(({ name }) => name.startsWith("address "))
      .map(({ name }) => name.slice(8)),
    processes: spread
      .filter(({ name }) => name.startsWith("program "))
      .map(({ name }) => name.slice(8)),
    falsePositives: [
      "Central administration and software distribution use the same accounts and programs at all sites.",
    ],
    alternatives: [
      "Central administration: then the accounts and programs are known to the owner, and the hours are theirs.",
      "Several intruders with the same public tool: less likely when accounts or addresses are the same too.",
    ],
    checkNext: ["The same names on all hosts of all sites, as far back as logs and backups reach"],
    askCustomer: ["Which accounts and tools does central administration use at several sites?"],
  });
}
