import type { PageData } from "../page-data.ts";
import { h } from "./dom.ts";
import { filterBar } from "./filter-bar.ts";
import { findingsView } from "./findings-view.ts";
import { graphView } from "./graph-view.ts";
import { notebookView } from "./notebook-view.ts";
import { PageState } from "./page-state.ts";
import { sufficiencyView } from "./sufficiency-view.ts";
import { summaryView } from "./summary-view.ts";
import {
  coverageView,
  hypothesesView,
  inputsView,
  limitsView,
  sessionsView,
} from "./tables-view.ts";
import { shortTime } from "./time-text.ts";
import { timelineView } from "./timeline-view.ts";

const SECTIONS = [
  "summary",
  "findings",
  "hypotheses",
  "timeline",
  "graph",
  "sessions",
  "coverage",
  "sufficiency",
  "inputs",
  "limits",
  "notebook",
] as const;

const data: PageData = JSON.parse(document.getElementById("data")!.textContent!);
const state = new PageState(data);
build();

function build(): void {
  state.dropListeners();
  document.documentElement.lang = state.lang;
  document.title = state.t("report.title");
  const findings = findingsView(state);
  const views = [
    summaryView(state, findings.open),
    filterBar(state),
    findings.element,
    hypothesesView(state, findings.open),
    timelineView(state),
    graphView(state, findings.open),
    sessionsView(state),
    coverageView(state),
    sufficiencyView(state),
    inputsView(state),
    limitsView(state),
    notebookView(state),
  ].filter((view) => view !== null);
  const present = SECTIONS.filter((id) => views.some((view) => view.id === id));
  document
    .getElementById("report")!
    .replaceChildren(
      h("a", { href: "#findings", class: "skip" }, state.t("action.skip")),
      header(),
      h(
        "nav",
        { "aria-label": state.t("section.summary") },
        ...present.map((id) => h("a", { href: `#${id}` }, state.t(`section.${id}`))),
      ),
      h("main", {}, ...views),
      h(
        "footer",
        {},
        state.t("report.generatedBy", { name: data.tool.name, version: data.tool.version }),
      ),
    );
}

function header(): HTMLElement {
  return h(
    "header",
    { class: "page" },
    h(
      "div",
      {},
      h("h1", {}, state.t("report.title")),
      h(
        "p",
        { class: "quiet" },
        [
          `${state.t("report.period")}: ${shortTime(data.first)} – ${shortTime(data.last)} UTC`,
          `${state.t("report.hosts")}: ${data.hosts.length}`,
          `${state.t("report.records")}: ${data.records.toLocaleString("en-US")}`,
        ].join(" · "),
      ),
    ),
    h(
      "div",
      { class: "tools" },
      h(
        "button",
        {
          type: "button",
          id: "language",
          lang: state.lang === "en" ? "ja" : "en",
          onclick: () => {
            state.lang = state.lang === "en" ? "ja" : "en";
            build();
            document.getElementById("language")?.focus();
          },
        },
        state.t("action.language"),
      ),
      h("button", { type: "button", id: "theme", onclick: switchTheme }, state.t("action.theme")),
      h(
        "button",
        { type: "button", id: "print", onclick: () => window.print() },
        state.t("action.print"),
      ),
    ),
  );
}

function switchTheme(): void {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const now = root.dataset.theme ?? (dark ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  document.dispatchEvent(new Event("konseki-theme"));
}
