import type { InputLedger } from "../../model/ledger.ts";
import type { Text } from "../../model/phrase.ts";
import { evidenceLines } from "../../report/evidence-text.ts";
import { hostFactsLines } from "../../report/host-facts-text.ts";
import type { MessageKey } from "../../report/i18n/message.ts";
import { reasonIn, textIn } from "../../report/i18n/sentence.ts";
import { isWorthTelling, sourceLines } from "../../report/source-lines.ts";
import { confidenceText, kindBadge, severityBadge } from "./badges.ts";
import { h, table } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { timeText } from "./time-text.ts";

const MOST_SESSIONS = 1000;
const MOST_MATRIX_CHANNELS = 40;

function section(state: PageState, id: string, key: MessageKey, ...parts: (Node | false)[]) {
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, state.t(key)),
    ...parts,
  );
}

/** Hypotheses beside what speaks for and against them: never mixed with the facts. */
export function hypothesesView(state: PageState, open: (id: string) => void): HTMLElement | null {
  const hypotheses = state.hypotheses();
  const { caseKinds = [] } = state.data;
  if (hypotheses.length === 0 && caseKinds.length === 0) return null;
  const list = (key: MessageKey, items: readonly string[] | undefined) =>
    items === undefined || items.length === 0
      ? []
      : [
          h("h4", {}, state.t(key)),
          h("ul", {}, ...items.map((item) => h("li", {}, state.own(item)))),
        ];
  return section(
    state,
    "hypotheses",
    "section.hypotheses",
    caseKinds.length > 0 &&
      table(
        state.t("section.caseKinds"),
        [
          state.t("section.caseKinds"),
          state.t("sufficiency.answer"),
          state.t("confidence"),
          state.t("caseVerdict.unanswered"),
        ],
        caseKinds.map(({ kind, verdict, confidence, unanswered }) => [
          state.t(`caseKind.${kind}`),
          state.t(`caseVerdict.${verdict}`),
          confidence === undefined ? "–" : state.t(`confidence.${confidence}`),
          h(
            "ul",
            {},
            ...unanswered.map((question) => h("li", {}, state.t(`question.${question}`))),
          ),
        ]),
      ),
    ...hypotheses.map((finding) =>
      h(
        "article",
        { class: "card hypothesis" },
        h(
          "h3",
          {},
          h(
            "button",
            { type: "button", class: "link", onclick: () => open(finding.id) },
            state.own(finding.title),
          ),
        ),
        h(
          "p",
          {},
          severityBadge(state, finding.severity),
          " ",
          kindBadge(state, "hypothesis"),
          " ",
          confidenceText(state, finding),
        ),
        h("p", {}, state.statement(finding, finding.statement)),
        h(
          "div",
          { class: "columns" },
          h("div", {}, ...list("finding.reasonsFor", finding.reasons.for)),
          h(
            "div",
            {},
            ...list("finding.reasonsAgainst", finding.reasons.against),
            ...list("finding.alternatives", finding.alternatives),
            ...list("finding.checkNext", finding.checkNext),
            ...list("finding.askCustomer", finding.askCustomer),
          ),
        ),
        h("p", { class: "quiet" }, `${state.t("finding.evidence")}: ${finding.evidenceTotal}`),
      ),
    ),
  );
}

export function sessionsView(state: PageState): HTMLElement {
  const sessions = state.data.sessions ?? [];
  const columns = [
    "session.start",
    "session.end",
    "session.host",
    "session.account",
    "session.from",
    "session.type",
    "session.missing",
  ] as const;
  if (sessions.length === 0) {
    return section(
      state,
      "sessions",
      "section.sessions",
      h("p", { class: "notice" }, state.t("session.none")),
    );
  }
  return section(
    state,
    "sessions",
    "section.sessions",
    table(
      state.t("section.sessions"),
      columns.map((key) => state.t(key)),
      sessions
        .slice(0, MOST_SESSIONS)
        .map((session) => [
          timeText(session.start),
          timeText(session.end),
          session.host,
          session.account,
          session.from ?? "–",
          logonTypeText(session.logonType),
          (session.missing ?? []).map((text) => state.own(text)).join("; ") || "–",
        ]),
    ),
    sessions.length > MOST_SESSIONS &&
      h("p", {}, state.t("finding.moreEvidence", { count: sessions.length - MOST_SESSIONS })),
  );
}

/** What the numbers of logon types mean, in Windows' own words. */
const LOGON_TYPES: Readonly<Record<string, string>> = {
  "2": "Interactive",
  "3": "Network",
  "4": "Batch",
  "5": "Service",
  "7": "Unlock",
  "8": "NetworkCleartext",
  "9": "NewCredentials",
  "10": "RemoteInteractive",
  "11": "CachedInteractive",
  "12": "CachedRemoteInteractive",
  "13": "CachedUnlock",
};

