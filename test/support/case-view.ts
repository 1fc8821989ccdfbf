import type { CaseView } from "../../src/correlate/analyzer.ts";
import { tidyHost } from "../../src/correlate/host-names.ts";
import type { HostFacts, LogonSession, Move } from "../../src/correlate/story.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import type { Signal } from "../../src/model/signal.ts";

export const START_MS = Date.UTC(2026, 2, 2, 8);
const HOUR_MS = 3_600_000;
let nextRecord = 1;

/** A record of its own, `hours` into the case. */
export function someRef(
  host: string,
  hours: number,
  channel = "Security",
  eventId = 4624,
): RecordRef {
  return {
    file: `${host}/${channel}.evtx`,
    channel,
    provider: "p",
    eventId,
    recordId: nextRecord++,
    time: new Date(START_MS + hours * HOUR_MS).toISOString(),
    host,
    state: "live",
  };
}

export function someMove(change: Partial<Move> & { readonly hours?: number }): Move {
  const { hours = 0, ...rest } = change;
  const to = rest.to ?? "SRV-01";
  return {
    from: "WS-01",
    to,
    timeMs: START_MS + hours * HOUR_MS,
    method: "RDP",
    account: "user.one",
    domain: "CORP",
    succeeded: true,
    sides: ["destination"],
    evidence: [someRef(to, hours)],
    ...rest,
  };
}

export function someSignal(
  kind: string,
  host: string,
  hours: number,
  fields: Signal["fields"],
  change: Partial<Signal> = {},
): Signal {
  return { kind, timeMs: START_MS + hours * HOUR_MS, ref: someRef(host, hours), fields, ...change };
}

export function someFinding(
  change: Partial<Finding> & { readonly evidence: Finding["evidence"] },
): Finding {
  const [first] = change.evidence;
  return {
    id: `finding-${nextRecord++}`,
    kind: "fact",
    severity: "medium",
    confidence: "high",
    reasons: { for: [], against: [] },
    rule: { id: "some-rule", title: "Some rule", source: "konseki" },
    title: "Some rule",
    statement: "",
    first: first?.time ?? "",
    last: change.evidence.at(-1)?.time ?? "",
    count: change.evidence.length,
    hosts: [...new Set(change.evidence.map(({ host }) => host))],
    entities: { accounts: [], addresses: [], processes: [] },
    attack: [],
    falsePositives: [],
    checkNext: [],
    ...change,
  };
}

export interface ViewParts extends Partial<Omit<CaseView, "of" | "story">> {
  readonly signals?: readonly Signal[];
  readonly hosts?: readonly HostFacts[];
  readonly sessions?: readonly LogonSession[];
  readonly moves?: readonly Move[];
}

/** A case as an analyzer sees it, made by hand. */
export function caseView(parts: ViewParts): CaseView {
  const { signals = [], hosts = [], sessions = [], moves = [], ...rest } = parts;
  const find = (name: string): HostFacts | undefined => {
    const key = tidyHost(name).toLowerCase();
    return hosts.find((host) =>
      [host.name, ...host.aliases, ...host.addresses.map(({ address }) => address)].some(
        (each) => each.toLowerCase() === key,
      ),
    );
  };
  return {
    of: (kind) => signals.filter((signal) => signal.kind === kind),
    hits: signals.filter(({ kind }) => kind === "rule"),
    rule: () => undefined,
    findings: [],
    inputs: [],
    rhythms: [],
    filtered: false,
    knownDestinations: [],
    story: {
      hosts: {
        all: hosts,
        find,
        nameOf: (name) => find(name)?.name ?? tidyHost(name),
        behind: () => [],
      },
      sessions,
      moves,
    },
    ...rest,
  };
}
