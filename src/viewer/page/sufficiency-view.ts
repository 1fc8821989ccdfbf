import {
  type Answer,
  type HostSufficiency,
  type LogSufficiency,
  QUESTION_IDS,
} from "../../model/sufficiency.ts";
import {
  customerSentence,
  policyPath,
  reasonText,
  retentionText,
  settingsOf,
} from "../../report/sufficiency-text.ts";
import { h, table } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { timeText } from "./time-text.ts";

const MOST_COLUMNS = 20;
const STATUS: Readonly<Record<Answer, string>> = { yes: "read", partly: "partial", no: "unread" };

/** Which question these logs answer for which host, and what to set where they do not. */
export function sufficiencyView(state: PageState): HTMLElement | null {
  const { sufficiency } = state.data;
  if (sufficiency === undefined || sufficiency.hosts.length === 0) return null;
  const hosts = sufficiency.hosts.slice(0, MOST_COLUMNS);
  const leftOut = sufficiency.hostsLeftOut + sufficiency.hosts.length - hosts.length;
  return h(
    "section",
    { id: "sufficiency", "aria-labelledby": "sufficiency-title" },
    h("h2", { id: "sufficiency-title" }, state.t("section.sufficiency")),
    h("p", { class: "quiet" }, state.t("sufficiency.explained")),
    table(
      state.t("section.sufficiency"),
      [state.t("sufficiency.question"), ...hosts.map(({ host }) => host)],
      QUESTION_IDS.map((id) => [
        state.t(`question.${id}`),
        ...hosts.map(({ answers }) => {
          const answer = answers.find(({ question }) => question === id);
          return answer === undefined ? "–" : badge(state, answer.answer);
        }),
      ]),
    ),
    leftOut > 0 && h("p", {}, state.t("sufficiency.leftOut", { count: leftOut })),
    ...hosts.map((host) => hostDetails(state, sufficiency, host)),
  );
}

function hostDetails(
  state: PageState,
  sufficiency: LogSufficiency,
  { host, answers }: HostSufficiency,
): HTMLElement {
  const settings = settingsOf(sufficiency, { settings: answers.flatMap((each) => each.settings) });
  const sentences = answers.map((answer) => customerSentence(state.lang, host, answer));
  return h(
    "details",
    {},
    h("summary", {}, host),
    table(
      host,
      (["question", "answer", "period", "retention", "why"] as const).map((key) =>
        state.t(`sufficiency.${key}`),
      ),
      answers.map((answer) => [
        state.t(`question.${answer.question}`),
        badge(state, answer.answer),
        answer.from === null ? "–" : `${timeText(answer.from)} – ${timeText(answer.to)}`,
        answer.retentionDays === null ? "–" : retentionText(state.lang, answer.retentionDays),
        answer.reasons.map((each) => reasonText(state.lang, each, timeText)).join("; "),
      ]),
    ),
    sentences.some((text) => text !== "") && h("h3", {}, state.t("sufficiency.customer")),
    h("ul", {}, ...sentences.filter((text) => text !== "").map((text) => h("li", {}, text))),
    settings.length > 0 && h("h3", {}, state.t("sufficiency.settings")),
    h(
      "ul",
      {},
      ...settings.map(({ command, policy, noisy }) =>
        h(
          "li",
          {},
          h("code", {}, command),
          policy !== undefined && h("div", { class: "quiet" }, policyPath(state.lang, policy)),
          noisy === true && h("div", { class: "quiet" }, state.t("sufficiency.noisy")),
        ),
      ),
    ),
  );
}

function badge(state: PageState, answer: Answer): HTMLElement {
  return h("span", { class: `badge status-${STATUS[answer]}` }, state.t(`sufficiency.${answer}`));
}
