import type { Finding } from "../../model/finding.ts";
import { ownWords, say, type Text } from "../../model/phrase.ts";
import type { Severity } from "../../model/severity.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { lookedAt } from "../looked-at.ts";
import type { LogonSession } from "../story.ts";
import { holdsEvidence } from "./channel-knowledge.ts";
import { type ChannelLog, channelLogs } from "./channel-logs.ts";
import { accountOf, clock, deletionFinding, type ToldGap } from "./deletion-finding.ts";
import { LOG_CLEARED, LOG_SERVICE } from "./log-service-want.ts";
import { gapOf } from "./witnesses.ts";

/** Clearings by one account that lie closer together than this are one act. */
const ONE_ACT_MS = 10 * 60_000;
/** Acts that are joined; the rules tell every clearing, however many a hostile log makes up. */
const MOST_ACTS = 200;
const AROUND_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;

const SERVICE_WORDS: Readonly<Record<number, string>> = {
  1100: "the event logging service shut down",
  1101: "audit events were dropped",
  1104: "the Security log was full",
  1105: "a log was archived by itself",
  1108: "the event logging service met an error",
  6005: "the event log service started",
  6006: "the event log service stopped",
  6008: "the shutdown before was unexpected",
};

/** Logs that somebody emptied: who, from which session, what is dark since, and what is left to answer with. */
export const clearedLogs: Analyzer = {
  name: "cleared-logs",
  wants: [LOG_CLEARED, LOG_SERVICE],
  run: (view) => {
    // The rule's finding stands; what was there before and what is left cannot be told from a part.
    if (view.filtered) return { findings: [] };
    const logs = channelLogs(view.inputs, view.story.hosts);
    return {
      findings: actsOf(view)
        .slice(0, MOST_ACTS)
        .map((act) => told(view, logs, act)),
    };
  },
};

/** One account empties one or more logs of a host. */
interface Act {
  readonly host: string;
  readonly account: string;
  readonly signals: Signal[];
}

function actsOf(view: CaseView): Act[] {
  const open = new Map<string, Act>();
  const acts: Act[] = [];
  for (const signal of view.of(LOG_CLEARED.kind)) {
    const host = view.story.hosts.nameOf(signal.ref.host, signal.timeMs);
    const account = accountOf(signal);
    const key = `${host}\n${account}`.toLowerCase();
    const act = open.get(key);
    if (act !== undefined && signal.timeMs - act.signals.at(-1)!.timeMs <= ONE_ACT_MS)
      act.signals.push(signal);
    else {
      const fresh = { host, account, signals: [signal] };
      open.set(key, fresh);
      acts.push(fresh);
    }
  }
  return acts;
}

function told(view: CaseView, logs: readonly ChannelLog[], act: Act): Finding {
  const { host, account, signals } = act;
  const first = signals[0]!;
  const channels = [...new Set(signals.map(channelOf))];
  const session = sessionOf(view, act);
  const { gaps, known } = holesOf(view, logs, act);
  const begin = gaps.map(({ from }) => from).sort()[0]!;
  const names = channels.length > 4 ? say`${channels.length} logs` : channels.join(", ");
  const several = channels.length > 1;
  const from = session?.found.from ?? session?.found.address;
  return deletionFinding({
    rule: "konseki-cleared-logs",
    key: [account.toLowerCase(), first.ref.time],
    host,
    kind: "fact",
    severity: severityOf(channels),
    confidence: "high",
    title: "Cleared logs left a period dark",
    statement: say`${account || say`An unnamed account`} cleared ${names} of ${host} at ${clock(first.ref.time)}${session === undefined ? "" : say`, ${sessionWords(session.found)}`}. ${
      Date.parse(begin) < first.timeMs - 1
        ? known
          ? several
            ? say`What they held from ${clock(begin)} on is gone.`
            : say`What it held from ${clock(begin)} on is gone.`
          : several
            ? say`What they held is gone; of the time before, the inputs tell from ${clock(begin)} on, by other logs.`
            : say`What it held is gone; of the time before, the inputs tell from ${clock(begin)} on, by other logs.`
        : several
          ? say`What they held is gone; no input tells since when they had recorded.`
          : say`What it held is gone; no input tells since when it had recorded.`
    }`,
    reasons: {
      for: [
        "Windows itself recorded the clearing",
        ...(session?.exact ? ["the record names the logon session"] : []),
        ...surroundings(view, act),
      ],
      against: [
        ...(session === undefined
          ? [
              lookedAt(
                "no input tells from which session it was done",
                [host],
                "Security 4624, LocalSessionManager",
                Date.parse(begin),
                first.timeMs,
              ),
            ]
          : []),
        ...(session !== undefined && !session.exact
          ? ["the session is the account's last one, the record names none"]
          : []),
      ],
    },
    evidence: [...signals.map(({ ref }) => ref), ...(session?.found.evidence.slice(0, 4) ?? [])],
    first: first.ref.time,
    last: signals.at(-1)!.ref.time,
    accounts: account === "" ? [] : [account],
    addresses: from === undefined ? [] : [from],
    attack: ["T1070.001"],
    gaps,
    falsePositives: [
      "An administrator empties logs when a machine is imaged, repurposed or tested.",
    ],
    checkNext: [
      "Carve the disk or its unallocated space for the chunks of the cleared log: konseki recover.",
      "Ask shadow copies, archives, log collectors and backups for the time before the clearing.",
      ...(from === undefined ? [] : [say`See what the same account did on ${from} before.`]),
    ],
  });
}

