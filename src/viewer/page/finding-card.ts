import { darkPeriods } from "../../model/dark-periods.ts";
import { VERDICTS } from "../../model/finding.ts";
import type { MessageKey } from "../../report/i18n/message.ts";
import type { PageFinding } from "../page-data.ts";
import { confidenceText, kindBadge, severityBadge } from "./badges.ts";
import { choice, h, table } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { showRecord } from "./record-dialog.ts";
import { shortTime, timeText } from "./time-text.ts";

const EVIDENCE_AT_FIRST = 20;

/** One finding: a line that opens to its reasons, alternatives, evidence and verdict. */
export function findingCard(state: PageState, finding: PageFinding, open: boolean): HTMLElement {
  const bodyId = `body-${finding.id}`;
  const body = h("div", { class: "body", id: bodyId, hidden: true });
  const verdict = h("span", { class: "verdict" });
  const toggle = h(
    "button",
    {
      class: "title",
      type: "button",
      "aria-expanded": "false",
      "aria-controls": bodyId,
      onclick: () => setOpen(body.hidden),
    },
    state.own(finding.title),
  );
  const showVerdict = () => {
    const word = state.verdictOf(finding.id);
    card.dataset.verdict = word;
    verdict.textContent = word === "open" ? "" : state.t(`verdict.${word}` as MessageKey);
  };
  const setOpen = (wanted: boolean) => {
    if (wanted && body.childElementCount === 0)
      body.append(...details(state, finding, showVerdict));
    body.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
  };
  const card = h(
    "article",
    { class: `finding ${finding.kind} edge-${finding.severity}`, id: `finding-${finding.id}` },
    h(
      "header",
      {},
      severityBadge(state, finding.severity),
      kindBadge(state, finding.kind),
      confidenceText(state, finding),
      verdict,
      h("h3", {}, toggle),
      h(
        "p",
        { class: "quiet" },
        `${shortTime(finding.first)} · ${finding.hosts.join(", ")}${finding.count > 1 ? ` · ×${finding.count}` : ""}`,
      ),
      h("p", { class: "statement" }, state.statement(finding, finding.statement)),
    ),
    body,
  );
  card.addEventListener("konseki-open", () => setOpen(true));
  showVerdict();
  if (open) setOpen(true);
  return card;
}

function details(state: PageState, finding: PageFinding, onVerdict: () => void): HTMLElement[] {
  const list = (key: MessageKey, items: readonly string[] | undefined) =>
    items === undefined || items.length === 0
      ? []
      : [
          h("h4", {}, state.t(key)),
          h("ul", {}, ...items.map((item) => h("li", {}, state.own(item)))),
        ];
  const fact = (key: MessageKey, values: readonly string[]) =>
    values.length === 0
      ? []
      : [
          h("dt", {}, state.t(key)),
          h("dd", {}, ...values.flatMap((value) => [h("code", {}, value), " "])),
        ];
  const { entities } = finding;
  const dark = darkPeriods(finding, timeText);
  return [
    ...list("finding.reasonsFor", finding.reasons.for),
    ...list("finding.reasonsAgainst", finding.reasons.against),
    ...list("finding.alternatives", finding.alternatives),
    ...list("finding.dark", dark.periods),
    ...list("finding.coveredBy", dark.coveredBy),
    ...list("finding.unknowable", dark.unknowable),
    ...list("finding.checkNext", finding.checkNext),
    ...list("finding.askCustomer", finding.askCustomer),
    ...list("finding.falsePositives", finding.falsePositives),
    h(
      "dl",
      {},
      ...fact("finding.accounts", entities.accounts),
      ...fact("finding.addresses", entities.addresses),
      ...fact("finding.processes", entities.processes),
      ...fact("finding.attack", finding.attack),
      ...fact("finding.first", [timeText(finding.first)]),
      ...fact("finding.last", [timeText(finding.last)]),
      ...fact("finding.count", [String(finding.count)]),
      ...fact("finding.rule", [
        `${state.own(finding.rule.title)} (${finding.rule.id}, ${finding.rule.source})`,
      ]),
      ...fact("finding.id", [finding.id]),
    ),
    evidence(state, finding),
    verdictForm(state, finding, onVerdict),
  ];
}

function evidence(state: PageState, finding: PageFinding): HTMLElement {
  const holder = h("div", { class: "evidence" });
  const draw = (most: number) => {
    const shown = finding.evidence.slice(0, most);
    const left = finding.evidenceTotal - shown.length;
    holder.replaceChildren(
      h("h4", {}, `${state.t("finding.evidence")} (${finding.evidenceTotal})`),
      table(
        state.t("finding.evidence"),
        (
          [
            "record.time",
            "record.host",
            "record.channel",
            "record.eventId",
            "record.recordId",
            "record.state",
            "record.file",
          ] as const
        ).map((key) => state.t(key)),
        shown.map((ref) => [
          timeText(ref.time),
          ref.host,
          ref.channel,
          ref.eventId,
          h(
            "button",
            { class: "link record", type: "button", onclick: () => showRecord(state, ref) },
            String(ref.recordId),
          ),
          state.t(`state.${ref.state}`),
          ref.file,
        ]),
      ),
    );
    if (left > 0) {
      const more = state.t("finding.moreEvidence", { count: left });
      holder.append(
        finding.evidence.length > shown.length
          ? h("button", { type: "button", onclick: () => draw(finding.evidence.length) }, more)
          : h("p", { class: "quiet" }, more),
      );
    }
  };
  draw(EVIDENCE_AT_FIRST);
  return holder;
}

function verdictForm(state: PageState, finding: PageFinding, onVerdict: () => void): HTMLElement {
  const save = (word: string, words: string) => {
    const known = VERDICTS.find((verdict) => verdict === word);
    state.setVerdict(finding.id, known === undefined ? undefined : { verdict: known, note: words });
    note.disabled = known === undefined;
    onVerdict();
  };
  const note = h("textarea", {
    rows: 2,
    oninput: () => save(state.verdictOf(finding.id), note.value),
  });
  note.value = state.verdicts.get(finding.id)?.note ?? "";
  note.disabled = state.verdictOf(finding.id) === "open";
  return h(
    "div",
    { class: "verdict-form" },
    choice(
      state.t("verdict"),
      (["open", ...VERDICTS] as const).map((value) => ({
        value,
        label: state.t(`verdict.${value}`),
      })),
      state.verdictOf(finding.id),
      (word) => save(word, note.value),
    ),
    h("label", { class: "field wide" }, h("span", {}, state.t("verdict.note")), note),
  );
}