function logonTypeText(type: string | undefined): string {
  if (type === undefined) return "–";
  const name = Object.hasOwn(LOGON_TYPES, type) ? LOGON_TYPES[type] : undefined;
  return name === undefined ? type : `${type} (${name})`;
}

export function coverageView(state: PageState): HTMLElement {
  const { rules } = state.data;
  const number = (key: MessageKey, value: number) => [
    h("dt", {}, state.t(key)),
    h("dd", {}, value),
  ];
  return section(
    state,
    "coverage",
    "section.coverage",
    h(
      "dl",
      { class: "numbers" },
      ...number("coverage.loaded", rules.loaded),
      ...number("coverage.couldFire", rules.couldFire),
      ...number("coverage.fired", rules.fired),
      ...number("coverage.unusable", rules.unusable.length),
    ),
    rules.missingChannels.length > 0 &&
      table(
        state.t("coverage.missingChannel"),
        [state.t("coverage.missingChannel"), state.t("coverage.rulesServed")],
        rules.missingChannels.map(({ channel, rules: served }) => [channel, served]),
      ),
    channelMatrix(state) ?? false,
    rules.unusable.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, `${state.t("coverage.unusable")} (${rules.unusable.length})`),
        h(
          "ul",
          {},
          ...rules.unusable
            .slice(0, MOST_SESSIONS)
            .map((issue) => h("li", {}, h("code", {}, issue.source), ` ${issue.message}`)),
        ),
      ),
  );
}

/** Which host gave how many records of which channel: an empty cell is a question nobody can answer. */
function channelMatrix(state: PageState): HTMLElement | undefined {
  const counts = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  for (const input of state.data.inputs) {
    // An input of several hosts (forwarded events) does not say which host gave which channel.
    if (input.hosts.length !== 1) continue;
    const ofHost = counts.get(input.hosts[0]!) ?? new Map<string, number>();
    counts.set(input.hosts[0]!, ofHost);
    for (const { channel, records } of input.channels) {
      ofHost.set(channel, (ofHost.get(channel) ?? 0) + records);
      totals.set(channel, (totals.get(channel) ?? 0) + records);
    }
  }
  if (counts.size === 0) return undefined;
  const channels = [...totals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_MATRIX_CHANNELS)
    .map(([channel]) => channel);
  const hosts = [...counts.keys()].sort();
  return h(
    "div",
    {},
    h("h3", {}, state.t("coverage.hostsByChannel")),
    table(
      state.t("coverage.hostsByChannel"),
      [state.t("record.channel"), ...hosts],
      channels.map((channel) => [
        channel || state.t("report.none"),
        ...hosts.map((host) => counts.get(host)!.get(channel) ?? "–"),
      ]),
    ),
  );
}

export function inputsView(state: PageState): HTMLElement {
  const say = (text: Text): string => textIn(state.lang, text);
  const columns = [
    "input.status",
    "input.path",
    "input.records",
    "input.recovered",
    "input.lost",
    "input.origin",
    "input.size",
    "finding.first",
    "finding.last",
    "input.evidence",
    "input.reason",
  ] as const;
  return section(
    state,
    "inputs",
    "section.inputs",
    table(
      state.t("section.inputs"),
      [...columns.map((key) => state.t(key)), "SHA-256"],
      state.data.inputs.map((input) => [
        h("span", { class: `badge status-${input.status}` }, state.t(`status.${input.status}`)),
        input.path,
        input.records.read,
        input.records.recovered,
        input.records.lost,
        input.origin === undefined ? "–" : state.t(`origin.${input.origin}`),
        input.size,
        timeText(input.first),
        timeText(input.last),
        evidenceLines(input, state.lang).join("; ") || "–",
        problems(state, input),
        h("code", {}, input.sha256),
      ]),
      { stacked: true },
    ),
    ...(isWorthTelling(state.data.sources ?? [])
      ? [
          h("h3", {}, state.t("section.sources")),
          h(
            "ul",
            {},
            ...(state.data.sources ?? []).flatMap((source) =>
              sourceLines(source, state.lang, say).map((line) => h("li", {}, line)),
            ),
          ),
        ]
      : []),
    ...(state.data.hostFacts ?? []).map((facts) => {
      const [name, ...lines] = hostFactsLines(facts, state.lang, say);
      return h(
        "div",
        {},
        h("h3", {}, `${state.t("section.hostFacts")}: ${name}`),
        h("ul", {}, ...lines.map((line) => h("li", {}, line))),
      );
    }),
  );
}

function problems(state: PageState, input: InputLedger): string {
  const counts = Object.entries(input.issueCounts).map(([code, count]) => `${code} ×${count}`);
  return [reasonIn(state.lang, input.reason), ...counts].filter(Boolean).join("; ");
}

export function limitsView(state: PageState): HTMLElement {
  return section(
    state,
    "limits",
    "section.limits",
    h("ul", {}, ...state.data.limits.map((limit) => h("li", {}, state.own(limit)))),
    state.data.limits.length === 0 && h("p", {}, state.t("report.none")),
  );
}
