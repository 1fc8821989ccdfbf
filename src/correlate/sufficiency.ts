import type { InputLedger } from "../model/ledger.ts";
import type { ChannelRhythm } from "../model/rhythm.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import type {
  HostSufficiency,
  LogSetting,
  LogSufficiency,
  SufficiencyAnswer,
  SufficiencyReason,
} from "../model/sufficiency.ts";
import { type ChannelState, channelStates } from "./channel-states.ts";
import { LOG_CLEARED } from "./deletion/log-service-want.ts";
import {
  DC_CHANNELS,
  INSTEAD_WHERE_PRESENT,
  LOG_QUESTIONS,
  type LogQuestion,
  PROOF_OF_SETTING,
  type QuestionSource,
  SETTINGS,
  SIZED_BY_POLICY,
  SUFFICIENCY_LIMITS,
} from "./log-questions.ts";
import type { HostDirectory } from "./story.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_HOSTS = 500;
/** One signal a host is enough to know that a field is filled at all. */
const ONCE_MS = 1e14;

const FILLED = "question-field-filled";

/** What sufficiency needs beside rhythms and ledgers. */
export const SUFFICIENCY_WANTS: readonly SignalWant[] = [
  LOG_CLEARED,
  ...LOG_QUESTIONS.flatMap((question) =>
    question.sources.flatMap(({ channel, eventIds, field }): SignalWant[] =>
      field === undefined
        ? []
        : [
            {
              kind: `${FILLED} ${field}`,
              subscription: { channels: [channel], eventIds, fields: [] },
              where: [{ field, not: [""] }],
              fold: { by: [], windowMs: ONCE_MS },
            },
          ],
    ),
  ),
];

export interface SufficiencyInput {
  readonly of: (kind: string) => readonly Signal[];
  readonly rhythms: readonly ChannelRhythm[];
  readonly inputs: readonly InputLedger[];
  readonly hosts: HostDirectory;
  readonly filtered: boolean;
}

/** Asks every question of every host that has logs. Absent logs mean "cannot tell", never "did not happen". */
export function judgeSufficiency(input: SufficiencyInput): LogSufficiency {
  const judge = new Judge(input);
  const names = [...judge.states.keys()].sort();
  const hosts = names.slice(0, MOST_HOSTS).map((host) => judge.host(host));
  const used = new Set(hosts.flatMap(({ answers }) => answers.flatMap(({ settings }) => settings)));
  return {
    hosts,
    settings: [...SETTINGS, ...judge.sizes.values()].filter(({ id }) => used.has(id)),
    hostsLeftOut: names.length - hosts.length,
  };
}

interface SourceVerdict {
  readonly source: QuestionSource;
  readonly state: ChannelState | undefined;
  readonly answer: "yes" | "partly" | "no";
  readonly reasons: readonly SufficiencyReason[];
  readonly settings: readonly string[];
}

class Judge {
  readonly states: ReturnType<typeof channelStates>;
  /** Sizes to set, by id. */
  readonly sizes = new Map<string, LogSetting>();
  readonly #filtered: boolean;
  readonly #cleared = new Map<string, number>();
  readonly #filled = new Set<string>();
  readonly #unread: readonly UnreadLog[];
  /** Hosts whose logs lie in a folder. */
  readonly #folders = new Map<string, Set<string>>();

