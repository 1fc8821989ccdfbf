import { h } from "./dom.ts";
import { findingCard } from "./finding-card.ts";
import type { PageState } from "./page-state.ts";

/** Cards made at once; the rest on demand, all of them for print. */
const CARDS_AT_ONCE = 50;

export interface FindingsView {
  readonly element: HTMLElement;
  /** Shows a finding opened, whatever the filter says. */
  open(findingId: string): void;
}

export function findingsView(state: PageState): FindingsView {
  const list = h("div", { class: "cards" });
  const shownText = h("p", { class: "quiet", role: "status" });
  let most = CARDS_AT_ONCE;
  const draw = (openId?: string) => {
    const { findings, data } = state;
    shownText.textContent = state.t("timeline.shown", {
      shown: findings.length,
      total: data.findings.length,
    });
    const cards: HTMLElement[] = findings
      .slice(0, most)
      .map((finding) => findingCard(state, finding, finding.id === openId));
    if (findings.length > most) {
      cards.push(
        h(
          "button",
          {
            type: "button",
            onclick: () => {
              most += CARDS_AT_ONCE * 4;
              draw();
            },
          },
          state.t("finding.moreEvidence", { count: findings.length - most }),
        ),
      );
    }
    if (findings.length === 0) {
      const key = data.findings.length === 0 ? "report.noFindings" : "filter.none";
      cards.push(h("p", { class: "notice" }, state.t(key)));
    }
    list.replaceChildren(...cards);
  };
  draw();
  state.onChange((change) => {
    if (change !== "filter") return;
    most = CARDS_AT_ONCE;
    draw();
  });
  window.addEventListener("beforeprint", () => {
    most = Number.POSITIVE_INFINITY;
    draw();
    for (const card of list.children) card.dispatchEvent(new Event("konseki-open"));
  });
  return {
    element: h(
      "section",
      { id: "findings", "aria-labelledby": "findings-title" },
      h("h2", { id: "findings-title" }, state.t("section.findings")),
      shownText,
      list,
    ),
    open(findingId) {
      const at = state.findings.findIndex((finding) => finding.id === findingId);
      if (at < 0)
        state.setFilter({
          words: findingId,
          maxRank: 4,
          host: "",
          kind: "",
          attack: "",
          verdict: "",
        });
      else if (at >= most) {
        most = at + 1;
        draw(findingId);
      }
      const card = document.getElementById(`finding-${findingId}`);
      card?.dispatchEvent(new Event("konseki-open"));
      card?.scrollIntoView({ block: "start" });
      card?.querySelector<HTMLElement>("button.title")?.focus({ preventScroll: true });
    },
  };
}