function severityOf(channels: readonly string[]): Severity {
  return channels.some(holdsEvidence) || channels.length > 2 ? "high" : "medium";
}

function channelOf(signal: Signal): string {
  return signal.ref.eventId === 1102 ? "Security" : (signal.fields.Channel ?? "an unnamed log");
}

/** The session by its logon id, else the last one of the account that was open then. */
function sessionOf(
  view: CaseView,
  { host, account, signals }: Act,
): { found: LogonSession; exact: boolean } | undefined {
  const ids = new Set(signals.flatMap(({ fields }) => fields.SubjectLogonId?.toLowerCase() ?? []));
  const { timeMs } = signals[0]!;
  const name = account.slice(account.indexOf("\\") + 1).toLowerCase();
  let named: LogonSession | undefined;
  let last: LogonSession | undefined;
  for (const session of view.story.sessions) {
    if (session.host.toLowerCase() !== host.toLowerCase()) continue;
    if (session.startMs !== null && session.startMs > timeMs) continue;
    // Numbers of logons begin anew with each start of Windows: the latest one counts.
    if (session.logonId !== undefined && ids.has(session.logonId.toLowerCase())) named = session;
    if (session.endMs !== null && session.endMs < timeMs) continue;
    if (name !== "" && session.account.toLowerCase() === name) last = session;
  }
  if (named !== undefined) return { found: named, exact: true };
  return last && { found: last, exact: false };
}

function sessionWords({ from, address, startMs, logonType }: LogonSession): Text {
  const source = from ?? address;
  const where =
    source === undefined
      ? say`in a session at the machine itself`
      : say`in a session from ${source}`;
  const way = logonType === undefined ? "" : say` (logon type ${logonType})`;
  return say`${where}${way}${startMs === null ? "" : say` opened at ${clock(startMs)}`}`;
}

/**
 * One hole a channel: from the last record known before the clearing to the clearing. Not `known`: of one channel at
 * least no such record is, and its hole is drawn from the first sign of life of the host.
 */
function holesOf(
  view: CaseView,
  logs: readonly ChannelLog[],
  { host, signals }: Act,
): { gaps: ToldGap[]; known: boolean } {
  const ends = new Map<string, { channel: string; fromMs: number | null; toMs: number }>();
  for (const signal of signals) {
    const channel = channelOf(signal);
    if (ends.has(channel.toLowerCase())) continue;
    const { timeMs } = signal;
    let fromMs: number | null = null;
    for (const log of logs) {
      if (log.host.toLowerCase() !== host.toLowerCase()) continue;
      if (log.channel.toLowerCase() !== channel.toLowerCase()) continue;
      if (log.lastMs < timeMs) fromMs = Math.max(fromMs ?? log.lastMs, log.lastMs);
    }
    fromMs ??= lastHourBefore(view, host, channel, timeMs);
    ends.set(channel.toLowerCase(), { channel, fromMs, toMs: timeMs });
  }
  const holes = [...ends.values()];
  const unknown = [...ends].filter(([, { fromMs }]) => fromMs === null).map(([name]) => name);
  const alsoDark = new Set(unknown);
  return {
    gaps: holes.map((hole) => gapOf(view, { host, ...hole, alsoDark })),
    known: unknown.length === 0,
  };
}

/** The end of the last hour before `timeMs` in which an input has events of the channel: collected logs survive a clearing. */
function lastHourBefore(
  view: CaseView,
  host: string,
  channel: string,
  timeMs: number,
): number | null {
  let last: number | null = null;
  for (const rhythm of view.rhythms) {
    if (rhythm.channel.toLowerCase() !== channel.toLowerCase()) continue;
    if (view.story.hosts.nameOf(rhythm.host).toLowerCase() !== host.toLowerCase()) continue;
    for (const [hour] of rhythm.hours)
      if ((hour + 1) * HOUR_MS <= timeMs) last = Math.max(last ?? 0, (hour + 1) * HOUR_MS);
  }
  return last;
}

/** What the event log service said of itself around the clearing. */
function surroundings(view: CaseView, { host, signals }: Act): Text[] {
  const fromMs = signals[0]!.timeMs - AROUND_MS;
  const toMs = signals.at(-1)!.timeMs + AROUND_MS;
  const words = new Map<string, Text>();
  for (const { timeMs, ref } of view.of(LOG_SERVICE.kind)) {
    if (timeMs < fromMs || timeMs > toMs) continue;
    if (view.story.hosts.nameOf(ref.host).toLowerCase() !== host.toLowerCase()) continue;
    const word = SERVICE_WORDS[ref.eventId];
    if (word !== undefined && !words.has(word))
      words.set(word, say`${ownWords(word)} at ${clock(ref.time)} (event ${ref.eventId})`);
  }
  return [...words.values()];
}
