import type { Finding } from "../../model/finding.ts";
import { type Phrase, say, type Text } from "../../model/phrase.ts";
import type { Signal, SignalWant } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { listAt, nearest } from "../time-index.ts";
import { byPlace, type ChannelLog, channelLogs, placeKey } from "./channel-logs.ts";
import { clock, deletionFinding } from "./deletion-finding.ts";
import { POWER } from "./power-states.ts";
import { gapOf } from "./witnesses.ts";

const LSM = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";
const SECURITY = "Microsoft-Windows-Security-Auditing";

/** Logons at the machine or its remote desktop: few, and each is in several logs. */
export const DESK_LOGON: SignalWant = {
  kind: "desk-logon",
  subscription: {
    channels: ["Security"],
    providers: [SECURITY],
    eventIds: [4624, 4778],
    fields: ["TargetUserName", "AccountName", "TargetLogonId", "LogonID", "LogonType"],
  },
  where: [{ field: "LogonType", is: ["2", "7", "10", "11", ""] }],
};

/** Their end. */
export const DESK_LOGOFF: SignalWant = {
  kind: "desk-logoff",
  subscription: {
    channels: ["Security"],
    providers: [SECURITY],
    eventIds: [4634, 4647],
    fields: ["TargetUserName", "TargetDomainName", "TargetLogonId", "LogonType"],
  },
  where: [{ field: "LogonType", is: ["2", "10", "11", ""] }],
};

/** A terminal session began, as its manager says. */
export const TERMINAL_SESSION: SignalWant = {
  kind: "terminal-session",
  subscription: { channels: [LSM], eventIds: [21], fields: ["User", "SessionID", "Address"] },
};

/** A service was installed: System says it always, Security where that is audited. */
export const SERVICE_INSTALLED: SignalWant = {
  kind: "service-installed",
  subscription: {
    channels: ["System", "Security"],
    providers: ["Service Control Manager", SECURITY],
    eventIds: [7045, 4697],
    fields: ["ServiceName", "ServiceFileName", "SubjectUserName", "SubjectDomainName"],
  },
};

/** Services that remote tools install anew each time. */
const TOOL_SERVICES = ["PSEXESVC", "PAExec", "RemComSvc", "winexesvc", "csexecsvc"];

/** Such a service ran. */
export const TOOL_SERVICE_RAN: SignalWant = {
  kind: "tool-service-ran",
  subscription: {
    channels: ["System"],
    providers: ["Service Control Manager"],
    eventIds: [7036],
    fields: ["param1", "param2"],
  },
  where: [{ field: "param1", contains: TOOL_SERVICES }],
};

const NEAR_MS = 120_000;
/** Services told one by one; a log that makes up more is no evidence of anything else. */
const MOST_SERVICES = 100;
/** At the edges of a log the other half may lie outside. */
const EDGE_MS = 300_000;

/** Two channels of one host that cannot both be whole: one tells of something that the other should have told too. */
export const channelContradictions: Analyzer = {
  name: "channel-contradictions",
  wants: [DESK_LOGON, DESK_LOGOFF, TERMINAL_SESSION, SERVICE_INSTALLED, TOOL_SERVICE_RAN, POWER],
  run: (view) => {
    if (view.filtered) return { findings: [] };
    const places = byPlace(channelLogs(view.inputs, view.story.hosts));
    const whole: Covers = (host, channel, timeMs) =>
      (places.get(placeKey(host, channel)) ?? []).some(
        (log: ChannelLog) =>
          log.whole &&
          log.input.status === "read" &&
          log.firstMs + EDGE_MS < timeMs &&
          log.lastMs - EDGE_MS > timeMs,
      );
    return {
      findings: [
        ...sessionsWithoutLogon(view, whole),
        ...logoffsWithoutLogon(view, whole),
        ...servicesNeverInstalled(view, whole),
      ],
    };
  },
};

/** A whole log of the channel spans that time. */
type Covers = (host: string, channel: string, timeMs: number) => boolean;

function hostOf(view: CaseView, { ref }: Signal): string {
  return view.story.hosts.nameOf(ref.host);
}

function byHost(view: CaseView, kind: string): Map<string, Signal[]> {
  const hosts = new Map<string, Signal[]>();
  for (const signal of view.of(kind)) listAt(hosts, hostOf(view, signal)).push(signal);
  return hosts;
}