  constructor({ of, rhythms, inputs, hosts, filtered }: SufficiencyInput) {
    this.states = channelStates(rhythms, inputs, hosts);
    this.#filtered = filtered;
    this.#unread = inputs.flatMap(({ path, status }) =>
      status === "unread" ? [{ folder: folderOf(path), name: logName(path) }] : [],
    );
    for (const { path, hosts: named, status } of inputs) {
      if (status === "unread") continue;
      const known = this.#folders.get(folderOf(path)) ?? new Set();
      this.#folders.set(folderOf(path), known);
      for (const name of named) known.add(hosts.nameOf(name));
    }
    for (const { ref, fields, timeMs } of of(LOG_CLEARED.kind)) {
      const channel = ref.eventId === 1102 ? "security" : (fields.Channel ?? "").toLowerCase();
      const key = `${hosts.nameOf(ref.host)}\n${channel}`;
      this.#cleared.set(key, Math.max(this.#cleared.get(key) ?? timeMs, timeMs));
    }
    for (const question of LOG_QUESTIONS)
      for (const { field } of question.sources)
        if (field !== undefined)
          for (const { ref } of of(`${FILLED} ${field}`))
            this.#filled.add(
              `${hosts.nameOf(ref.host)}\n${ref.channel.toLowerCase()}\n${ref.eventId}\n${field}`,
            );
  }

  host(host: string): HostSufficiency {
    const channels = this.states.get(host)!;
    const isDc =
      DC_CHANNELS.some((channel) => channels.has(channel.toLowerCase())) ||
      [4768, 4769].some((id) => channels.get("security")?.ids.has(id));
    const questions = LOG_QUESTIONS.filter(({ onlyOn }) => onlyOn !== "dc" || isDc);
    return { host, answers: questions.map((question) => this.#answer(host, question)) };
  }

  #answer(host: string, question: LogQuestion): SufficiencyAnswer {
    const verdicts = question.sources.map((source) => this.#source(host, source));
    const whole = verdicts.filter(({ source }) => source.gives === "full");
    const yes = whole.filter(({ answer }) => answer === "yes");
    const enough = question.all ? yes.length === whole.length : yes.length > 0;
    const some = verdicts.filter(({ answer }) => answer !== "no");
    const answering = enough ? yes : some;
    const states = answering.flatMap(({ state }) => state ?? []);
    const answer = enough ? "yes" : some.length > 0 ? "partly" : "no";
    // The source that reaches back furthest is the one that answers for the whole period.
    const firstMs = Math.min(...states.map((state) => state.firstMs));
    const lastMs = Math.max(...states.map((state) => state.lastMs));
    const longest = Math.max(...states.map((state) => state.lastMs - state.firstMs));
    const told = enough && !question.all ? yes : verdicts;
    return {
      question: question.id,
      answer,
      from: states.length === 0 ? null : new Date(firstMs).toISOString(),
      to: states.length === 0 ? null : new Date(lastMs).toISOString(),
      retentionDays: states.length === 0 ? null : Math.round((longest / DAY_MS) * 10) / 10,
      channels: [...new Set(states.map((state) => state.channel))],
      reasons: distinct([
        ...told.flatMap(({ reasons }) => reasons),
        ...(answer === "partly" && answering.every(({ source }) => source.gives === "part")
          ? [reason("part-of-it", { channel: states.map((s) => s.channel).join(", ") })]
          : []),
      ]),
      settings: [...new Set(told.flatMap(({ settings }) => settings))],
    };
  }

  #source(host: string, source: QuestionSource): SourceVerdict {
    const { channel } = source;
    const state = this.states.get(host)?.get(channel.toLowerCase());
    const settings = this.#stillToSet(source, state);
    if (state === undefined) {
      const why = this.#hasUnread(host, channel)
        ? reason("unread", { channel })
        : reason("absent", { channel });
      return { source, state, answer: "no", reasons: [why], settings };
    }
    const reasons: SufficiencyReason[] = [];
    if (state.filteredExport) reasons.push(reason("filtered-export", { channel }));
    if (state.lost > 0) reasons.push(reason("damaged", { channel, records: state.lost }));
    const absence = this.#absence(host, source, state);
    if (absence !== undefined) {
      const off = absence.code === "switched-off";
      return {
        source,
        state,
        answer: off ? "no" : "partly",
        reasons: [...reasons, absence],
        settings,
      };
    }
    const size = this.#reach(host, state, reasons);
    // What a clearing took is what a responder wants most: such a log never answers in full.
    const short = reasons.some(
      ({ code }) => code === "filtered-export" || code === "too-small" || code === "cleared",
    );
    return { source, state, answer: short ? "partly" : "yes", reasons, settings: size };
  }

  /** Whether a log that could not be read has the name of the channel's, and may be of this host as far as its folder tells. */
  #hasUnread(host: string, channel: string): boolean {
    const wanted = channel.replaceAll("/", "%4").toLowerCase();
    return this.#unread.some(({ folder, name }) => {
      // Collectors put a prefix before the name: `2-vss_7-System.evtx`.
      const before = name.endsWith(wanted) ? name.at(-wanted.length - 1) : "x";
      if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) return false;
      const owners = this.#folders.get(folder);
      return owners === undefined || owners.has(host);
    });
  }

  /** The settings of a source without those that its log proves to be made. */
  #stillToSet({ channel, settings }: QuestionSource, state: ChannelState | undefined): string[] {
    if (state === undefined) return [...settings];
    const enabling = `wevtutil sl "${channel}" /e:true`;
    return settings.flatMap((id) => {
      if (PROOF_OF_SETTING[id]?.some((event) => state.ids.has(event))) return [];
      if (SETTINGS.some((setting) => setting.id === id && setting.command === enabling)) return [];
      return [INSTEAD_WHERE_PRESENT[id] ?? id];
    });
  }

  /** Why the wanted events are not there; undefined: they are, or their absence means that nothing happened. */
  #absence(
    host: string,
    source: QuestionSource,
    state: ChannelState,
  ): SufficiencyReason | undefined {
    const { channel, eventIds, absence, field } = source;
    const events = eventIds.join(", ");
    const seen = eventIds.some((id) => state.ids.has(id));
    if (seen && field === undefined) return undefined;
    if (
      seen &&
      eventIds.some((id) => this.#filled.has(`${host}\n${channel.toLowerCase()}\n${id}\n${field}`))
    )
      return undefined;
    if (this.#filtered) return reason("filtered-run", { channel, events });
    if (!seen && absence === "always") return undefined;
    const hours = (state.lastMs - state.firstMs) / HOUR_MS;
    const telling =
      hours >= SUFFICIENCY_LIMITS.leastHours && state.records >= SUFFICIENCY_LIMITS.leastRecords;
    const params = {
      channel,
      events: field === undefined ? events : `${events} (${field})`,
      records: state.records,
      hours: Math.round(hours),
    };
    return absence === "everyday" && telling && !state.filteredExport
      ? reason("switched-off", params)
      : reason("not-seen", params);
  }

  /** How far back the log reaches, and why not further. Returns the size setting to advise. */
  #reach(host: string, state: ChannelState, reasons: SufficiencyReason[]): string[] {
    const { channel, firstMs, lastMs, bytes, rolled } = state;
    const days = (lastMs - firstMs) / DAY_MS;
    const since = new Date(firstMs).toISOString();
    const clearedMs = this.#cleared.get(`${host}\n${channel.toLowerCase()}`);
    if (clearedMs !== undefined)
      reasons.push(reason("cleared", { channel, time: new Date(clearedMs).toISOString() }));
    else if (rolled) reasons.push(reason("overwritten", { channel, time: since }));
    const others = [...this.states.get(host)!.values()].map((other) => other.firstMs);
    if (firstMs - Math.min(...others) > SUFFICIENCY_LIMITS.lateHours * HOUR_MS && !this.#filtered)
      reasons.push(reason("starts-late", { channel, time: since }));
    if (!rolled || clearedMs !== undefined || days >= SUFFICIENCY_LIMITS.leastDays || bytes === 0)
      return [];
    if (this.#filtered || state.filteredExport) return [];
    reasons.push(reason("too-small", { channel, days: Math.round(days * 10) / 10 }));
    return [this.#size(channel, bytes, Math.max(days, 1 / 24))];
  }

  /** The size by which the log would hold what is wanted, in steps of a power of two. */
  #size(channel: string, bytes: number, days: number): string {
    const { wantedDays, leastBytes, mostBytes } = SUFFICIENCY_LIMITS;
    const wanted = (bytes / days) * wantedDays;
    let size = leastBytes;
    while (size < wanted && size < mostBytes) size *= 2;
    const advised = Math.min(size, mostBytes);
    const id = `size ${channel}`;
    const before = this.sizes.get(id);
    if (before === undefined || advised > Number(/\/ms:(\d+)/.exec(before.command)?.[1]))
      this.sizes.set(id, {
        id,
        kind: "wevtutil",
        command: `wevtutil sl "${channel}" /ms:${advised}`,
        ...(SIZED_BY_POLICY.includes(channel) && {
          policy: `Computer Configuration > Policies > Administrative Templates > Windows Components > Event Log Service > ${channel} > Specify the maximum log file size (KB): ${advised / 1024}`,
        }),
      });
    return id;
  }
}

interface UnreadLog {
  readonly folder: string;
  /** In lower case, without extension. */
  readonly name: string;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"), 0));
}

function logName(path: string): string {
  return path
    .slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,5}$/, "");
}

function reason(
  code: SufficiencyReason["code"],
  params: SufficiencyReason["params"],
): SufficiencyReason {
  return { code, params };
}

function distinct(reasons: readonly SufficiencyReason[]): SufficiencyReason[] {
  const seen = new Map(reasons.map((each) => [JSON.stringify(each), each]));
  return [...seen.values()];
}
