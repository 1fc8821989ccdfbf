import { SEVERITIES } from "../../model/severity.ts";
import { reasonIn } from "../../report/i18n/sentence.ts";
import { confidenceText, kindBadge, severityBadge } from "./badges.ts";
import { h } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { shortTime } from "./time-text.ts";

const TOP = 5;

/** The one-screen answer: how bad, what matters most, the way in, what was not read. */
export function summaryView(state: PageState, open: (findingId: string) => void): HTMLElement {
  const { data } = state;
  const unread = data.inputs.filter((input) => input.status !== "read");
  const hypotheses = state.hypotheses();
  const wayIn = hypotheses.find(({ rule }) => rule.id === "way-in");
  const hypothesis = wayIn ?? hypotheses[0];
  const link = (finding: (typeof data.findings)[number]) =>
    h(
      "li",
      {},
      h(
        "button",
        { class: "link", type: "button", onclick: () => open(finding.id) },
        severityBadge(state, finding.severity),
        " ",
        kindBadge(state, finding.kind),
        " ",
        h("span", {}, state.own(finding.title)),
      ),
      h("p", { class: "quiet" }, `${finding.hosts.join(", ")} · ${shortTime(finding.first)}`),
    );
  return h(
    "section",
    { id: "summary", "aria-labelledby": "summary-title" },
    h("h2", { id: "summary-title" }, state.t("section.summary")),
    h(
      "ul",
      { class: "counts" },
      ...SEVERITIES.map((severity) =>
        h(
          "li",
          { class: `count severity-${severity}` },
          h("b", {}, data.findings.filter((finding) => finding.severity === severity).length),
          h("span", {}, state.t(`severity.${severity}`)),
        ),
      ),
    ),
    data.findings.length === 0 && h("p", { class: "notice" }, state.t("report.noFindings")),
    h(
      "div",
      { class: "answers" },
      data.findings.length > 0 &&
        h(
          "div",
          { class: "card" },
          h("h3", {}, state.t("answer.top")),
          h("ol", { class: "top" }, ...data.findings.slice(0, TOP).map(link)),
        ),
      h(
        "div",
        {},
        hypothesis !== undefined &&
          h(
            "div",
            { class: "card hypothesis" },
            h("h3", {}, state.t(wayIn === undefined ? "answer.hypothesis" : "answer.wayIn")),
            h("p", {}, kindBadge(state, "hypothesis"), " ", confidenceText(state, hypothesis)),
            h("p", {}, state.statement(hypothesis, hypothesis.statement)),
            h(
              "button",
              { class: "link", type: "button", onclick: () => open(hypothesis.id) },
              state.own(hypothesis.title),
            ),
          ),
        h(
          "div",
          { class: "card" },
          h("h3", {}, state.t("answer.unread")),
          unread.length === 0
            ? h("p", {}, state.t("answer.allRead"))
            : h(
                "p",
                {},
                state.t("answer.someUnread", { count: unread.length, total: data.inputs.length }),
              ),
          h(
            "ul",
            {},
            ...unread
              .slice(0, TOP)
              .map((input) =>
                h(
                  "li",
                  {},
                  h("code", {}, input.path),
                  ` ${state.t(`status.${input.status}`)}: ${reasonIn(state.lang, input.reason)}`,
                ),
              ),
          ),
        ),
      ),
    ),
  );
}