function bareName(account: string | null | undefined): string {
  const name = account ?? "";
  return name
    .slice(name.lastIndexOf("\\") + 1)
    .replace(/@.*$/s, "")
    .toLowerCase();
}

function sessionsWithoutLogon(view: CaseView, whole: Covers): Finding[] {
  const logons = byHost(view, DESK_LOGON.kind);
  const hosts = new Map<string, Signal[]>();
  for (const session of view.of(TERMINAL_SESSION.kind)) {
    const host = hostOf(view, session);
    // Without any logon it is not audited, or the log is no Security log of this kind.
    if (!logons.has(host) || !whole(host, "Security", session.timeMs)) continue;
    const user = bareName(session.fields.User);
    const known = nearest(
      logons.get(host),
      session.timeMs,
      { before: NEAR_MS, after: NEAR_MS },
      ({ timeMs }) => timeMs,
      ({ fields }) =>
        bareName(fields.TargetUserName) === user || bareName(fields.AccountName) === user,
    );
    if (known === undefined) listAt(hosts, host).push(session);
  }
  return [...hosts].map(([host, sessions]) => {
    const first = sessions[0]!;
    const { User: user, Address: address } = first.fields;
    return contradiction(view, {
      rule: "konseki-session-without-logon",
      host,
      signals: sessions,
      silent: "Security",
      title: "Session without a logon in Security",
      statement: say`${user ?? say`Somebody`} opened a terminal session on ${host} at ${clock(first.timeMs)}${address && address !== "LOCAL" ? say` from ${address}` : ""}, but Security, which covers that time and records other logons, has none${more(sessions)}.`,
      for: [
        "the session manager recorded a session",
        "Security records such logons at other times",
      ],
      accounts: [user ?? ""],
      addresses: address && address !== "LOCAL" ? [address] : [],
      alternative: "Auditing of logons was off for that moment: look for 4719.",
    });
  });
}

function logoffsWithoutLogon(view: CaseView, whole: Covers): Finding[] {
  const ids = new Map<string, Set<string>>();
  for (const [host, logons] of byHost(view, DESK_LOGON.kind))
    ids.set(host, new Set(logons.map(({ fields }) => (fields.TargetLogonId ?? "").toLowerCase())));
  const hosts = new Map<string, Signal[]>();
  const booted = firstStarts(view);
  for (const logoff of view.of(DESK_LOGOFF.kind)) {
    const host = hostOf(view, logoff);
    const known = ids.get(host);
    const boot = booted.get(host);
    const id = (logoff.fields.TargetLogonId ?? "").toLowerCase();
    // The session began after a start of Windows that the log has, so its logon should be in it.
    if (known === undefined || boot === undefined || boot > logoff.timeMs || id === "") continue;
    if (known.has(id) || !whole(host, "Security", logoff.timeMs)) continue;
    if (/^(dwm|umfd)-/.test(bareName(logoff.fields.TargetUserName))) continue;
    listAt(hosts, host).push(logoff);
  }
  return [...hosts].map(([host, logoffs]) => {
    const first = logoffs[0]!;
    const { TargetUserName: user, TargetDomainName: domain, TargetLogonId: id } = first.fields;
    const account = domain ? `${domain}\\${user}` : (user ?? "");
    return contradiction(view, {
      rule: "konseki-logoff-without-logon",
      host,
      signals: logoffs,
      silent: "Security",
      fromMs: booted.get(host)!,
      title: "Logoff without its logon",
      statement: say`${account || say`Somebody`} logged off from ${host} at ${clock(first.timeMs)} (logon ${id}), but no logon with that number is in Security, which goes back beyond the start of Windows${more(logoffs)}.`,
      for: [
        "logon numbers are unique from one start of Windows to the next",
        "the log holds that start, and other logons of this kind",
      ],
      accounts: [account],
      addresses: [],
      alternative: "Auditing of logons was off when the session began: look for 4719.",
    });
  });
}

/** The first start of Windows (4608) that each host's Security log holds. */
function firstStarts(view: CaseView): Map<string, number> {
  const starts = new Map<string, number>();
  for (const signal of view.of(POWER.kind)) {
    const host = hostOf(view, signal);
    if (signal.ref.eventId === 4608 && !starts.has(host)) starts.set(host, signal.timeMs);
  }
  return starts;
}

