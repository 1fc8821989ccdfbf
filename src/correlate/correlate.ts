import { isoText } from "../base/filetime.ts";
import { TextPool } from "../base/text-pool.ts";
import { CASE_KIND_IDS, type CaseKindVerdict } from "../model/case-kind.ts";
import type { Finding } from "../model/finding.ts";
import type { HostFacts } from "../model/host-facts.ts";
import type { Inventory } from "../model/inventory.ts";
import type { InputLedger } from "../model/ledger.ts";
import type { SessionSummary } from "../model/movement.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";
import type { Signal } from "../model/signal.ts";
import type { LogSufficiency } from "../model/sufficiency.ts";
import type { Analyzer, CaseView, RuleFacts } from "./analyzer.ts";
import { ANALYZERS } from "./analyzers.ts";
import { buildStory } from "./build-story.ts";
import { loggedHostFacts } from "./logged-host-facts.ts";
import type { LogonSession } from "./story.ts";
import { judgeSufficiency } from "./sufficiency.ts";

export interface CaseInput {
  /** In time order. */
  readonly signals: readonly Signal[];
  readonly rule: (ruleId: string) => RuleFacts | undefined;
  readonly findings: readonly Finding[];
  readonly inputs: readonly InputLedger[];
  readonly rhythms: readonly ChannelRhythm[];
  readonly filtered: boolean;
  readonly inventory?: Inventory;
  readonly knownDestinations?: readonly string[];
  /** Called when most of what was put together is held no more. */
  readonly free?: () => void;
}

export interface CaseResult {
  /** Of the analyzers only. */
  readonly findings: readonly Finding[];
  readonly sessions: readonly SessionSummary[];
  readonly caseKinds: readonly CaseKindVerdict[];
  readonly limits: readonly string[];
  /** Absent when nothing was looked for but rules: then the rhythm of the logs is not known. */
  readonly sufficiency?: LogSufficiency;
  /** What the logs say of their hosts' starts; none where a filter may have left records of them out. */
  readonly hostFacts: readonly HostFacts[];
}

/** Joins what single logs said into one story, and asks every analyzer about it. */
export function correlate(
  input: CaseInput,
  analyzers: readonly Analyzer[] = ANALYZERS,
): CaseResult {
  const { sessions, ...asked } = ask(input, analyzers);
  input.free?.();
  return { ...asked, sessions: summariesOf(sessions) };
}

/** What analyzers say, and the sessions they said it of. Of the rest of the story nothing is kept. */
function ask(
  input: CaseInput,
  analyzers: readonly Analyzer[],
): Omit<CaseResult, "sessions"> & { sessions: LogonSession[] } {
  const kinds = byKind(input.signals);
  const of = (kind: string): readonly Signal[] => kinds.get(kind) ?? [];
  const story = buildStory(of, input.inputs);
  const found: Finding[] = [];
  const ids = new Set<string>();
  const caseKinds: CaseKindVerdict[] = [];
  const limits: string[] = [];
  const { rule, inputs, rhythms, filtered, inventory, knownDestinations = [] } = input;
  const sufficiency =
    rhythms.length === 0
      ? undefined
      : judgeSufficiency({ of, rhythms, inputs, hosts: story.hosts, filtered });
  for (const analyzer of analyzers) {
    const view: CaseView = {
      of,
      hits: of("rule"),
      rule,
      findings: [...input.findings, ...found],
      inputs,
      rhythms,
      filtered,
      story,
      ...(sufficiency && { sufficiency }),
      ...(inventory && { inventory }),
      knownDestinations,
    };
    const result = analyzer.run(view);
    // A log and its copy among the inputs say the same: it stands once.
    for (const finding of result.findings)
      if (!ids.has(finding.id)) {
        ids.add(finding.id);
        found.push(finding);
      }
    caseKinds.push(...(result.caseKinds ?? []));
    limits.push(...(result.limits ?? []));
  }
  return {
    findings: found,
    sessions: [...story.sessions],
    caseKinds: caseKinds.sort(
      (a, b) => CASE_KIND_IDS.indexOf(a.kind) - CASE_KIND_IDS.indexOf(b.kind),
    ),
    limits,
    ...(sufficiency && { sufficiency }),
    hostFacts: filtered ? [] : loggedHostFacts(of, story.hosts),
  };
}

/**
 * The same record may lie in a log and in its copy: it counts once a kind and rule. Copies have the same time, so only
 * signals of one moment are compared.
 */
function byKind(signals: readonly Signal[]): Map<string, Signal[]> {
  const kinds = new Map<string, Signal[]>();
  for (let from = 0; from < signals.length; ) {
    const { timeMs } = signals[from]!;
    let to = from + 1;
    while (to < signals.length && signals[to]!.timeMs === timeMs) to++;
    const seen = to - from > 1 ? new Set<string>() : undefined;
    for (; from < to; from++) {
      const signal = signals[from]!;
      if (seen !== undefined) {
        const { host, channel, recordId, time } = signal.ref;
        const key = `${signal.kind}|${signal.ruleId ?? ""}|${host.toLowerCase()}|${channel.toLowerCase()}|${recordId}|${time}`;
        if (seen.has(key)) continue;
        seen.add(key);
      }
      const list = kinds.get(signal.kind);
      if (list === undefined) kinds.set(signal.kind, [signal]);
      else list.push(signal);
    }
  }
  return kinds;
}

/** Takes the list over: each summary stands in its session's place. There may not be memory for half a million of both. */
function summariesOf(sessions: LogonSession[]): readonly SessionSummary[] {
  const texts = new TextPool();
  const list: (LogonSession | SessionSummary)[] = sessions;
  for (const [at, session] of sessions.entries()) list[at] = summaryOf(session, texts);
  return list as SessionSummary[];
}

function summaryOf(session: LogonSession, texts: TextPool): SessionSummary {
  const { host, account, domain, logonType, from, startMs, endMs, missing } = session;
  const name = domain === undefined ? account : texts.of(`${domain}\\${account}`);
  const start = startMs === null ? null : isoText(startMs);
  const end = endMs === null ? null : isoText(endMs);
  // Written out for the two that are nearly all: spread objects are several times as large.
  if (logonType !== undefined && from !== undefined) {
    const type = String(logonType);
    return missing.length === 0
      ? { host, account: name, logonType: type, from, start, end }
      : { host, account: name, logonType: type, from, start, end, missing };
  }
  return {
    host,
    account: name,
    ...(logonType !== undefined && { logonType: String(logonType) }),
    ...(from !== undefined && { from }),
    start,
    end,
    ...(missing.length > 0 && { missing }),
  };
}