function servicesNeverInstalled(view: CaseView, whole: Covers): Finding[] {
  const installed = byHost(view, SERVICE_INSTALLED.kind);
  const findings: Finding[] = [];
  for (const [host, signals] of installed) {
    const inSystem = signals.filter(({ ref }) => ref.eventId === 7045);
    for (const audit of signals) {
      if (audit.ref.eventId !== 4697 || !whole(host, "System", audit.timeMs)) continue;
      const name = audit.fields.ServiceName ?? "";
      const known = nearest(
        inSystem,
        audit.timeMs,
        { before: NEAR_MS, after: NEAR_MS },
        ({ timeMs }) => timeMs,
        ({ fields }) => fields.ServiceName?.toLowerCase() === name.toLowerCase(),
      );
      if (known === undefined && findings.length < MOST_SERVICES)
        findings.push(serviceMissing(view, host, audit, name, say`Security says`));
    }
  }
  const told = new Set<string>();
  for (const ran of view.of(TOOL_SERVICE_RAN.kind)) {
    const host = hostOf(view, ran);
    const name = ran.fields.param1 ?? "";
    if (findings.length >= MOST_SERVICES) break;
    if (told.has(`${host}\n${name}`) || !whole(host, "System", ran.timeMs)) continue;
    const known = (installed.get(host) ?? []).some(
      ({ timeMs, fields }) =>
        timeMs <= ran.timeMs + NEAR_MS &&
        (fields.ServiceName ?? "").toLowerCase().includes(name.toLowerCase()),
    );
    if (known) continue;
    told.add(`${host}\n${name}`);
    findings.push(
      serviceMissing(view, host, ran, name, say`it ran, and remote tools install it anew`),
    );
  }
  return findings;
}

function serviceMissing(
  view: CaseView,
  host: string,
  signal: Signal,
  name: string,
  why: Phrase,
): Finding {
  return contradiction(view, {
    rule: "konseki-service-never-installed",
    host,
    signals: [signal],
    silent: "System",
    title: "Service whose installation is not in System",
    statement: say`Service ${name} of ${host} was installed by ${clock(signal.timeMs)} (${why}), but System, which covers that time, has no record of it (7045).`,
    for: ["System records every installed service", "the log covers the time"],
    accounts: [],
    addresses: [],
    alternative: "The service was installed before the System log begins and only started now.",
  });
}

interface Contradiction {
  readonly rule: string;
  readonly host: string;
  readonly signals: readonly Signal[];
  /** The channel that should have told of it. */
  readonly silent: string;
  readonly fromMs?: number;
  readonly title: string;
  readonly statement: Phrase;
  readonly for: readonly string[];
  readonly accounts: readonly string[];
  readonly addresses: readonly string[];
  readonly alternative: string;
}

function contradiction(view: CaseView, told: Contradiction): Finding {
  const { rule, host, signals, silent, title, statement, accounts, addresses } = told;
  return deletionFinding({
    rule,
    key: [signals[0]!.ref.time, String(signals[0]!.ref.recordId)],
    host,
    kind: "hypothesis",
    severity: "high",
    confidence: "medium",
    title,
    statement,
    reasons: { for: told.for, against: ["record numbers may not show it: an editor mends them"] },
    evidence: signals.map(({ ref }) => ref),
    accounts: accounts.filter((name) => name !== ""),
    addresses,
    attack: ["T1070"],
    gaps: signals.slice(0, 20).map(({ timeMs }) =>
      gapOf(view, {
        host,
        channel: silent,
        fromMs: told.fromMs ?? timeMs - NEAR_MS,
        toMs: timeMs + (told.fromMs === undefined ? NEAR_MS : 0),
        missing: 1,
      }),
    ),
    falsePositives: [
      "The record was not written because auditing was changed or the service was busy.",
    ],
    alternatives: [told.alternative],
    checkNext: [
      say`Look for holes and edits in ${silent} of ${host}, and compare it with a shadow copy.`,
      "Follow the session in the logs of the host it came from.",
    ],
  });
}

function more(signals: readonly Signal[]): Text {
  return signals.length > 1 ? say` (and ${signals.length - 1} more)` : "";
}
